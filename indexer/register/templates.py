"""Monitoring rows that differ from one read before only in time, value and verdict: filled into its template.

Interpreting a row costs about 200 µs, filling a template a tenth of it, and automatic monitoring repeats outlet,
pollutant, limit and unit every hour. A row with anything odd about it is interpreted as a whole, so both ways say the
same (a test compares them).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple, cast

from indexer.normalise import dates, facts, fields, marks, values
from indexer.normalise.fields import Entry
from indexer.register import measurements
from indexer.register.beside import beside, stated
from indexer.register.documents import Beside, Measurement
from indexer.register.enterprises import day
from indexer.register.interpret import Reading
from indexer.register.records import Record
from indexer.register.sourcefile import Source

FREE = frozenset({"time", "conc", "conc_measured", "ok", "over", "times", "published", "mark", "oxygen", "flow"})
"""Fields that differ from hour to hour; all others are part of the template's key."""
IDLE = frozenset({"row_id", "remark", "gas_state"})
"""Fields of which a measurement keeps nothing but the mark that a remark may state."""
_PLAIN = re.compile(r"\d{1,12}(?:\.\d{1,12})?")
_LOCAL = re.compile(r"20\d\d-\d\d-\d\d \d\d:\d\d(?::\d\d)?")
_OFFSET = timedelta(hours=8)
"""Asia/Shanghai has had no other offset in this century."""
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_MOST = 20_000
"""Templates kept at once; a full store begins anew."""
_DIGITS = frozenset("0123456789") - {word[0] for word in values.ABSENT if word}
"""What begins with one of them is no word for nothing."""
ABSENT, GOOD, ODD = range(3)


@dataclass(frozen=True)
class Columns:
    """Which headers of a table are free, and in which order: the first with a value is the one that counts."""

    fixed: tuple[str, ...]
    texts: Callable[[Mapping[str, str]], tuple[str, ...]]
    """The texts under the fixed headers."""
    free: tuple[tuple[str, str, str], ...]
    """Header, key and type of each."""
    over: str
    """Header of 是否超标, nothing where there is none."""
    flow: str
    """Header of the flow, whose brackets hold its unit."""
    marked: marks.Columns
    """Columns that may hold a mark."""


class Filled(NamedTuple):
    """One measurement made from a template.

    ``base`` is its base key, ``quarter`` its quarter in Shanghai, ``published`` the stated day.
    """

    measurement: Measurement
    base: str
    quarter: str
    published: str | None


@dataclass(eq=False)
class Template:
    """What all rows of one outlet, pollutant and limit have in common."""

    reading: Reading
    attached: bool
    head: str
    """Base key up to the time."""
    tail: str
    common: Measurement
    carried: frozenset[str]
    """Keys of the fixed columns that carry a value."""
    presents: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    limits: dict[str, tuple[float | None, float | None]] = field(default_factory=dict)
    """The limits by the unit behind a value, where that is not the usual one."""

    def fill(self, record: Record, columns: Columns) -> Filled | None:
        """The row's measurement, or None where the row must be read as a whole."""
        printed = record["fields"]
        free = self._free(printed, columns)
        if free is None:
            return None
        when = _when(free["time"]) if "time" in free else None
        measured = _measured(free.get("conc") or free.get("conc_measured") or "")
        if when is None or measured is None:
            return None
        value, censored, limit, unit = measured
        item: dict[str, Any] = {**self.common, "time": when[0], "value": value, "censored": censored, "dl": limit}
        if unit and unit != item["unit"]:
            item["unit"] = unit
            item["limit_low"], item["limit_high"] = self._limits(unit)
        item["verdict"] = _verdict(free.get("ok"), free.get("over"), printed.get(columns.over, ""))
        item["present"] = self._present(tuple(free))
        item["first_seen"] = item["last_seen"] = day(record["captured_at"])
        item["capture"], item["place"] = record["capture"], record["place"]
        water = self.common["medium"] == "water"
        item.update(beside(printed, columns.marked, free, columns.flow, water))
        if moment := stated(free.get("published"), record["published_at"]):
            item["published"] = moment
        published = record["published_at"] or _day(free.get("published"))
        return Filled(cast(Measurement, item), f"{self.head}|{when[0]}|{self.tail}", when[1], published)

    def _free(self, printed: Mapping[str, str], columns: Columns) -> dict[str, str] | None:
        """Key → first text of the free columns that carry a value; None where one is odd."""
        found: dict[str, str] = {}
        for header, key, kind in columns.free:
            text = printed[header]
            if not text or key in found:
                continue
            # A number and an instant are most of what there is, and none of their texts comes twice.
            if text[0] in _DIGITS and (kind == "text" or (kind == "value" and _PLAIN.fullmatch(text))):
                found[key] = text
                continue
            worth = _worth(kind, text, self.attached)
            if worth == ODD:
                return None
            if worth == GOOD:
                found[key] = text
        return found

    def _present(self, free: tuple[str, ...]) -> list[str]:
        known = self.presents.get(free)
        if known is None:
            known = self.presents[free] = measurements.present_of(self.carried.union(free))
        return known

    def _limits(self, unit: str) -> tuple[float | None, float | None]:
        if unit not in self.limits:
            self.limits[unit] = measurements.limits(self.reading, unit)
        return self.limits[unit]


