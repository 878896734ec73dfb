"""Type-ahead for programs."""

from __future__ import annotations

from typing import Any

from indexer.search import suggest
from webapp import results
from webapp.api.blueprint import question
from webapp.api.schemas import SuggestArgs, SuggestionsOut
from webapp.services import services


@question("/suggest", SuggestArgs, SuggestionsOut)
def suggestions(given: dict[str, Any]) -> dict[str, Any]:
    """Enterprises whose name, pinyin, initials or code begins with what is typed: eight at most."""
    body = suggest.type_ahead(given["q"])
    found = results.rows(services().store.search("enterprises", body)) if body else []
    return {"suggestions": found}
