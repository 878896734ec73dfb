"""What sets a duty off: a list, a year or a quarter with a valid permit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from indexer.law import lists, validity
from indexer.law.facts import Membership
from indexer.law.lists import ListYear
from indexer.law.model import Exemption, Obligation, SubjectClass
from indexer.law.periods import bounds, quarters
from indexer.law.validity import Held


@dataclass(frozen=True)
class Happening:
    """One trigger that has happened: ``earliest``..``latest`` its day, ``known`` the day from which we know it.

    ``listed`` is the list's day range (its lower end None where unknown); ``span`` the period's first and last day;
    ``short_held`` the law's exemption for a permit held too short a time.
    """

    period: str
    earliest: date | None
    latest: date
    known: date
    classes: frozenset[str]
    words: str
    year: int | None = None
    listed: tuple[date | None, date] | None = None
    span: tuple[date, date] | None = None
    valid_to: date | None = None
    short_held: Exemption | None = None
    printed: dict[str, str] = field(default_factory=dict)


def happenings(
    obligation: Obligation, members: Iterable[Membership], classes: Mapping[str, SubjectClass], as_of: date
) -> Iterator[Happening]:
    """Every trigger of ``obligation`` that happened and was known by ``as_of``.

    Raises ValueError for a trigger from which no duties are made yet (``event``, ``standing``).
    """
    if obligation.trigger in ("list_run", "list_year"):
        years = lists.list_years(obligation, members, as_of)
        once = obligation.trigger == "list_run"
        return (_listed(year, once, classes) for year in (lists.run_starts(years) if once else years))
    if obligation.trigger in ("permit_year", "permit_quarter"):
        return _held(obligation, validity.held(obligation, members, as_of), classes, as_of)
    raise ValueError(
        f"{obligation.id}: no duties are made yet for the trigger {obligation.trigger!r}; set active: false"
    )


def _listed(year: ListYear, once: bool, classes: Mapping[str, SubjectClass]) -> Happening:
    when = f"于{year.latest}公布" if year.proven else f"公布日未载明（不晚于{year.latest}）"
    return Happening(
        period=f"once:{year.year}" if once else str(year.year),
        earliest=year.earliest, latest=year.latest, known=year.known, classes=year.classes,
        words=f"列入{year.year}年{_titles(year.classes, classes)}名录，名录{when}",
        year=year.year, listed=(year.earliest, year.latest), span=None if once else bounds(str(year.year)),
        printed=year.printed,
    )  # fmt: skip


def _held(
    obligation: Obligation, permits: list[Held], classes: Mapping[str, SubjectClass], as_of: date
) -> Iterator[Happening]:
    yearly = obligation.trigger == "permit_year"
    for period in _years(permits, as_of) if yearly else _quarters(permits, as_of):
        span = bounds(period)
        assert span is not None
        holders = [p for p in permits if (p.overlaps(*span) if yearly else p.on(span[0]))]
        yield _of_permit(obligation, period, span, holders, permits, classes)


def _of_permit(
    obligation: Obligation, period: str, span: tuple[date, date], holders: list[Held], permits: list[Held],
    classes: Mapping[str, SubjectClass],
) -> Happening:  # fmt: skip
    # A rule that came into force within a year binds the holder of that year from its first day in force.
    floor = max(span[0], obligation.effective_from) if obligation.trigger == "permit_year" else span[0]
    first = min(max(holder.start, floor if holder.end >= floor else span[0]) for holder in holders)
    cls = frozenset(holder.cls for holder in holders)
    end = max(holder.end for holder in holders)
    return Happening(
        period=period, earliest=first, latest=first, known=min(max(h.known, h.start, span[0]) for h in holders),
        classes=cls, words=f"{period}内持有有效排污许可证（{_titles(cls, classes)}，有效期至{end}）",
        year=span[0].year, span=span, valid_to=end, short_held=_short(obligation, permits, span),
        printed={key: text for holder in holders for key, text in holder.printed.items()},
    )  # fmt: skip


def _short(obligation: Obligation, permits: list[Held], span: tuple[date, date]) -> Exemption | None:
    for exemption in obligation.exemptions:
        if not validity.held_at_least(permits, *span, exemption.held_under_months):
            return exemption
    return None


def _years(permits: list[Held], as_of: date) -> list[str]:
    """Calendar years in which a permit was valid on some day up to ``as_of``."""
    found = {year for p in permits if p.start <= as_of for year in range(p.start.year, min(p.end, as_of).year + 1)}
    return [str(year) for year in sorted(found)]


def _quarters(permits: list[Held], as_of: date) -> list[str]:
    """Quarters begun by ``as_of`` on whose first day a permit was valid."""
    return sorted({quarter for p in permits for quarter in quarters(p.start, min(p.end, as_of))})


def _titles(found: frozenset[str], classes: Mapping[str, SubjectClass]) -> str:
    return "、".join(classes[cls].title if cls in classes else cls for cls in sorted(found))