class Templates:
    """The templates of one source, by everything of a row that is not free."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._columns: dict[tuple[str, ...], Columns] = {}
        self._known: dict[tuple[Any, ...], Template] = {}

    def find(self, record: Record) -> tuple[Template | None, Columns]:
        """The template of a monitoring record, where one was learned."""
        columns = self.columns(record)
        return self._known.get(_key(record, columns)), columns

    def learn(self, reading: Reading, made: list[Measurement]) -> None:
        """Makes a template of a row that was read as a whole, unless there was anything odd about it."""
        record, said = reading.record, reading.said
        columns = self.columns(record)
        keys = [key for _, key, _ in columns.free]
        entries = [fields.lookup("monitoring", header, self.source.fields) for header, _, _ in columns.free]
        implied = any(entry is not None and entry.implies for entry in entries)
        plain = len(made) == 1 and "pollutant" in said.facts and not said.unknown and not said.problems
        if not plain or implied or len(keys) != len(set(keys)) or not FREE.isdisjoint(said.not_produced):
            return
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[_key(record, columns)] = _template(reading, made[0], columns)

    def columns(self, record: Record) -> Columns:
        """The free and the fixed headers of a record."""
        headers = tuple(record["fields"])
        known = self._columns.get(headers)
        if known is None:
            entries = [(header, fields.lookup("monitoring", header, self.source.fields)) for header in headers]
            free = tuple(
                (header, entry.key, entry.type) for header, entry in entries if entry is not None and entry.key in FREE
            )
            out = {header for header, _, _ in free} | {header for header, entry in entries if _idle(header, entry)}
            fixed = tuple(header for header in headers if header not in out)
            named = [(header, entry.key) for header, entry in entries if entry is not None]
            known = self._columns[headers] = Columns(
                fixed, _texts(fixed), free, _header(free, "over"), _header(free, "flow"), marks.columns(named)
            )
        return known


def _key(record: Record, columns: Columns) -> tuple[Any, ...]:
    subject = record["subject"]
    return (
        record["title"], record["text"], subject["name"], subject["uscc"],
        subject["external_id"], subject["region"], columns.fixed, columns.texts(record["fields"]),
    )  # fmt: skip


def _texts(headers: tuple[str, ...]) -> Callable[[Mapping[str, str]], tuple[str, ...]]:
    """Reads these headers of a row; of fewer than two ``itemgetter`` makes no tuple."""
    return itemgetter(*headers) if len(headers) > 1 else lambda printed: tuple(printed[header] for header in headers)


def _template(reading: Reading, made: Measurement, columns: Columns) -> Template:
    common = cast(Measurement, {key: value for key, value in made.items() if key not in Beside.__annotations__})
    common["unit"] = measurements.unit_of(measurements.cell(reading, "unit"), _header(columns.free, "conc"), None)
    common["limit_low"], common["limit_high"] = measurements.limits(reading, common["unit"])
    head = "|".join(part or "" for part in (made["identity_key"], made["outlet"], made["pollutant"]))
    attached = fields.attached(reading.record["fields"])
    return Template(reading, attached, head, made["averaging"] or "", common, frozenset(reading.said.present - FREE))


@lru_cache(maxsize=20_000)
def _worth(kind_of_value: str, text: str, attached: bool) -> int:
    """``ODD`` is what must be looked at as a whole: not read, or a statement that there is nothing."""
    if not _PLAIN.fullmatch(text) and values.is_absent(text, attached):
        return ABSENT
    return ODD if values.is_not_produced(text) or facts.read(kind_of_value, text).problem is not None else GOOD


def _idle(header: str, entry: Entry | None) -> bool:
    """A row's number, id or remark: it says nothing of what was measured."""
    return fields.is_ignored(header) if entry is None else entry.key in IDLE


def _day(text: str | None) -> str | None:
    """The stated day as interpretation takes it."""
    read = facts.read(fields.entries("monitoring")["published"].type, text).value if text else None
    return read if isinstance(read, str) and _ISO.fullmatch(read) else None


@lru_cache(maxsize=1_000)
def _verdict(ok: str | None, over: str | None, printed: str) -> str | None:
    said, contrary = (facts.read("verdict", text).value if text is not None else None for text in (ok, over))
    return measurements.verdict_of(said, contrary, printed)


def _header(free: tuple[tuple[str, str, str], ...], key: str) -> str:
    return next((header for header, known, _ in free if known == key), "")


@lru_cache(maxsize=20_000)
def _when(text: str) -> tuple[str, str] | None:
    """Instant (ISO 8601 with Z) and quarter; None for what is no time of our days."""
    if _LOCAL.fullmatch(text) and (local := _local(text)) is not None:
        return f"{(local - _OFFSET).isoformat()}Z", f"{local.year}Q{(local.month + 2) // 3}"
    moment = dates.moment(str(facts.read("text", text).value))
    if moment is None or not 1990 <= moment.year <= 2100:
        return None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ"), dates.quarter_of(moment)


def _local(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _measured(text: str) -> tuple[float | None, str | None, float | None, str | None] | None:
    """Value, censoring, detection limit and the unit behind the number; None for a range or what is no value."""
    if _PLAIN.fullmatch(text):
        return float(text), None, None, None
    read = values.parse(text)
    if read.problem or read.low is not None or read.high is not None:
        return None
    return read.value, read.censored, read.dl, read.unit
