"""Checks across the rules files: what one names, another has; a duty has a basis in force while it is made."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.law.errors import RulesError
from indexer.law.model import Instrument, Obligation, Override, SubjectClass


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
        if (duty.due is None) != (duty.trigger == "standing"):
            raise RulesError(f"obligations: row {duty.id}: field due: null exactly where the trigger is standing")
    for number, notice in enumerate(overrides, start=1):
        if notice.obligation not in obligations:
            raise RulesError(f"overrides.yaml: row {number}: field obligation: no obligation {notice.obligation!r}")


def _classes(duty: Obligation, classes: Mapping[str, SubjectClass]) -> None:
    named = {*duty.classes, *(c for unit in (duty.required.units if duty.required else ()) for c in unit.classes)}
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
