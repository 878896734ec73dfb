"""Public pages: search, enterprises, gaps, evidence, sources, method."""

from webapp.public import (
    about,
    disclosures,
    enterprise,
    evidence,
    frame,
    gaps,
    home,
    language,
    monitoring,
    original,
    search,
    sources,
)
from webapp.public.blueprint import public

__all__ = [
    "about",
    "disclosures",
    "enterprise",
    "evidence",
    "frame",
    "gaps",
    "home",
    "language",
    "monitoring",
    "original",
    "public",
    "search",
    "sources",
]
