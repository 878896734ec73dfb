"""Checks across the rules files: what one names, another has; a duty has a basis in force while it is made."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.law.errors import RulesError
from indexer.law.events import EventRule
from indexer.law.model import Instrument, Obligation, Override, SubjectClass
from indexer.law.prints import PrintRule
from indexer.law.retention import Retention


def references(
    obligations: Mapping[str, Obligation],
    instruments: Mapping[str, Instrument],
    classes: Mapping[str, SubjectClass],
    overrides: tuple[Override, ...],
) -> None:
    """Raises RulesError for the first name that nothing defines and the first duty without a basis in force."""
    for row in instruments.values():
        if row.successor is not None and row.successor not in instruments:
            raise RulesError(f"instruments.yaml: row {row.key}: field successor: no instrument {row.successor!r}")
    for duty in obligations.values():
        _classes(duty, classes)
        _basis(duty, instruments)
        if (duty.due is None) != (duty.trigger == "none"):
            raise RulesError(f"obligations: row {duty.id}: field due: null exactly where the trigger is none")
    for number, notice in enumerate(overrides, start=1):
        if notice.obligation not in obligations:
            raise RulesError(f"overrides.yaml: row {number}: field obligation: no obligation {notice.obligation!r}")


def names(
    obligations: Mapping[str, Obligation],
    classes: Mapping[str, SubjectClass],
    events: tuple[EventRule, ...],
    prints: tuple[PrintRule, ...],
) -> None:
    """Raises RulesError for an event or a printed item that nothing defines, or an event row that no event sets off."""
    kinds, fields = {rule.kind for rule in events}, {rule.field for rule in prints}
    for duty in obligations.values():
        if duty.active and duty.trigger == "event" and not duty.events:
            raise RulesError(f"obligations: row {duty.id}: field events: the trigger is event and no event is named")
        for event in duty.events:
            if event not in kinds:
                raise RulesError(f"obligations: row {duty.id}: field events: no event {event!r} in events.yaml")
        for field in duty.printed:
            if field not in fields:
                raise RulesError(f"obligations: row {duty.id}: field printed: no item {field!r} in prints.yaml")
    for cls in classes.values():
        for sign in cls.signs:
            for event in sign.events:
                if event not in kinds:
                    raise RulesError(f"subjects.yaml: row {cls.cls}: field by: no event {event!r} in events.yaml")
            for other in sign.classes:
                if other not in classes:
                    raise RulesError(f"subjects.yaml: row {cls.cls}: field by: no class {other!r}")


def terms(
    obligations: Mapping[str, Obligation], instruments: Mapping[str, Instrument], retention: tuple[Retention, ...]
) -> None:
    """Raises RulesError for a term of display that names what nothing defines, or an obligation with two terms."""
    seen: set[str] = set()
    for row in retention:
        if row.instrument not in instruments:
            raise RulesError(f"retention.yaml: row {row.id}: field instrument: no instrument {row.instrument!r}")
        for obligation in row.obligations:
            if obligation not in obligations or obligation in seen:
                raise RulesError(
                    f"retention.yaml: row {row.id}: field obligations: {obligation!r} is unknown or has a term already"
                )
            seen.add(obligation)


def _classes(duty: Obligation, classes: Mapping[str, SubjectClass]) -> None:
    units = duty.required.units if duty.required else ()
    named = {*duty.classes, *duty.needs, *(cls for unit in units for cls in unit.classes)}
    for cls in sorted(named):
        if cls not in classes:
            raise RulesError(f"obligations: row {duty.id}: field classes: no class {cls!r} in subjects.yaml")


def _basis(duty: Obligation, instruments: Mapping[str, Instrument]) -> None:
    for key in [*(b.instrument for b in duty.basis), *(e.instrument for e in duty.exemptions)]:
        if key not in instruments:
            raise RulesError(f"obligations: row {duty.id}: field basis: no instrument {key!r} in instruments.yaml")
    ends = [duty.effective_from, *([duty.effective_to] if duty.effective_to else [])]
    for day in ends:
        if not any(instruments[b.instrument].in_force(day) for b in duty.basis):
            raise RulesError(f"obligations: row {duty.id}: field basis: no instrument of it is in force on {day}")
