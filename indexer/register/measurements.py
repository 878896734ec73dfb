"""Monitoring rows (自行监测) → one measurement a (outlet, pollutant, time, averaging), with revisions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Set
from datetime import datetime
from typing import Any, TypedDict, cast

from indexer.normalise import dates, facts, marks, pollutants, units, values
from indexer.normalise.data import load
from indexer.register import wide
from indexer.register.beside import KEYS, beside, stated
from indexer.register.documents import Beside, Measurement
from indexer.register.enterprises import day
from indexer.register.interpret import Reading
from indexer.register.runs import Issues
from indexer.register.sourcefile import Source
from indexer.register.wide import Column

_AVERAGING = {word: averaging for averaging, words in load("averaging").items() for word in words}
_CONTENT = ("value", "censored", "dl", "unit", "limit_low", "limit_high", "verdict")
_CONTENT_BESIDE = ("mark", "measured", "unconverted")


class Measured(TypedDict):
    """The part of a measurement that its value column decides."""

    value: float | None
    censored: str | None
    dl: float | None
    unit: str | None
    limit_low: float | None
    limit_high: float | None
    verdict: str | None
    present: list[str]


def is_value_row(reading: Reading) -> bool:
    """True where a monitoring record carries values of a time; a reason for not monitoring is a disclosure instead."""
    said = reading.said
    return bool(said.facts.get("time")) and (
        "pollutant" in said.facts or bool(wide.columns(reading.record["fields"], said.unknown))
    )


def rows(reading: Reading, source: Source, issues: Issues) -> Iterator[Measurement]:
    """The measurements of one record: one of a long row, one a pollutant column of a wide row."""
    record, said = reading.record, reading.said
    moment = dates.moment(str(said.facts["time"]))
    if moment is None or not 1990 <= moment.year <= 2100:
        message = (
            f"monitoring: time {str(said.facts['time'])[:40]!r} is not understood; the row is kept as a disclosure"
        )
        issues.add("error", "unread-time", message, record["url"], record["place"])
        return
    if "pollutant" in said.facts:
        yield _long(reading, source, moment, issues)
    for found in wide.columns(reading.record["fields"], reading.said.unknown):
        yield _column(reading, source, moment, found, issues)


def cell(reading: Reading, key: str) -> str:
    """The first text under the headers of a key that is a value, else nothing."""
    printed = reading.record["fields"]
    candidates = (printed[header] for header, found in reading.said.headers.items() if found == key)
    return next((text for text in candidates if not values.is_absent(text)), "")


def _long(reading: Reading, source: Source, moment: datetime, issues: Issues) -> Measurement:
    pollutant_raw = cell(reading, "pollutant")
    reading_ = values.parse(cell(reading, "conc") or cell(reading, "conc_measured"))
    header = next((header for header, key in reading.said.headers.items() if key == "conc"), "")
    unit = unit_of(cell(reading, "unit"), header, reading_.unit)
    low, high = limits(reading, unit)
    _note(reading_, pollutant_raw, reading, issues)
    measured = Measured(
        value=reading_.value, censored=reading_.censored, dl=reading_.dl, unit=unit, limit_low=low, limit_high=high,
        verdict=_verdict(reading), present=_present(reading),
    )  # fmt: skip
    base = _base(reading, source, moment, pollutant_raw)
    return cast(Measurement, {**base, **measured, **_beside(reading, base)})


def limits(reading: Reading, unit: str | None) -> tuple[float | None, float | None]:
    """Lower and upper limit of a row in the unit of its value, whatever unit they are printed in."""
    upper, lower = (values.parse(cell(reading, key)) for key in ("limit", "limit_low"))
    headers = {key: header for header, key in reading.said.headers.items() if key in ("limit", "limit_low")}
    high = upper.value if upper.value is not None else (upper.high if upper.high is not None else upper.dl)
    own = unit_of("", headers.get("limit", ""), upper.unit)
    if lower.value is not None:
        return (
            _in_unit(lower.value, unit_of("", headers.get("limit_low", ""), lower.unit), unit),
            _in_unit(high, own, unit),
        )
    return _in_unit(upper.low, own, unit), _in_unit(high, own, unit)


def _in_unit(value: float | None, own: str | None, unit: str | None) -> float | None:
    """A limit in the unit of the value; without a unit of its own it is in that; None where the two differ in kind."""
    if value is None or own is None or unit is None or own == unit:
        return value
    converted = units.convert(value, own, unit)
    return None if converted is None else float(f"{converted:.12g}")


def _beside(reading: Reading, base: Measurement) -> Beside:
    headers, printed = reading.said.headers, reading.record["fields"]
    cells = {key: text for key in KEYS if (text := cell(reading, key))}
    flow = next((header for header, key in headers.items() if key == "flow"), "")
    return beside(printed, marks.columns(headers.items()), cells, flow, base["medium"] == "water")


def _column(reading: Reading, source: Source, moment: datetime, found: Column, issues: Issues) -> Measurement:
    value, limit = values.parse(found.text), values.parse(found.limit)
    unit = unit_of("", found.header, value.unit)
    _note(value, found.header, reading, issues)
    valued = value.value is not None or value.censored is not None
    carried = {"pollutant", *(["conc"] if valued else []), *(["limit"] if limit.value is not None else [])}
    measured = Measured(
        value=value.value, censored=value.censored, dl=value.dl, unit=unit,
        limit_low=_in_unit(limit.low, limit.unit, unit),
        limit_high=_in_unit(limit.value if limit.value is not None else limit.high, limit.unit, unit),
        verdict=_verdict(reading), present=sorted({*_present(reading), *carried}),
    )  # fmt: skip
    base = _base(reading, source, moment, found.header)
    return cast(Measurement, {**base, **measured, **wide.beside(found, reading.record["fields"], reading.said.headers)})


def _note(value: values.Value, what: str, reading: Reading, issues: Issues) -> None:
    if value.problem and marks.in_words(value.raw):
        return
    if value.problem or value.low is not None or value.high is not None:
        problem = value.problem or "a range is no single value"
        message = f"monitoring: value of {what[:40]!r}: {problem}; stored without a number"
        issues.add("warning", "unread-value", message, reading.record["url"], reading.record["place"])


def _base(reading: Reading, source: Source, moment: datetime, pollutant_raw: str) -> Measurement:
    """A measurement without its value; the id is set when its revision is known."""
    said, record = reading.said.facts, reading.record
    known = pollutants.resolve(pollutant_raw) or pollutants.resolve(str(said.get("pollutant_code") or ""))
    seen = day(record["captured_at"])
    words = str(said.get("averaging") or "")
    averaging = _AVERAGING.get(words, words or None) or _AVERAGING.get(str(said.get("method")))
    averaging = averaging or _mode(record["title"] or "")
    base = Measurement(
        id="", enterprise="", source=source.name, identity_key=reading.who.key, outlet=reading.outlet,
        outlet_name=str(said["point"]) if said.get("point") else reading.outlet,
        medium=known.medium if known else None, pollutant=known.name if known else pollutant_raw,
        pollutant_code=known.code if known else None, pollutant_raw=pollutant_raw,
        time=moment.strftime("%Y-%m-%dT%H:%M:%SZ"), averaging=averaging, value=None,
        censored=None, dl=None, unit=None, limit_low=None, limit_high=None, verdict=None, present=[], revision=0,
        first_seen=seen, last_seen=seen, capture=record["capture"], place=record["place"],
    )  # fmt: skip
    if said.get("standard"):
        base["standard"] = str(said["standard"])
    published = stated(cell(reading, "published"), record["published_at"])
    if published:
        base["published"] = published
    return base


def _mode(title: str) -> str | None:
    """How values are measured, by the heading of their table: 自动监测, 废水手工监测记录; else None."""
    automatic, manual = any(word in title for word in ("自动", "在线")), "手工" in title
    return None if automatic == manual else "auto" if automatic else "manual"


def unit_of(printed: str, header: str, behind_value: str | None) -> str | None:
    """The unit of the value: behind it, in its own column, in brackets of the header; as printed where unknown."""
    if behind_value:
        return behind_value
    bracket = header[header.rfind("(") + 1 :].rstrip(")") if "(" in header else ""
    return units.normal(printed) or units.normal(bracket) or printed or None


def _verdict(reading: Reading) -> str | None:
    printed = next((reading.record["fields"][h] for h, k in reading.said.headers.items() if k == "over"), "")
    return verdict_of(reading.said.facts.get("ok"), reading.said.facts.get("over"), printed)


def verdict_of(ok: Any, over: Any, printed: str) -> str | None:
    """``ok`` or ``over`` as stated under 是否达标, else under 是否超标 (``printed``), which asks the opposite."""
    if ok in ("ok", "over"):
        return str(ok)
    if over not in ("ok", "over"):
        return None
    if facts.verdict(printed) and printed.strip() in ("是", "否", "1", "0"):
        return "over" if printed.strip() in ("是", "1") else "ok"
    return str(over)


def _present(reading: Reading) -> list[str]:
    return present_of(reading.said.present)


def present_of(carried: Set[str]) -> list[str]:
    """Keys of the M3 field list among those that a row carries (a verdict under either heading counts as ``ok``)."""
    keys = {"point", "outlet", "time", "pollutant", "conc", "limit", "times", "mode", "to", "ok"} & carried
    if "over" in carried:
        keys.add("ok")
    if "conc_measured" in carried:
        keys.add("conc")
    if keys & {"outlet"}:
        keys.add("point")
    return sorted(keys)


def base_key(item: Measurement) -> str:
    """``source|external_id|outlet|pollutant|time|averaging``: what is measured, whatever the value."""
    parts = (item["identity_key"], item["outlet"], item["pollutant"], item["time"], item["averaging"])
    return "|".join(part or "" for part in parts)


def measurement_id(base: str, revision: int) -> str:
    """``m-`` + 16 hex of sha256(``<base key>|<revision>``)."""
    return "m-" + hashlib.sha256(f"{base}|{revision}".encode()).hexdigest()[:16]


def content(item: Measurement) -> tuple[Any, ...]:
    """What makes a revision: value, unit, limits, verdict, mark and the value before conversion."""
    stated = (item[name] for name in _CONTENT)  # type: ignore[literal-required]
    return (*stated, *(item.get(name) for name in _CONTENT_BESIDE))


def revise(items: Iterable[Measurement]) -> list[Measurement]:
    """All revisions of one base key, numbered by first sighting; equal contents are one."""
    best: dict[tuple[Any, ...], Measurement] = {}
    for item in items:
        known = best.get(content(item))
        if known is None:
            best[content(item)] = item
            continue
        first = item if _order(item) < _order(known) else known
        seen = [known["first_seen"], item["first_seen"], known["last_seen"], item["last_seen"]]
        best[content(item)] = {**first, "first_seen": min(seen[:2]), "last_seen": max(seen[2:])}
    ordered = sorted(best.values(), key=lambda item: (*_order(item), str(content(item))))
    return [{**item, "revision": n, "id": measurement_id(base_key(item), n)} for n, item in enumerate(ordered, 1)]


def _order(item: Measurement) -> tuple[str, str, str, int, str]:
    capture = item["capture"]
    return item["first_seen"], capture["run"], capture["file"], capture["offset"], item["place"]
