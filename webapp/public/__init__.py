"""Public pages: search, enterprises, gaps, evidence, sources, method."""

from webapp.public import (
    about,
    disclosures,
    due,
    enterprise,
    evidence,
    found,
    frame,
    gaps,
    home,
    language,
    lookup,
    monitoring,
    original,
    score,
    scores,
    search,
    sources,
)
from webapp.public.blueprint import public

__all__ = [
    "about",
    "disclosures",
    "due",
    "enterprise",
    "evidence",
    "found",
    "frame",
    "gaps",
    "home",
    "language",
    "lookup",
    "monitoring",
    "original",
    "public",
    "score",
    "scores",
    "search",
    "sources",
]
