"""One record → what it says: identity, canonical facts, public and staff fields, period, key and content hash."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson

from indexer.normalise import chapters, fields, periods, pollutants, regions
from indexer.normalise.fields import Interpreted
from indexer.normalise.fields import is_positional as is_positional
from indexer.register import privacy
from indexer.register.identities import Who, who
from indexer.register.records import Record
from indexer.register.runs import Issues
from indexer.register.sourcefile import Source

# Kinds whose period is the reporting period that a heading or field states.
_PERIODIC = frozenset({"annual_report", "permit_report", "monitoring", "carbon", "soil", "complaint"})
_DOCUMENT_NUMBERS = ("doc_no", "permit_no", "file_no", "eia_doc", "approval_no")


@dataclass
class Reading:
    """A record understood as far as it can be."""

    record: Record
    who: Who
    said: Interpreted
    split: privacy.Split
    period: str | None
    published: str | None
    outlet: str | None
    pollutants: list[str]
    document_no: str | None

    @property
    def kind(self) -> str:
        """The record's kind."""
        return self.record["kind"]


def read(record: Record, source: Source, issues: Issues) -> Reading | None:
    """The reading of a record; None where no enterprise can be named. What is not understood becomes an issue."""
    kind = record["kind"]
    said = fields.interpret(kind, record["fields"], source.fields, fields.attached(record["fields"]))
    if said.unknown or said.problems:
        _report(said, record, issues)
    person = who(source, record["subject"], said.facts.get("name"))
    if person is None:
        message = f"{kind}: the record names no enterprise; it stays in the run folder and is not indexed"
        issues.add("error", "no-subject", message, record["url"], record["place"])
        return None
    said.present |= _headed(record, said)
    if kind == "permit":
        _locate(said, source)
    outlet = said.facts.get("outlet") or said.facts.get("outlet_name") or said.facts.get("point")
    return Reading(
        record, person, said, privacy.split(record["fields"], said.headers), _period(record, said),
        _published(record, said),
        str(outlet) if outlet else None, _pollutants(said),
        next((str(said.facts[key]) for key in _DOCUMENT_NUMBERS if said.facts.get(key)), None),
    )  # fmt: skip


def _report(said: Interpreted, record: Record, issues: Issues) -> None:
    kind, url, place = record["kind"], record["url"], record["place"]
    for header in said.unknown:
        if record["kind"] == "monitoring" and pollutants.resolve(header):
            continue
        message = f"{kind}: header {header[:60]!r} is in no vocabulary; its values are kept as printed"
        issues.add("warning", "unknown-header", message, url, place)
        issues.unknown.add("header", kind, privacy.mask(header), url, place)
    for header, text, problem in said.problems:
        shown = privacy.mask(problem) if _is_public(header, said) else "personal value"
        issues.add(
            "warning", "unread-value", f"{kind}: {header[:60]!r}: {shown}", url, f"{place}: {len(text)} characters"
        )
    for header, part, word in said.lacks:
        issues.unknown.add(part, kind, privacy.mask(word) if _is_public(header, said) else privacy.MASK, url, place)


def _is_public(header: str, said: Interpreted) -> bool:
    return privacy.audience(header, said.headers[header]) == "public"


def _locate(said: Interpreted, source: Source) -> None:
    """The code of the place that a permit states (``region_code``), where the source has a table of its own for it."""
    told = said.facts.get("city") or said.facts.get("region")
    if source.regions is not regions.china() and isinstance(told, str) and (code := source.regions.find(told)):
        said.facts["region_code"] = code


def _headed(record: Record, said: Interpreted) -> set[str]:
    """Chapters that the record's title or text carries, beside those its fields do."""
    kind = record["kind"]
    groups = chapters.groups_in_text(kind, record["text"])
    titled = chapters.group_of(kind, record["title"] or "")
    if titled and said.present:
        groups.add(titled)
    return groups


def _period(record: Record, said: Interpreted) -> str | None:
    """The reporting period: stated in a field, else in the title (年度 of an annual report is a year)."""
    if record["kind"] not in _PERIODIC:
        return None
    stated = said.facts.get("year") or said.facts.get("period")
    for text in (stated, said.facts.get("report"), record["title"], said.facts.get("document")):
        period = periods.period(str(text)) if text else None
        if period:
            return period[:4] if record["kind"] == "annual_report" else period
    return None


def _published(record: Record, said: Interpreted) -> str | None:
    if record["published_at"]:
        return record["published_at"]
    stated = said.facts.get("published")
    return stated if isinstance(stated, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", stated) else None


def _pollutants(said: Interpreted) -> list[str]:
    text = said.facts.get("pollutant")
    return pollutants.split(str(text)) if text else []


def key_of(reading: Reading) -> str:
    """The subject with the source's own key, else with outlet, pollutant and period (the kind is part of the id).

    Always with the subject: a source's key may be a file's name, and many firms name their files alike.
    """
    record = reading.record
    if record["key"]:
        return f"{reading.who.external_id}|{record['key']}"
    parts = (reading.who.external_id, reading.outlet, "、".join(reading.pollutants), reading.period)
    return "|".join(part or "" for part in parts)


def content_hash(record: Record) -> str:
    """SHA-256 of what the record says: fields (without row numbers), title, text, stated day; never its place."""
    printed = record["fields"]
    said = [(header, printed[header]) for header in _said_headers(tuple(printed))]
    content: list[Any] = [said, record["title"], record["text"], record["published_at"]]
    return hashlib.sha256(orjson.dumps(content)).hexdigest()


@lru_cache(maxsize=5_000)
def _said_headers(headers: tuple[str, ...]) -> tuple[str, ...]:
    """A table's headers without those that only place a row, in order."""
    return tuple(sorted(header for header in headers if not is_positional(header)))
