"""Yearly notices of days off (节假日安排的通知) as data: what an officer imports for years that the library lacks.

Legal source: the yearly notice of the State Council's General Office under 全国年节及纪念日放假办法.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from marshmallow import RAISE, Schema, fields, validate

from indexer.law import yamlfile
from indexer.law.errors import RulesError
from indexer.law.schema import load_row

FIXED = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))
"""Days off in every year by the 办法 as it has stood since 2008 (month, day); a notice without them is mistyped."""
COLUMNS = ("year", "day", "status", "citation", "checked")
LONGEST = 31
"""Days that one line ``first..last`` may span; more is a slip of the pen."""
_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s*(?:\.\.|/|至)\s*(\d{4}-\d{2}-\d{2}))?")


@dataclass(frozen=True)
class Notice:
    """The days off and the made-up working days (调休上班) of one year; both may reach into the December before."""

    year: int
    off: frozenset[date]
    work: frozenset[date]
    citation: str
    checked: date
    """The day on which a person compared it with the official text."""

    @property
    def digest(self) -> str:
        """Sixteen hex digits over what it says: part of the rules' version."""
        lines = [str(self.year), self.citation, *(f"{day} {status}" for day, status in sorted(self.days.items()))]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]

    @property
    def days(self) -> dict[date, bool]:
        """Every day it names: is it a working day?"""
        return dict.fromkeys(self.off, False) | dict.fromkeys(self.work, True)


class _NoticeSchema(Schema):
    class Meta:
        unknown = RAISE

    year = fields.Integer(required=True, validate=validate.Range(2004, 2200))
    off = fields.List(fields.String(), required=True, validate=validate.Length(min=1))
    work = fields.List(fields.String(), required=True)
    citation = fields.String(required=True, validate=validate.Length(min=5))
    checked = fields.Date(required=True)


def parse(text: str, name: str) -> Notice:
    """The notice in a YAML file (``year, off, work, citation, checked``) or a CSV file with the columns of ``COLUMNS``.

    Raises RulesError naming file, row and what to do.
    """
    rows = _of_csv(text, name) if name.lower().endswith(".csv") else _of_yaml(text, name)
    loaded = load_row(_NoticeSchema(), rows, name, str(rows.get("year", "(file)")))
    off, work = _days(loaded["off"], name, "off"), _days(loaded["work"], name, "work")
    notice = Notice(loaded["year"], off, work, loaded["citation"].strip(), loaded["checked"])
    for fault in _faults(notice):
        raise RulesError(f"{name}: {fault}; compare it with the notice's text")
    return notice


def dump(notice: Notice) -> str:
    """The notice as YAML, the same text for the same notice; ``parse`` reads it back."""
    lines = [f"year: {notice.year}", f"citation: {_quoted(notice.citation)}", f"checked: {notice.checked}"]
    for key, days in (("off", notice.off), ("work", notice.work)):
        lines.append(f"{key}: [{', '.join(str(day) for day in sorted(days))}]")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _of_yaml(text: str, name: str) -> dict[str, Any]:
    data = yamlfile.parse(text, name)
    if not isinstance(data, dict):
        raise RulesError(f"{name}: expected a mapping with year, off, work, citation, checked")
    return data


def _of_csv(text: str, name: str) -> dict[str, Any]:
    """A row a day; ``year``, ``citation`` and ``checked`` may stand in the first row alone."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise RulesError(f"{name}: row 1: no column {', '.join(missing)}; the columns are {','.join(COLUMNS)}")
    found: dict[str, Any] = {"off": [], "work": []}
    for number, row in enumerate(reader, start=2):
        status = (row["status"] or "").strip()
        if status not in ("off", "work"):
            raise RulesError(f"{name}: row {number}: status {status!r}: write off (a day off) or work (made up)")
        found[status].append((row["day"] or "").strip())
        _once(found, row, name, number)
    return found


def _once(found: dict[str, Any], row: Mapping[str, str | None], name: str, number: int) -> None:
    for column in ("year", "citation", "checked"):
        text = (row[column] or "").strip()
        if text and found.setdefault(column, text) != text:
            raise RulesError(f"{name}: row {number}: {column} {text!r} differs from {found[column]!r} above")


def _days(texts: list[str], name: str, key: str) -> frozenset[date]:
    found: set[date] = set()
    for text in texts:
        for day in _span(text, name, key):
            if day in found:
                raise RulesError(f"{name}: {key}: {day} stands twice; keep one")
            found.add(day)
    return frozenset(found)


def _span(text: str, name: str, key: str) -> Iterator[date]:
    match = _RANGE.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError
        first, last = date.fromisoformat(match[1]), date.fromisoformat(match[2] or match[1])
    except ValueError:
        raise RulesError(f"{name}: {key}: {text!r} is no day; write 2027-01-01 or 2027-02-05..2027-02-11") from None
    if not 0 <= (last - first).days < LONGEST:
        raise RulesError(f"{name}: {key}: {text!r} must run forward over at most {LONGEST} days")
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _faults(notice: Notice) -> Iterator[str]:
    """What cannot be right in a notice, in words."""
    for day in sorted(notice.off | notice.work):
        if day.year != notice.year and not (day.year == notice.year - 1 and day.month == 12):
            yield f"{day} lies neither in {notice.year} nor in the December before"
    for day in sorted(notice.off & notice.work):
        yield f"{day} stands under off and under work"
    for day in sorted(notice.work):
        if day.weekday() < 5:
            yield f"{day} under work is no Saturday or Sunday, so nothing is made up"
    for month, number in FIXED:
        if date(notice.year, month, number) not in notice.off:
            yield f"{date(notice.year, month, number)} is a day off in every year and does not stand under off"
