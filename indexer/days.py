"""Importing a notice of days off: which enterprises it concerns, which due days it moves, the new results."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from indexer import lawbook
from indexer.judging import Judge
from indexer.law.holidays import Notice
from indexer.register.storage import Storage, all_of, term
from indexer.rulediff import Difference, compare, told
from indexer.scan import scan
from indexer.settings import Settings


def concerned(store: Storage, notice: Notice) -> list[str]:
    """Subjects with a duty that falls due in the notice's year or around it, or on a provisional day."""
    store.refresh("duties")
    span = {"range": {"due": {"gte": f"{notice.year - 1}-11-01", "lte": f"{notice.year + 1}-01-31"}}}
    either: dict[str, Any] = {"bool": {"should": [span, term("due_provisional", True)], "minimum_should_match": 1}}
    return sorted({row["enterprise"] for row in store.scan("duties", all_of(either), source=["enterprise"])})


def preview(
    store: Storage, settings: Settings, notice: Notice, day: date, progress: Callable[[int], None]
) -> Difference:
    """What the notice would change in the results; nothing is written."""
    kept, read = lawbook.notices(settings), lawbook.read(settings).signed()
    others = tuple(one for one in kept if one.year != notice.year)
    before, after = lawbook.edition(kept, read), lawbook.edition((*others, notice), read)
    return compare(store, settings, day, Judge.by(before), Judge.by(after), concerned(store, notice), progress)


def take_in(
    store: Storage, settings: Settings, notice: Notice, original: bytes, day: date, progress: Callable[[int], None]
) -> Difference:
    """Keeps the notice and judges the subjects concerned anew; returns what it changed."""
    found = preview(store, settings, notice, day, progress)
    path = lawbook.keep_notice(settings, notice, original)
    why = {"notice": path.name, "year": notice.year, "citation": notice.citation, "checked": str(notice.checked)}
    lawbook.keep_edition(settings, found.before, found.after, why, told(found))
    subjects = concerned(store, notice)
    if subjects:
        scan(store, settings, day, subjects)
    return found
