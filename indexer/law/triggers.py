"""What sets a duty off: a list, a period with a valid permit or in a class, an event, the days a thing must be kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from indexer.law import lists, occasions, validity
from indexer.law.calendar import add_months
from indexer.law.facts import Event, Found
from indexer.law.holder import Holder, is_open
from indexer.law.lists import ListYear
from indexer.law.model import Exemption, Obligation, SubjectClass
from indexer.law.periods import bounds, overlapping, quarters
from indexer.law.validity import Held

MONTHS = {
    "permit_year": 12, "permit_half": 6, "permit_quarter": 3, "permit_month": 1, "class_year": 12, "class_quarter": 3,
    "class_month": 1, "standing": 12,
}  # fmt: skip
"""How long the periods of these triggers are."""
NOTICE_MONTHS = 6
"""So long before the end of a permit the duty to renew it is told of."""


@dataclass(frozen=True)
class Happening:
    """One trigger that has happened: ``earliest``..``latest`` its day, ``known`` the day from which we know it.

    ``listed`` is the list's day range (its lower end None where unknown); ``span`` the period's first and last day;
    ``exemption`` the law's own; ``until`` the last day on which a thing that must be kept is looked at.
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
    exemption: Exemption | None = None
    exempt_from: date | None = None
    printed: dict[str, str] = field(default_factory=dict)
    event: Event | None = None
    start: date | None = None
    until: date | None = None


def happenings(
    obligation: Obligation, holder: Holder, classes: Mapping[str, SubjectClass], as_of: date
) -> Iterator[Happening]:
    """Every trigger of ``obligation`` that happened and was known by ``as_of``."""
    trigger = obligation.trigger
    if not _is_printed(obligation, holder, as_of):
        return iter(())
    if trigger in ("list_run", "list_year"):
        return _lists(obligation, holder, classes, as_of)
    if trigger == "event":
        return _events(obligation, holder, classes, as_of)
    if trigger == "permit_term":
        return _terms(obligation, holder, classes, as_of)
    return _periods(obligation, holder, classes, as_of) if trigger in MONTHS else iter(())


# -- lists --------------------------------------------------------------------------------------------------------


def _lists(
    obligation: Obligation, holder: Holder, classes: Mapping[str, SubjectClass], as_of: date
) -> Iterator[Happening]:
    years = holder.years(obligation.classes, as_of)
    if obligation.needs:
        beside = {year.year: year.known for year in holder.years(obligation.needs, as_of)}
        years = [year.known_from(beside[year.year]) for year in years if year.year in beside]
    once = obligation.trigger == "list_run"
    for year in lists.run_starts(years) if once else years:
        if not obligation.events:
            terms = holder.terms(min(as_of, date(year.year, 12, 31)))
            yield replace(_listed(year, once, classes), printed=year.printed | terms)
        elif year.year - 1 not in {other.year for other in years}:
            yield from _before_list(obligation, year, holder, classes, as_of)


def _listed(year: ListYear, once: bool, classes: Mapping[str, SubjectClass]) -> Happening:
    when = f"于{year.latest}公布" if year.proven else f"公布日未载明（不晚于{year.latest}）"
    return Happening(
        period=f"once:{year.year}" if once else str(year.year),
        earliest=year.earliest, latest=year.latest, known=year.known, classes=year.classes,
        words=f"列入{year.year}年{_titles(year.classes, classes)}名录，名录{when}",
        year=year.year, listed=(year.earliest, year.latest), span=None if once else bounds(str(year.year)),
        printed=year.printed,
    )  # fmt: skip


