"""Disclosure documents (披露): one a (key, content), with every sighting; merging is a union over runs."""

from __future__ import annotations

import hashlib
from typing import Any

from indexer.normalise import regions
from indexer.register import authorities, privacy, withdrawal
from indexer.register.documents import CaptureRef, Disclosure
from indexer.register.enterprises import day
from indexer.register.identities import Who
from indexer.register.interpret import Reading, content_hash, key_of
from indexer.register.runs import capture_order
from indexer.register.sourcefile import Source

# Kinds whose rows are looked up by outlet and pollutant: their cells joined would be text that nobody searches.
_TABULAR = frozenset({"emission", "monitoring", "facility", "listing"})


def disclosure_id(source: str, kind: str, key: str, content: str) -> str:
    """``d-`` + 16 hex of sha256(``source|kind|key|content hash``)."""
    return "d-" + hashlib.sha256(f"{source}|{kind}|{key}|{content}".encode()).hexdigest()[:16]


def build(reading: Reading, source: Source, run: str) -> Disclosure:
    """The document as this one sighting alone makes it (enterprise still empty)."""
    record, said, split = reading.record, reading.said, reading.split
    key, at = key_of(reading), record["captured_at"]
    public = privacy.public_facts(said.facts, split.names)
    return Disclosure(
        id=disclosure_id(source.name, record["kind"], key, content_hash(record)), key=key, source=source.name,
        channel=source.channel_of(record["kind"]), kind=record["kind"], enterprise="",
        external_id=reading.who.external_id, identity_key=reading.who.key, subject_name=reading.who.name,
        region_path=regions.china().path(reading.who.region), url=record["url"],
        title=privacy.mask(record["title"] or "", split.names), published=reading.published, period=reading.period,
        outlet=reading.outlet, pollutants=reading.pollutants, document_no=reading.document_no,
        authority=authorities.of(public), fields=split.public,
        staff_fields=split.staff, facts=public, present=sorted(said.present), not_produced=sorted(said.not_produced),
        text=_text(reading), rows=record["rows"], capture=record["capture"], last_capture=record["capture"],
        place=record["place"], sightings=[at], runs=[run], seen=[{"from": day(at), "to": None}], first_seen=day(at),
        last_seen=day(at), gone=False,
    )  # fmt: skip


def batch(
    who: Who, source: Source, quarter: str, run: str, at: str, ref: CaptureRef, place: str, url: str,
    published: str | None = None,
) -> Disclosure:  # fmt: skip
    """The one disclosure of a quarter's monitoring values: its content is its key alone (contracts, 8).

    ``published`` is the row's stated day; of all rows the earliest counts.
    """
    key = f"{who.external_id}|{quarter}"
    return Disclosure(
        id=disclosure_id(source.name, "monitoring", key, ""), key=key, source=source.name,
        channel=source.channel_of("monitoring"), kind="monitoring", enterprise="", external_id=who.external_id,
        identity_key=who.key, subject_name=who.name, region_path=regions.china().path(who.region), url=url,
        title=f"自行监测结果 {quarter}", published=published, period=quarter, outlet=None, pollutants=[],
        document_no=None, authority=None, fields={}, staff_fields={}, facts={}, present=[], not_produced=[], text="",
        rows=0, capture=ref, last_capture=ref, place=place, sightings=[at], runs=[run],
        seen=[{"from": day(at), "to": None}], first_seen=day(at), last_seen=day(at), gone=False,
    )  # fmt: skip


def _text(reading: Reading) -> str:
    """What is searched: the record's free text, else the cells of a row that reads like prose."""
    record, split = reading.record, reading.split
    if record["text"]:
        return privacy.mask(record["text"], split.names)
    if record["kind"] in _TABULAR:
        return ""
    return " ".join(dict.fromkeys(value for value in split.public.values() if len(value) > 3))


def merge(known: Disclosure | None, new: Disclosure) -> Disclosure:
    """The union of sightings of one document; its words come from the first one. Spans are not computed."""
    if known is None:
        return new
    sightings = dict(zip(known["runs"], known["sightings"], strict=True))
    for run, at in zip(new["runs"], new["sightings"], strict=True):
        sightings[run] = min(at, sightings.get(run, at))
    ordered = sorted(sightings.items(), key=lambda item: (item[1], item[0]))
    first, last = _first(known, new), _last(known, new)
    out: dict[str, Any] = {**first, "last_capture": last["last_capture"], "enterprise": known["enterprise"]}
    out["runs"], out["sightings"] = [run for run, _ in ordered], [at for _, at in ordered]
    out["first_seen"], out["last_seen"] = day(ordered[0][1]), day(ordered[-1][1])
    out["seen"], out["gone"] = known["seen"], known["gone"]
    if known["kind"] == "monitoring":
        out["published"] = earliest_stated(known, new)
    document: Disclosure = out  # type: ignore[assignment]
    return withdrawal.cleared(document)


def earliest_stated(known: Disclosure, new: Disclosure) -> str | None:
    """The earlier of two stated publication days; a batch's rows may each state their own."""
    return min((day for day in (known["published"], new["published"]) if day), default=None)


def _first(known: Disclosure, new: Disclosure) -> Disclosure:
    """The one seen first; a re-read of the same sighting wins, so that a better vocabulary shows at once."""
    ours = (*capture_order(new["sightings"][0], new["capture"]), new["place"])
    theirs = (*capture_order(known["sightings"][0], known["capture"]), known["place"])
    return new if ours <= theirs else known


def _last(known: Disclosure, new: Disclosure) -> Disclosure:
    theirs = capture_order(known["sightings"][-1], known["last_capture"])
    return new if capture_order(new["sightings"][-1], new["last_capture"]) > theirs else known
