"""All rules files as one typed, checked value; ``version`` is the hash of every file and of the calendar's data."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from indexer.law import check, schema, yamlfile
from indexer.law.basis import BasisWords, basis_on
from indexer.law.build import field_group, obligation, override, subject_class
from indexer.law.calendar import Calendar, data_version
from indexer.law.errors import RulesError
from indexer.law.events import EventRule, EventSchema, event_rule
from indexer.law.holidays import Notice
from indexer.law.model import FieldGroup, Instrument, Obligation, Override, SubjectClass
from indexer.law.offices import OfficeItem, OfficeItemSchema, office_item
from indexer.law.prints import PrintRule, PrintSchema, print_rule
from indexer.law.retention import Retention, RetentionSchema, retention

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Rules:
    """The law as data: everything keyed by its own key, in the order of the files."""

    version: str
    instruments: dict[str, Instrument]
    classes: dict[str, SubjectClass]
    groups: dict[str, FieldGroup]
    obligations: dict[str, Obligation]
    overrides: tuple[Override, ...]
    calendar: Calendar
    events: tuple[EventRule, ...] = ()
    prints: tuple[PrintRule, ...] = ()
    retention: tuple[Retention, ...] = ()
    items: tuple[OfficeItem, ...] = ()

    @property
    def active(self) -> tuple[Obligation, ...]:
        """The obligations that are judged."""
        return tuple(row for row in self.obligations.values() if row.active)

    @cached_property
    def memory(self) -> frozenset[str]:
        """Keys of rows from memory alone: obligations of which no article was read, lists of fields, instruments."""
        rows = {key for key, row in self.obligations.items() if all(item.seen == "M" for item in row.basis)}
        groups = {key for key, group in self.groups.items() if group.seen == "M"}
        return frozenset(rows | groups | {key for key, row in self.instruments.items() if row.seen == "M"})

    @cached_property
    def terms(self) -> dict[str, Retention]:
        """How long what answers an obligation must stay public, by the id of the obligation."""
        return {obligation: row for row in self.retention for obligation in row.obligations}

    @cached_property
    def event_titles(self) -> dict[str, str]:
        """What each kind of event is called."""
        return {rule.kind: rule.title for rule in self.events}

    @cached_property
    def _founded(self) -> dict[tuple[str, date], BasisWords]:
        return {}

    def basis(self, row: Obligation, day: date) -> BasisWords:
        """What founds an obligation on a day; many subjects share their due days, so the words are made once."""
        key = (row.id, day)
        if key not in self._founded:
            self._founded[key] = basis_on(row.basis, self.instruments, day)
        return self._founded[key]

    @cached_property
    def _owed(self) -> dict[str, tuple[Obligation, ...]]:
        return {}

    def owed_in(self, cls: str) -> tuple[Obligation, ...]:
        """The judged obligations that a member of ``cls`` may owe, found out once a class."""
        if cls not in self._owed:
            self._owed[cls] = tuple(row for row in self.active if row.carries(cls))
        return self._owed[cls]


def load(folder: Path = FOLDER) -> Rules:
    """Every rules file of ``folder``, checked; raises RulesError naming file, row and field."""
    groups = _groups(folder / "fields.yaml")
    rules = Rules(
        version=version_of(folder),
        instruments={
            row["key"]: Instrument(**row)
            for row in _rows(folder / "instruments.yaml", schema.InstrumentSchema(), "key")
        },
        classes={
            row["cls"]: subject_class(row) for row in _rows(folder / "subjects.yaml", schema.SubjectSchema(), "cls")
        },
        groups=groups,
        obligations=_obligations(folder, groups),
        overrides=tuple(override(row) for row in _rows(folder / "overrides.yaml", schema.OverrideSchema(), None)),
        calendar=_calendar(folder / "calendar.yaml"),
        events=tuple(event_rule(row) for row in _rows(folder / "events.yaml", EventSchema(), None)),
        prints=_prints(folder / "prints.yaml"),
        items=tuple(office_item(row) for row in _rows(folder / "authority_items.yaml", OfficeItemSchema(), "item")),
        retention=tuple(retention(row) for row in _rows(folder / "retention.yaml", RetentionSchema(), "id")),
    )
    check.references(rules.obligations, rules.instruments, rules.classes, rules.overrides)
    check.names(rules.obligations, rules.classes, rules.events, rules.prints)
    check.terms(rules.obligations, rules.instruments, rules.retention)
    return rules


@lru_cache(maxsize=1)
def default() -> Rules:
    """The rules that come with the project, read once."""
    return load()


def with_notices(rules: Rules, notices: tuple[Notice, ...]) -> Rules:
    """The rules with imported notices of days off in their calendar, under a version that names them."""
    if not notices:
        return rules
    ordered = tuple(sorted(notices, key=lambda notice: notice.year))
    digest = hashlib.sha256(rules.version.encode())
    for notice in ordered:
        digest.update(notice.digest.encode())
    return replace(rules, calendar=replace(rules.calendar, notices=ordered), version=digest.hexdigest()[:16])


def version_of(folder: Path) -> str:
    """Sixteen hex digits over every rules file's name and bytes, and over the official calendar's days."""
    digest = hashlib.sha256(data_version().encode())
    for path in sorted(folder.rglob("*.yaml")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _rows(path: Path, row_schema: Any, key: str | None) -> list[dict[str, Any]]:
    loaded, seen = [], set()
    for number, row in enumerate(yamlfile.rows(path), start=1):
        name = str(row.get(key, number)) if key else str(number)
        if key and name in seen:
            raise RulesError(f"{path.name}: row {name}: field {key}: stands twice; keys are unique")
        seen.add(name)
        loaded.append(schema.load_row(row_schema, row, path.name, name))
    return loaded


def _groups(path: Path) -> dict[str, FieldGroup]:
    data, group_schema = yamlfile.mapping(path), schema.GroupSchema()
    return {key: field_group(key, schema.load_row(group_schema, row, path.name, key)) for key, row in data.items()}


def _prints(path: Path) -> tuple[PrintRule, ...]:
    rows, row_schema = yamlfile.mapping(path), PrintSchema()
    return tuple(print_rule(key, schema.load_row(row_schema, row, path.name, key)) for key, row in rows.items())


def _obligations(folder: Path, groups: dict[str, FieldGroup]) -> dict[str, Obligation]:
    found: dict[str, Obligation] = {}
    for path in sorted((folder / "obligations").glob("*.yaml")):
        for row in _rows(path, schema.ObligationSchema(), "id"):
            if row["id"] in found:
                raise RulesError(f"{path.name}: row {row['id']}: field id: stands in two files; ids are unique")
            found[row["id"]] = obligation(row, groups, path.name)
    return found


def _calendar(path: Path) -> Calendar:
    row = schema.load_row(schema.CalendarSchema(), yamlfile.mapping(path), path.name, "(file)")
    return Calendar(frozenset((int(text[:2]), int(text[3:])) for text in row["fixed"]))
