"""A whole list looked up."""

from __future__ import annotations

from typing import Any

from indexer.search import lines, lookup
from webapp.api.blueprint import question
from webapp.api.schemas import AnswersOut, LookupBody
from webapp.lookups import answers
from webapp.public.lookup import checked
from webapp.services import services


@question("/lookup", LookupBody, AnswersOut, "POST")
def look_up(given: dict[str, Any]) -> dict[str, Any]:
    """Each of at most 5,000 lines answered with the enterprise it means, a score from 0 to 1, what is doubtful."""
    read = [line for number, text in enumerate(given["lines"], 1) if (line := lines.of_line(number, text))]
    found = lookup.look_up(services().store, checked(read), services().sources().regions)
    return {"rows": [answers.row(answer) for answer in found]}