def _before_list(
    obligation: Obligation, year: ListYear, holder: Holder, classes: Mapping[str, SubjectClass], as_of: date
) -> Iterator[Happening]:
    """Order 24 art. 20: the events of a list's year before it came out, told of by who was not on the list before."""
    first = date(year.year, 1, 1)
    lowest = year.earliest or first
    found = [event for event in occasions.of(obligation, holder, as_of) if first <= event.day < lowest]
    if found:
        plain = _listed(year, False, classes)
        words = f"{plain.words}；名录公布前本年度有{len(found)}件应披露事项（{_told(found[0], holder)}）"
        yield Happening(
            period=plain.period, earliest=plain.earliest, latest=plain.latest,
            known=max(plain.known, min(event.known for event in found)), classes=plain.classes, words=words,
            year=year.year, listed=plain.listed, printed=plain.printed, event=found[0],
        )  # fmt: skip


# -- periods ------------------------------------------------------------------------------------------------------


def _periods(
    obligation: Obligation, holder: Holder, classes: Mapping[str, SubjectClass], as_of: date
) -> Iterator[Happening]:
    spans = holder.spans(obligation.classes, as_of)
    beside = holder.spans(obligation.needs, as_of) if obligation.needs else None
    whole = _whole(obligation)
    for period in _named(obligation, spans, as_of):
        span = bounds(period)
        assert span is not None
        holders = [held for held in spans if (held.on(span[0]) if whole else held.overlaps(*span))]
        others = [held for held in beside if held.overlaps(*span)] if beside is not None else None
        if holders and others != [] and _is_printed(obligation, holder, min(as_of, span[1])):
            yield _of_period(obligation, period, span, holders, others, holder, classes, as_of)


def _is_printed(obligation: Obligation, holder: Holder, day: date) -> bool:
    """True where the permit need not print the item, or is known by the end of the period to print it."""
    return not obligation.printed or not holder.terms(day).keys().isdisjoint(obligation.printed)


def _whole(obligation: Obligation) -> bool:
    """Results of a quarter are owed where it was held on the first day; reports where it was held on some day."""
    return obligation.trigger in ("permit_quarter", "class_quarter") and not _short_rules(obligation)


def _short_rules(obligation: Obligation) -> list[Exemption]:
    return [e for e in obligation.exemptions if e.held_under_months or e.held_under_days]


def _named(obligation: Obligation, spans: list[Held], as_of: date) -> list[str]:
    months = MONTHS[obligation.trigger]
    floor = obligation.effective_from
    found: set[str] = set()
    for held in spans:
        end = min(held.end, as_of)
        if _whole(obligation):
            found.update(quarters(held.start, end))
        elif held.start <= end:
            found.update(overlapping(months, max(held.start, min(floor, end)), end))
    return sorted(found)


def _of_period(
    obligation: Obligation, period: str, span: tuple[date, date], holders: list[Held], others: list[Held] | None,
    holder: Holder, classes: Mapping[str, SubjectClass], as_of: date,
) -> Happening:  # fmt: skip
    # A rule that came into force within a period binds its holder from its first day in force.
    floor = span[0] if _whole(obligation) else max(span[0], obligation.effective_from)
    first = min(max(held.start, floor if held.end >= floor else span[0]) for held in holders)
    cls, end = frozenset(held.cls for held in holders), max(held.end for held in holders)
    known = min(max(held.known, held.start, span[0]) for held in holders)
    if others is not None:
        known = max(known, min(held.known for held in others))
    if obligation.printed:
        known = max(known, min(item.known for item in holder.prints if item.field in obligation.printed))
    standing = obligation.trigger == "standing"
    exemption, exempt_from = _exemption(obligation, span, holder, as_of)
    return Happening(
        period=period, earliest=first, latest=first, known=known, classes=cls,
        words=_words(period, cls, end, holders, classes), year=span[0].year, span=span, valid_to=end,
        exemption=exemption, exempt_from=exempt_from,
        printed={key: text for held in holders for key, text in held.printed.items()}
        | holder.terms(min(as_of, span[1])),
        start=first if standing else None, until=min(end, span[1]) if standing else None,
    )  # fmt: skip


