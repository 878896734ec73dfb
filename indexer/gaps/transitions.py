"""When a duty's state changed (状态变化): computed from the facts alone, so the same however often anybody looked.

The state can only change on days when something happens: a list or permit becomes known, the due day or the grace ends,
a look is made, a disclosure is first seen, a decision is made or runs out. On each of them the duty is judged anew.
Beside the state a transition says what else a list of past days goes by: the public state, the severity and the like.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from indexer.gaps import aged, missing, params, withdrawn
from indexer.gaps.case import Case, case
from indexer.gaps.evidence import Evidence
from indexer.gaps.finding import Judged, Standing
from indexer.gaps.judge import judged, standing
from indexer.gaps.ledger import Ledger
from indexer.gaps.params import GapRules
from indexer.law.derived import OPEN
from indexer.law.duties import Duty, duties
from indexer.law.facts import Subject
from indexer.law.holder import Holder
from indexer.law.rules import Rules, default

ONE_DAY = timedelta(days=1)
VOID = "void"
"""``after`` of a duty that no longer exists, because a list learned later shows that another one had set it off."""
_GONE = Standing(VOID, None, VOID)


@dataclass(frozen=True)
class Transition:
    """On ``day`` a duty came to stand otherwise: its state went from ``before`` (None: it began) to ``after``.

    ``before`` and ``after`` are the same where only something else of ``standing`` changed, such as the severity.
    """

    day: date
    before: str | None
    standing: Standing

    @property
    def after(self) -> str:
        """The state from this day on."""
        return self.standing.state

    @property
    def reason(self) -> str | None:
        """The reason of that state."""
        return self.standing.reason


@dataclass(frozen=True)
class Survey:
    """Everything that is said of one subject on a day: its duties judged, and how each came to its state.

    ``cases`` are those of ``judged``, in the same order: checks look at them again.
    """

    judged: tuple[Judged, ...]
    transitions: dict[str, list[Transition]]
    evidence: Evidence
    cases: tuple[Case, ...]


def transitions(duty: Duty, subject: Subject, as_of: date, rules: Rules | None = None) -> list[Transition]:
    """Every change of how one duty stands up to the end of ``as_of``, ascending."""
    return history(subject, as_of, rules or default()).get(duty.id, [])


def history(subject: Subject, as_of: date, rules: Rules, gaps: GapRules | None = None) -> dict[str, list[Transition]]:
    """The transitions of every duty that the subject ever had by ``as_of``, by duty id."""
    return survey(subject, as_of, rules, gaps).transitions


def survey(subject: Subject, as_of: date, rules: Rules, gaps: GapRules | None = None) -> Survey:
    """Judgements and transitions of all duties of a subject; each duty's case is made once for both."""
    evidence, gaps = Evidence.of(subject), gaps or params.load()
    found: dict[str, list[Transition]] = {}
    cases: list[Case] = []
    known: dict[str, Case] = {}
    holder = Holder.of(subject, rules)
    for start, end in _segments(holder, as_of):
        before = {made.duty.id: made for made in cases}
        cases = [_case(duty, known, evidence, gaps) for duty in duties(subject, rules, end, holder)]
        for made in cases:
            same = before.get(made.duty.id) is made
            _follow(made, start, end, same, found.setdefault(made.duty.id, []))
        for identifier in found.keys() - {made.duty.id for made in cases}:
            _append(found[identifier], start, _GONE)
    changes = {identifier: found[identifier] for identifier in sorted(found) if found[identifier]}
    return Survey(tuple(judged(made, as_of) for made in cases), changes, evidence, tuple(cases))


def _case(duty: Duty, known: dict[str, Case], evidence: Evidence, gaps: GapRules) -> Case:
    """The case of a duty, kept from one span to the next where the duty is the same."""
    made = known.get(duty.id)
    if made is None or made.duty != duty:
        made = known[duty.id] = case(duty, evidence, gaps)
    return made


def _segments(holder: Holder, as_of: date) -> list[tuple[date, date]]:
    """Spans of days with the same memberships and printed terms known: within one, a duty's due day does not change.

    What facts show adds duties and changes none, so it begins no span of its own, but where it is the first of all.
    """
    known = {m.first_seen for m in holder.memberships if m.valid_to != OPEN} | {item.known for item in holder.prints}
    known |= {min(days) for days in [[m.first_seen for m in holder.memberships]] if days}
    starts = sorted(day for day in known if day <= as_of)
    ends = [*(start - ONE_DAY for start in starts[1:]), as_of]
    return list(zip(starts, ends, strict=False))


def _follow(made: Case, start: date, end: date, same: bool, changes: list[Transition]) -> None:
    """``same``: it is the case of the span before, so that nothing changes with the span alone."""
    start = max(start, made.duty.made)
    days = {day for day in _days(made, end) if start <= day <= end}
    for day in sorted(days if same else {start, *days}):
        _append(changes, day, standing(made, day))


def _append(changes: list[Transition], day: date, now: Standing) -> None:
    last = changes[-1] if changes else None
    if last is None or last.standing != now:
        changes.append(Transition(day, last.after if last else None, now))


def _days(made: Case, end: date) -> Iterable[date]:
    """The days on which the standing of this duty can change."""
    yield made.duty.due.latest + ONE_DAY
    yield missing.severe_from(made)
    for item in made.answering:
        yield made.since(item)
    yield from withdrawn.turns(made)
    yield from aged.turns(made)
    if made.duty.exempt_from is not None:
        yield made.duty.exempt_from
    for item in made.doubtful:
        if made.duty.event is not None:
            yield item.first_seen
        yield from (day for day in (item.first_seen, *item.sightings) if made.duty.span and day > made.duty.span[1])
    for decision in made.decisions:
        yield decision.day
        if decision.until is not None:
            yield decision.until + ONE_DAY
    for ledger in made.ledgers:
        yield from (day for day in (ledger.watched.active_from, ledger.watched.first_capture) if day is not None)
        yield from _turns(made, ledger, end)


def _turns(made: Case, ledger: Ledger, end: date) -> Iterable[date]:
    """Days of looks that change a channel's word: the first proofs, and every turn from good looks to bad and back."""
    absent, before = 0, None
    for look in ledger.between(made.opens, end):
        absent += look.absent
        if look.absent != before or (look.absent and absent <= missing.looks_needed(made)):
            yield look.day
        before = look.absent
