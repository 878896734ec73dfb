"""From a page object's rows to record rows, under the source's keys and publication columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawlers.days import day
from crawlers.items import Row, Seen, issue, record
from crawlers.pages.base import PageRow
from crawlers.source import Source
from crawlers.subjects import NOBODY, Subject, choose, key

PAGE_KEY = "正文"
"""Ends the key of a row's own page, so that the row and its page are two disclosures."""


def record_of(
    source: Source, kind: str, page: Seen, row: PageRow, subject: Subject = NOBODY, *, title: str | None = None,
    published: Any = None, own_key: str | None = None, text: str | None = None, fields: Mapping[str, str] | None = None,
) -> Row:  # fmt: skip
    """One record; ``own_key`` stands for the source's key columns, ``fields`` for the row's own."""
    values = row["fields"] if fields is None else fields
    return record(
        source.name, kind, page, row["place"], values, key=own_key or key(values, source.key.get(kind)),
        title=title or row["title"], text=text, published_at=published_day(source, kind, values, published),
        subject=subject, rows=row["rows"],
    )  # fmt: skip


def published_day(source: Source, kind: str, values: Mapping[str, str], choice: Any = None) -> str | None:
    """The day that the row states: by the walk's ``published``, else by a column that ``fields`` maps to published."""
    if choice is not None:
        return day(choose(values, choice))
    columns = [column for column, meaning in source.data["fields"].get(kind, {}).items() if meaning == "published"]
    return next((found for column in columns if (found := day(values.get(column)))), None)


def issues_of(page: Seen, found: list[dict[str, Any]]) -> list[Row]:
    """Readers' issues as issue rows of this page."""
    return [issue(page, i["severity"], i["code"], i["message"], i["place"], i["value"]) for i in found]