def _words(
    period: str, cls: frozenset[str], end: date, holders: list[Held], classes: Mapping[str, SubjectClass]
) -> str:
    titles = _titles(cls, classes)
    if all(classes[c].membership == "permit" for c in cls if c in classes):
        return f"{period}内持有有效排污许可证（{titles}，有效期至{end}）"
    if any(is_open(held) for held in holders):
        return f"{period}内属于{titles}（据{min(held.known for held in holders)}所见信息认定）"
    return f"{period}内属于{titles}"


def _exemption(
    obligation: Obligation, span: tuple[date, date], holder: Holder, as_of: date
) -> tuple[Exemption | None, date | None]:
    """The law's own exemption and, where a statement founds it, the first day on which that was seen."""
    for rule in obligation.exemptions:
        if rule.stopped:
            stated = [day for item in holder.subject.found for day in _stated_stops(item, rule, span, as_of)]
            if stated:
                return rule, min(stated)
            continue
        permits = holder.permits(obligation.classes, as_of)
        if not validity.held_at_least(permits, *span, rule.held_under_months or 0, rule.held_under_days or 0):
            return rule, None
    return None, None


def _stated_stops(item: Found, rule: Exemption, span: tuple[date, date], as_of: date) -> Iterator[date]:
    """The days within the period on which the enterprise's own page said that production had stopped."""
    if item.kind == "profile" and str(item.facts.get("stopped") or "") in rule.stopped:
        yield from (day for day in item.sightings if span[0] <= day <= min(span[1], as_of))


# -- events and the ends of permits -------------------------------------------------------------------------------


def _events(
    obligation: Obligation, holder: Holder, classes: Mapping[str, SubjectClass], as_of: date
) -> Iterator[Happening]:
    spans = holder.spans(obligation.classes, as_of)
    beside = holder.spans(obligation.needs, as_of) if obligation.needs else None
    for event in occasions.of(obligation, holder, as_of):
        holders = [held for held in spans if is_open(held) or held.on(event.day)]
        others = [held for held in beside if is_open(held) or held.on(event.day)] if beside is not None else None
        if holders and others != []:
            cls = frozenset(held.cls for held in holders)
            known = max(event.known, event.day, min(held.known for held in holders))
            if others is not None:
                known = max(known, min(held.known for held in others))
            yield Happening(
                period=occasions.period(event), earliest=event.day, latest=event.day, known=known, classes=cls,
                words=f"属于{_titles(cls, classes)}，{_told(event, holder)}", year=event.day.year, event=event,
            )  # fmt: skip


def _told(event: Event, holder: Holder) -> str:
    name = event.extra.get("document_no") or event.extra.get("project") or event.extra.get("disclose_what")
    return (
        f"{holder.titles[event.kind]}（{name}，{event.day}）" if name else f"{holder.titles[event.kind]}（{event.day}）"
    )


def _terms(
    obligation: Obligation, holder: Holder, classes: Mapping[str, SubjectClass], as_of: date
) -> Iterator[Happening]:
    """One a day on which a permit ends, told of from half a year before."""
    permits = [held for held in holder.permits(obligation.classes, as_of) if not is_open(held)]
    for end in sorted({held.end for held in permits}):
        told = add_months(end, -NOTICE_MONTHS)
        if told <= as_of:
            holders = [held for held in permits if held.end == end]
            cls, known = frozenset(held.cls for held in holders), min(held.known for held in holders)
            event = Event("permit_end", end, known, f"permit|{end}")
            yield Happening(
                period=occasions.period(event), earliest=told, latest=told, known=max(known, told), classes=cls,
                words=f"持有排污许可证（{_titles(cls, classes)}），有效期至{end}", year=end.year, valid_to=end,
                event=event,
            )  # fmt: skip


def _titles(found: frozenset[str], classes: Mapping[str, SubjectClass]) -> str:
    return "、".join(classes[cls].title if cls in classes else cls for cls in sorted(found))
