"""Classes that no list gives (推定身份): derived from facts by the signs of subjects.yaml, and how long listings last.

Membership begins with the first capture of the fact that shows it, so what was not known accuses nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from indexer.law.facts import Found, Membership, Subject
from indexer.law.model import Lasting, Sign, SubjectClass, within

OPEN = date.max
"""``valid_to`` of a derived membership: it lasts as long as nothing else is known."""


def derived(subject: Subject, classes: Mapping[str, SubjectClass]) -> tuple[Membership, ...]:
    """The listings prolonged by law, and one membership for each class that facts show."""
    members = [*subject.memberships, *_prolonged(subject, classes)]
    by_kind: dict[str, list[Found]] = {}
    for item in subject.found:
        by_kind.setdefault(item.kind, []).append(item)
    # Classes stand in the file after those on which they rest.
    for cls in classes.values():
        for sign in cls.signs:
            members += _shown(cls, sign, subject, members, by_kind)
    return tuple(_joined(members))


def _joined(members: Iterable[Membership]) -> Iterator[Membership]:
    """Of several signs of one class the first; every listed membership as it is."""
    first: dict[str, Membership] = {}
    for member in members:
        if member.valid_to != OPEN:
            yield member
        elif member.cls not in first or member.first_seen < first[member.cls].first_seen:
            first[member.cls] = member
    yield from first.values()


def _prolonged(subject: Subject, classes: Mapping[str, SubjectClass]) -> Iterator[Membership]:
    """Further list years of listings that last; without a list they are certain only at the end of their year."""
    for member in subject.memberships:
        lasting = _lasting(member.cls, classes)
        if lasting is not None and member.year is not None:
            for year in _years(member.year, lasting, subject):
                yield replace(
                    member, year=year, published=None, published_from=date(year, 1, 1), published_to=None,
                    first_seen=max(member.first_seen, date(year, 12, 31)), assumed=False,
                )  # fmt: skip


def _lasting(cls: str, classes: Mapping[str, SubjectClass]) -> Lasting | None:
    return next((row.lasting for row in classes.values() if row.lasting and within(cls, row.cls)), None)


def _years(listed: int, lasting: Lasting, subject: Subject) -> range:
    if lasting.years is not None:
        return range(listed + 1, listed + lasting.years)
    ended = [e.day.year for e in subject.events if e.kind == lasting.event and e.day.year >= listed]
    return range(listed + 1, min(ended) + lasting.after + 1) if ended else range(0)


def _shown(
    cls: SubjectClass, sign: Sign, subject: Subject, members: list[Membership], by_kind: Mapping[str, list[Found]]
) -> Iterator[Membership]:
    if sign.classes:
        yield from _by_class(cls, sign, members)
        return
    since = min(_days(sign, subject, by_kind), default=None)
    if since is not None:
        yield Membership(cls.cls, None, None, None, None, since, OPEN, since)


def _by_class(cls: SubjectClass, sign: Sign, members: list[Membership]) -> Iterator[Membership]:
    """Who is in one class is in the other too: by the same lists and days."""
    for member in list(members):
        if any(within(member.cls, wanted) for wanted in sign.classes):
            yield replace(member, cls=cls.cls)


def _days(sign: Sign, subject: Subject, by_kind: Mapping[str, list[Found]]) -> Iterator[date]:
    """The days on which something first showed it."""
    yield from (event.known for event in subject.events if event.kind in sign.events)
    for kind in sign.kinds:
        yield from (item.first_seen for item in by_kind.get(kind, ()) if _fits(item, sign))
    if any(word in subject.name for word in sign.name) or _industry(subject, sign):
        known = [member.first_seen for member in subject.memberships] + [item.first_seen for item in subject.found]
        if known:
            yield min(known)


def _fits(item: Found, sign: Sign) -> bool:
    if sign.words and not any(word in text for text in _texts(item, sign) for word in sign.words):
        return False
    if sign.fields and not any(key in item.present for key in sign.fields):
        return False
    if sign.pollutants and not any(name in sign.pollutants for name in item.pollutants):
        return False
    return not sign.outlets or (item.outlet or "").upper().startswith(sign.outlets)


def _texts(item: Found, sign: Sign) -> Iterator[str]:
    for place in sign.within:
        yield item.title if place == "title" else str(item.facts.get(place) or "")


def _industry(subject: Subject, sign: Sign) -> bool:
    return bool(sign.industries) and any(code in (subject.industry or "") for code in sign.industries)
