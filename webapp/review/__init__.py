"""The review desk: gaps with proof, and decisions of enforcement staff."""

from webapp.review import (
    authority,
    decide,
    desk,
    due,
    evidence,
    findings,
    identities,
    packs,
    reading,
    rules,
    scores,
    unread,
)
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
    "reading",
    "review",
    "rules",
    "scores",
    "unread",
]
