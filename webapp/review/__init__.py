"""The review desk: gaps with proof, and decisions of enforcement staff."""

from webapp.review import authority, decide, desk, due, evidence, findings, identities, packs, rules, scores, unread
from webapp.review.blueprint import review

__all__ = [
    "authority",
    "decide",
    "desk",
    "due",
    "evidence",
    "findings",
    "identities",
    "packs",
    "review",
    "rules",
    "scores",
    "unread",
]
