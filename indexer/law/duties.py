"""Duties (披露义务) of a subject on a day: which obligations, for which period, due when, on what basis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from indexer.law.calendar import Calendar
from indexer.law.deadlines import Anchors, Due, due_of, spread
from indexer.law.facts import Event, Subject
from indexer.law.holder import Holder
from indexer.law.model import Obligation
from indexer.law.notices import notice_for
from indexer.law.retention import Retention
from indexer.law.rules import Rules
from indexer.law.triggers import Happening, happenings


@dataclass(frozen=True)
class Duty:
    """One subject × obligation × period. ``made`` is the first day on which its trigger had happened and was known."""

    subject: str
    obligation: Obligation
    period: str
    made: date
    due: Due
    classes: frozenset[str]
    """The subject's classes that carry the duty."""
    all_classes: frozenset[str]
    """Every class it is in: some chapters are owed by members of another class only."""
    span: tuple[date, date] | None
    """First and last day of the period; None for a duty owed once."""
    exempt: str | None
    basis: str
    law_seen: bool
    rules_version: str
    event: Event | None = None
    """What set it off, where it was an event."""
    until: date | None = None
    """Last day on which a thing that must be kept is looked at for this period; None: no such limit."""
    retention: Retention | None = None
    """How long what answers it must stay public; None: no term is known."""
    calendar: Calendar | None = None
    exempt_from: date | None = None
    """First day on which a statement that exempts was seen; None: it holds whenever it is known."""

    @property
    def key(self) -> str:
        """``<obligation>:<period>``, the same for every subject."""
        return f"{self.obligation.id}:{self.period}"

    @property
    def id(self) -> str:
        """``<subject>:<obligation>:<period>``."""
        return f"{self.subject}:{self.key}"


def duties(subject: Subject, rules: Rules, as_of: date, holder: Holder | None = None) -> list[Duty]:
    """Every duty of ``subject`` that exists on ``as_of``, by obligation and period (docs/reference/contracts.md, 8).

    A duty exists once its trigger has happened and a capture shows it, where the trigger lies in the effective interval
    and the due day is not after its end. ``holder`` is the subject's, where it was made already.
    """
    who = holder or Holder.of(subject, rules)
    found = [duty for obligation in who.obligations(rules) for duty in _of_obligation(obligation, who, rules, as_of)]
    return sorted(found, key=lambda duty: (duty.obligation.id, duty.period))


def _of_obligation(obligation: Obligation, holder: Holder, rules: Rules, as_of: date) -> Iterator[Duty]:
    for happening in happenings(obligation, holder, rules.classes, as_of):
        if happening.known > as_of or not _within(obligation, happening):
            continue
        due = _due(obligation, happening, holder.subject, rules)
        if _owed(obligation, happening, due):
            yield _duty(obligation, happening, due, holder, rules, as_of)


def _within(obligation: Obligation, happening: Happening) -> bool:
    """True where the trigger lies in the effective interval; a list without a proven day is placed by its year.

    At the end of the interval the latest possible day must still lie in it, so that nobody owes by an ended law.
    """
    if happening.earliest == happening.latest:
        begun = happening.latest >= obligation.effective_from
    else:
        begun = happening.year is not None and happening.year >= obligation.effective_from.year
    return begun and (obligation.effective_to is None or happening.latest <= obligation.effective_to)


def _owed(obligation: Obligation, happening: Happening, due: Due) -> bool:
    """False where the due day lies after the law's end, or a list that came out after the due day set the duty off."""
    if obligation.effective_to is not None and due.latest > obligation.effective_to:
        return False
    if happening.until is not None and due.latest >= happening.until:
        return False
    return happening.earliest is None or happening.earliest <= due.latest


def _due(obligation: Obligation, happening: Happening, subject: Subject, rules: Rules) -> Due:
    latest = _due_from(happening.listed[1] if happening.listed else None, obligation, happening, subject, rules)
    if happening.listed is None or happening.listed[0] == happening.listed[1]:
        return latest
    low = happening.listed[0]
    earliest = _due_from(low, obligation, happening, subject, rules) if low is not None else None
    return spread(earliest, latest)


def _due_from(listed: date | None, obligation: Obligation, happening: Happening, subject: Subject, rules: Rules) -> Due:
    rule = obligation.due
    if rule is None:
        raise ValueError(f"{obligation.id}: an active duty needs a due expression")
    anchors = Anchors(
        listed=listed, period_end=happening.span[1] if happening.span else None, valid_to=happening.valid_to,
        year=happening.year, printed=happening.printed, event=happening.event.day if happening.event else None,
        start=happening.start,
    )  # fmt: skip
    industry = subject.industry or happening.printed.get("industry")
    notice = (
        notice_for(rules.overrides, obligation.id, happening.period, subject.region_path, industry)
        if rule.overrides
        else None
    )
    return due_of(rule, anchors, rules.calendar, notice)


def _duty(obligation: Obligation, happening: Happening, due: Due, holder: Holder, rules: Rules, as_of: date) -> Duty:
    basis, known = rules.basis(obligation, due.latest), holder.classes(as_of)
    words = f"{happening.words}；依据{basis.text}，{due.words}；应于{due.latest}前（含当日）公开"
    return Duty(
        subject=holder.subject.id, obligation=obligation, period=happening.period, made=happening.known,
        due=Due(due.earliest, due.latest, due.provisional, words), classes=_classes(happening, rules, known),
        all_classes=known, span=happening.span, exempt=_exempt(happening, rules), basis=basis.text,
        law_seen=basis.seen, rules_version=rules.version, event=happening.event, until=happening.until,
        retention=rules.terms.get(obligation.id), calendar=rules.calendar,
        exempt_from=happening.exempt_from,
    )  # fmt: skip


def _classes(happening: Happening, rules: Rules, known: frozenset[str]) -> frozenset[str]:
    """Sources cover listed classes and permits: one that facts show is carried by every class of the subject."""
    shown = any(cls in rules.classes and rules.classes[cls].membership == "derived" for cls in happening.classes)
    return known if shown else happening.classes


def _exempt(happening: Happening, rules: Rules) -> str | None:
    exemption = happening.exemption
    return f"{rules.instruments[exemption.instrument].number}：{exemption.words}" if exemption else None
