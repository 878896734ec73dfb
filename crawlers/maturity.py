"""How far a source is proven: a draft, read right from saved pages, or seen to work on the live site."""

from __future__ import annotations

from pathlib import Path

from crawlers.source import Source

FIXTURES = "fixtures"


def saved(source: Source) -> Path:
    """The folder of a source's saved pages: ``fixtures/SOURCE`` beside its file."""
    return source.path.parent / FIXTURES / source.name


def maturity(source: Source, replays: bool) -> str:
    """``draft`` (nothing proves it), ``replayed`` (its saved pages are read right), ``live-verified`` with its day."""
    verified = source.data["verified"]
    if verified != "never":
        return f"live-verified {verified}"
    return "replayed" if replays else "draft"
