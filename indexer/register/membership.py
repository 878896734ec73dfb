"""Listing and permit records → class memberships (名录), by the source's rules (docs/reference/contracts.md, 6)."""

from __future__ import annotations

import re
from typing import Any

from indexer.normalise import dates
from indexer.normalise.fields import fold_header
from indexer.normalise.regions import Regions
from indexer.register.documents import Membership
from indexer.register.records import Record
from indexer.register.runs import Issues

_BESIDE = ("management", "industry", "permit_no")
"""Facts printed beside the row that rules need."""


def memberships(
    record: Record, rules: dict[str, Any], day: str, issues: Issues, facts: dict[str, Any] | None = None
) -> list[Membership]:
    """The memberships one record proves; ``day`` is the Shanghai day of its capture.

    A record whose class cannot be told becomes an issue and gives none. A list without a proven publication day is
    bounded: it was public on ``day`` at the latest and belongs to its year at the earliest.
    """
    classes = _classes(record, rules, issues)
    if not classes:
        return []
    year, published = _year(record, rules), _published(record, rules, issues)
    valid_from, valid_to = _valid(record, rules, issues)
    proven = published[0]
    return [
        Membership(
            cls=cls, year=year, published=proven,
            published_from=None if proven else (f"{year}-01-01" if year and f"{year}-01-01" <= day else None),
            published_to=None if proven else day,
            valid_from=valid_from, valid_to=valid_to, first_seen=day, source=record["source"], url=record["url"],
            capture=record["capture"], assumed=published[1],
            extra={key: str((facts or {})[key]) for key in _BESIDE if (facts or {}).get(key)},
        )
        for cls in classes
    ]  # fmt: skip


def _classes(record: Record, rules: dict[str, Any], issues: Issues) -> list[str]:
    if rules.get("class"):
        return [str(rules["class"])]
    if "class_map" in rules:
        return _by_column(record, rules["class_map"]["column"], rules["class_map"]["map"], issues)
    if "class_by" in rules:
        return _by_words(record, rules["class_by"], issues)
    return []


def _by_words(record: Record, rule: dict[str, Any], issues: Issues) -> list[str]:
    """``{title: {word: class}}`` (first match in the title wins), or ``{column: …, map: …}``, or both: title first."""
    words: dict[str, str] = rule.get("title") or {}
    title = record["title"] or ""
    found = next((str(cls) for word, cls in words.items() if word in title), None)
    if found:
        return [found]
    if "column" in rule:
        return _by_column(record, rule["column"], rule.get("map") or words, issues)
    message = f"no class for a list entitled {title[:80]!r}; add it to membership.class_by.title of the source"
    issues.add("warning", "class-unknown", message, record["url"], record["place"])
    return []


def _by_column(record: Record, column: str, mapping: dict[str, str], issues: Issues) -> list[str]:
    """Every class whose word stands in the column (``废水,废气`` gives both); an unknown word is an issue."""
    text = _cell(record, column)
    words = [word.strip() for word in re.split(r"[,，、;；/\s]+", text) if word.strip()]
    classes = {word: _class_of(word, mapping) for word in words or [""]}
    for word in (word for word, cls in classes.items() if cls is None):
        message = f"no class for {word[:40]!r} in column {column!r}; add it to the membership map of the source"
        issues.add("warning", "class-unknown", message, record["url"], record["place"])
    return sorted({cls for cls in classes.values() if cls})


def _class_of(word: str, mapping: dict[str, str]) -> str | None:
    """The class of a word itself, else of the first mapped word that it contains (``水环境重点排污单位``)."""
    if word in mapping:
        return str(mapping[word])
    return next((str(cls) for part, cls in mapping.items() if part in word), None)


def _cell(record: Record, column: str) -> str:
    """The text under a header, compared folded; ``a|b`` names alternatives."""
    wanted = [fold_header(name) for name in column.split("|")]
    cells = {fold_header(header): text for header, text in record["fields"].items()}
    return next((cells[name] for name in wanted if name in cells), "").strip()


def _year(record: Record, rules: dict[str, Any]) -> int | None:
    if rules.get("year"):
        return int(rules["year"])
    if rules.get("year_from") == "title":
        return dates.year(record["title"])
    if rules.get("year_from"):
        return dates.year(_cell(record, str(rules["year_from"])))
    return None


def _published(record: Record, rules: dict[str, Any], issues: Issues) -> tuple[str | None, bool]:
    """(publication day, assumed): ``published_at`` (the page's stated day), ``{day, assumed}``, or a column's name."""
    rule = rules.get("published")
    assumed = bool(rules.get("assumed", False))
    if isinstance(rule, dict):
        assumed, rule = bool(rule.get("assumed", assumed)), rule.get("day")
    if rule is None:
        return None, False
    if rule == "published_at":
        return record["published_at"], False
    day = dates.day(str(rule)) or dates.day(_cell(record, str(rule)))
    if day is None:
        message = f"membership.published: {rule!r} is neither a day nor a column with one"
        issues.add("warning", "list-day-unknown", message, record["url"], record["place"])
        return None, False
    return day.isoformat(), assumed


def _valid(record: Record, rules: dict[str, Any], issues: Issues) -> tuple[str | None, str | None]:
    """Days of validity; ``to`` takes the later day of ``a至b``."""
    rule = rules.get("valid")
    if not rule:
        return None, None
    start_text, end_text = _cell(record, str(rule["from"])), _cell(record, str(rule["to"]))
    start, (span_start, end) = dates.day(start_text), dates.span(end_text)
    start = span_start if rule["from"] == rule["to"] or start is None else start
    if start is None or end is None:
        message = f"validity not understood: from {start_text[:40]!r} to {end_text[:40]!r}"
        issues.add("warning", "validity-unknown", message, record["url"], record["place"])
    return (start.isoformat() if start else None), (end.isoformat() if end else None)


def merge(known: list[Membership], new: list[Membership]) -> list[Membership]:
    """The union, of equal memberships the one seen first; sorted, so that the order of indexing does not matter."""
    best: dict[tuple[str, ...], Membership] = {}
    for membership in [*known, *new]:
        key = _key(membership)
        if key not in best or _first(membership) < _first(best[key]):
            best[key] = membership
    return [best[key] for key in sorted(best)]


def _key(membership: Membership) -> tuple[str, ...]:
    parts = (
        membership["source"], membership["cls"], membership["year"], membership["published"],
        membership["valid_from"], membership["valid_to"],
    )  # fmt: skip
    return tuple("" if part is None else str(part) for part in parts)


def _first(membership: Membership) -> tuple[str, str, str, int]:
    capture = membership["capture"]
    return membership["first_seen"], capture["run"], capture["file"], capture["offset"]


def region_of(table: Regions, word: str | None, within: tuple[str, ...]) -> str | None:
    """The region a site's word or code means, looked up first inside what the source covers."""
    return table.find(word, within) or table.find(word)
