"""A part of a run's records → identities, disclosures, measurements, monitoring batches: pure, no store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from indexer.normalise import codes, dates, pollutants
from indexer.register import disclosures, measurements, membership
from indexer.register.documents import Disclosure, Measurement, VisitDoc
from indexer.register.enterprises import day
from indexer.register.identities import Gathered, Who, who
from indexer.register.interpret import Reading, read
from indexer.register.looks import document as visit_document
from indexer.register.records import Record, Visit
from indexer.register.runs import Run
from indexer.register.sourcefile import Source

# Kinds whose records prove membership in a class.
_LISTING = frozenset({"listing", "permit"})


@dataclass
class Part:
    """What a part of a run says, merged within the part."""

    identities: dict[str, Gathered] = field(default_factory=dict)
    disclosures: dict[str, Disclosure] = field(default_factory=dict)
    measurements: dict[str, list[Measurement]] = field(default_factory=dict)
    batches: dict[str, Disclosure] = field(default_factory=dict)
    kinds: set[str] = field(default_factory=set)
    records: int = 0


def gather(records: Iterable[Record], run: Run, source: Source) -> Part:
    """Everything the records say; what is not understood goes to ``run.issues``."""
    part = Part()
    for record in records:
        part.records += 1
        part.kinds.add(record["kind"])
        reading = read(record, source, run.issues)
        if reading is not None:
            _identity(part, reading, run, source)
            _item(part, reading, run, source)
    return part


def _identity(part: Part, reading: Reading, run: Run, source: Source) -> None:
    record, said = reading.record, reading.said
    at = record["captured_at"]
    entry = _entry(part.identities, reading.who, source)
    _doubt(reading, run)
    entry.recorded = True
    entry.see(reading.who, record["subject"]["uscc"], at)
    entry.name(reading.who.name, record["kind"], at)
    entry.describe(record["kind"], said.facts, at)
    entry.kinds.add(record["kind"])
    entry.pollutants.update(name for name in reading.pollutants if pollutants.resolve(name))
    if record["kind"] in _LISTING and source.membership:
        entry.memberships += membership.memberships(record, source.membership, day(at), run.issues, said.facts)


def _doubt(reading: Reading, run: Run) -> None:
    """Notes a region that no table knows and a credit code whose check digit fails; both are kept as printed."""
    record, subject = reading.record, reading.record["subject"]
    if not reading.who.region_known:
        message = f"region {reading.who.region_word[:40]!r} is in no table; add it to the source's `regions`"
        run.issues.add("warning", "region-unknown", message, record["url"], record["place"])
    code = codes.uscc(subject["uscc"] or "")
    if subject["uscc"] and (code is None or not code.valid):
        hint = f", perhaps {code.suggestion}" if code and code.suggestion else ""
        message = f"credit code {subject['uscc'][:40]!r} fails GB 32100{hint}; kept and flagged, joins nothing"
        run.issues.add("info", "code-invalid", message, record["url"], record["place"])


def _entry(identities: dict[str, Gathered], person: Who, source: Source) -> Gathered:
    if person.key not in identities:
        identities[person.key] = Gathered(person, source)
    return identities[person.key]


def _item(part: Part, reading: Reading, run: Run, source: Source) -> None:
    """A listing row is a membership only; a monitoring row with values measurements; all else a disclosure."""
    if reading.kind == "listing":
        return
    if reading.kind == "monitoring" and measurements.is_value_row(reading):
        rows = list(measurements.rows(reading, source, run.issues))
        for row in rows:
            _measure(part, reading, row, run, source)
        if rows:
            return
    document = disclosures.build(reading, source, run.name)
    part.disclosures[document["id"]] = disclosures.merge(part.disclosures.get(document["id"]), document)


def _measure(part: Part, reading: Reading, row: Measurement, run: Run, source: Source) -> None:
    record = reading.record
    part.measurements.setdefault(measurements.base_key(row), []).append(row)
    part.identities[reading.who.key].pollutants.add(row["pollutant"])
    moment = dates.moment(row["time"])
    assert moment is not None  # written by us in ISO 8601
    batch = disclosures.batch(
        reading.who, source, dates.quarter_of(moment), run.name, record["captured_at"], record["capture"],
        record["place"], record["url"], reading.published,
    )  # fmt: skip
    part.batches[batch["id"]] = disclosures.merge(part.batches.get(batch["id"]), batch)


def visits(found: Iterable[Visit], run: Run, source: Source) -> tuple[dict[str, VisitDoc], dict[str, Gathered]]:
    """Visit documents by id (of two looks at one page in one run the later counts), and the subjects they name."""
    documents: dict[str, VisitDoc] = {}
    identities: dict[str, Gathered] = {}
    for visit in found:
        person = who(source, visit["subject"]) if visit["scope"] == "page" else None
        if visit["scope"] == "page" and person is None:
            message = f"{visit['kind']}: a page visit names no enterprise; it is not indexed"
            run.issues.add("error", "no-subject", message, visit.get("url") or "")
            continue
        if person is not None:
            entry = _entry(identities, person, source)
            entry.see(person, visit["subject"]["uscc"], visit["at"])
            entry.name(person.name, "visit", visit["at"])
        document = visit_document(visit, run.name, source, person.key if person else None, run.walks_count)
        known = documents.get(document["id"])
        if known is None or known["at"] <= document["at"]:
            documents[document["id"]] = document
    return documents, identities
