"""A part of a run's records → identities, disclosures, measurements, monitoring batches: pure, no store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from indexer.normalise import codes, dates, pollutants
from indexer.register import disclosures, measurements, membership
from indexer.register.documents import Disclosure, Measurement
from indexer.register.enterprises import day
from indexer.register.identities import Gathered, Who, who
from indexer.register.interpret import Reading, read
from indexer.register.looks import document as visit_document
from indexer.register.quarters import Quarters
from indexer.register.records import Record, Visit
from indexer.register.runs import Run
from indexer.register.sourcefile import Source
from indexer.register.spool import Spool
from indexer.register.templates import Template, Templates

# Kinds whose records prove membership in a class.
_LISTING = frozenset({"listing", "permit"})


@dataclass
class Part:
    """What a part of a run says, merged within the part."""

    identities: dict[str, Gathered] = field(default_factory=dict)
    disclosures: dict[str, Disclosure] = field(default_factory=dict)
    measurements: dict[str, list[Measurement]] = field(default_factory=dict)
    quarters: Quarters = field(default_factory=Quarters)
    kinds: set[str] = field(default_factory=set)
    records: int = 0
    met: set[tuple[Template, str]] = field(default_factory=set)
    """Templates whose subject is noted already, with the instant of the page."""


def gather(records: Iterable[Record], run: Run, templates: Templates) -> Part:
    """Everything the records say; what is not understood goes to ``run.issues``."""
    part = Part()
    for record in records:
        part.records += 1
        part.kinds.add(record["kind"])
        if not (record["kind"] == "monitoring" and _filled(part, record, run, templates)):
            _read(part, record, run, templates)
    return part


def _filled(part: Part, record: Record, run: Run, templates: Templates) -> bool:
    """Takes a monitoring row by the template of its like; False where it must be read as a whole."""
    template, columns = templates.find(record)
    filled = template.fill(record, columns) if template else None
    if template is None or filled is None:
        return False
    _doubt(template.reading, record, run)
    if (template, record["captured_at"]) not in part.met:
        part.met.add((template, record["captured_at"]))
        _identity(part, replace(template.reading, record=record), run, templates.source)
        part.identities[template.reading.who.key].pollutants.add(filled.measurement["pollutant"])
    part.measurements.setdefault(filled.base, []).append(filled.measurement)
    part.quarters.see(template.reading.who, filled.quarter, record, filled.published)
    return True


def _read(part: Part, record: Record, run: Run, templates: Templates) -> None:
    reading = read(record, templates.source, run.issues)
    if reading is not None:
        _doubt(reading, record, run)
        _identity(part, reading, run, templates.source)
        _item(part, reading, run, templates)


def _identity(part: Part, reading: Reading, run: Run, source: Source) -> None:
    record, said = reading.record, reading.said
    at = record["captured_at"]
    entry = _entry(part.identities, reading.who, source)
    entry.recorded = True
    entry.see(reading.who, record["subject"]["uscc"], at)
    entry.name(reading.who.name, record["kind"], at)
    entry.describe(record["kind"], said.facts, at)
    entry.kinds.add(record["kind"])
    entry.pollutants.update(name for name in reading.pollutants if pollutants.resolve(name))
    if record["kind"] in _LISTING and source.membership:
        entry.memberships += membership.memberships(record, source.membership, day(at), run.issues, said.facts)


def _doubt(reading: Reading, record: Record, run: Run) -> None:
    """Notes a region that no table knows and a credit code whose check digit fails; both are kept as printed."""
    subject = record["subject"]
    if not reading.who.region_known:
        message = f"region {reading.who.region_word[:40]!r} is in no table; add it to the source's `regions`"
        run.issues.add("warning", "region-unknown", message, record["url"], record["place"])
        run.issues.unknown.add("region", record["kind"], reading.who.region_word, record["url"], record["place"])
    code = codes.uscc(subject["uscc"] or "")
    if subject["uscc"] and (code is None or not code.valid):
        hint = f", perhaps {code.suggestion}" if code and code.suggestion else ""
        message = f"credit code {subject['uscc'][:40]!r} fails GB 32100{hint}; kept and flagged, joins nothing"
        run.issues.add("info", "code-invalid", message, record["url"], record["place"])


def _entry(identities: dict[str, Gathered], person: Who, source: Source) -> Gathered:
    if person.key not in identities:
        identities[person.key] = Gathered(person, source)
    return identities[person.key]


def _item(part: Part, reading: Reading, run: Run, templates: Templates) -> None:
    """A listing row is a membership only; a monitoring row with values measurements; all else a disclosure."""
    if reading.kind == "listing":
        return
    if reading.kind == "monitoring" and measurements.is_value_row(reading):
        rows = list(measurements.rows(reading, templates.source, run.issues))
        for row in rows:
            _measure(part, reading, row)
        templates.learn(reading, rows)
        if rows:
            return
    document = disclosures.build(reading, templates.source, run.name)
    part.disclosures[document["id"]] = disclosures.merge(part.disclosures.get(document["id"]), document)


def _measure(part: Part, reading: Reading, row: Measurement) -> None:
    part.measurements.setdefault(measurements.base_key(row), []).append(row)
    part.identities[reading.who.key].pollutants.add(row["pollutant"])
    moment = dates.moment(row["time"])
    assert moment is not None  # written by us in ISO 8601
    part.quarters.see(reading.who, dates.quarter_of(moment), reading.record, reading.published)


def visits(found: Iterable[Visit], run: Run, source: Source) -> tuple[Spool, dict[str, Gathered]]:
    """Visit documents (of two looks at one page in one run the later counts), and the subjects they name."""
    documents = Spool()
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
        documents.put(visit_document(visit, run.name, source, person.key if person else None, run.walks_count))
    return documents, identities
