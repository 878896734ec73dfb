"""The review desk: gaps with proof, and decisions of enforcement staff."""

from webapp.review import decide, desk, due, evidence, findings, identities, packs, scores
from webapp.review.blueprint import review

__all__ = ["decide", "desk", "due", "evidence", "findings", "identities", "packs", "review", "scores"]
