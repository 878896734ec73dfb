"""What several enterprises disclosed alike (雷同): prints of their texts and days of values, kept from scan to scan.

The scan writes the prints of each enterprise; who shares one is read from them by the day, so that neither the order of
runs nor that of enterprises matters. Of many owners those are told that had it first.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from indexer.gaps.checks import dayprint
from indexer.gaps.checks.view import Shared
from indexer.law.facts import Subject
from indexer.normalise import prints
from indexer.register.documents import PrintDoc
from indexer.register.storage import Storage, all_of, parts, term, terms

FIRST = 9
"""Enterprises of one print that are told apart, those that had it first: one itself and eight others."""
_PARTITIONS = 8
_SIZE = 10_000
Sort = Literal["text", "day"]
TEXT: Sort = "text"
DAY: Sort = "day"
Known = dict[str, date]
"""Print → the first day on which the enterprise was seen to disclose it."""


def of(subject: Subject) -> dict[Sort, Known]:
    """The prints of one subject by sort; what it first disclosed after its day is not among its facts."""
    found: dict[Sort, Known] = {TEXT: _texts(subject), DAY: _days(subject)}
    return {sort: known for sort, known in found.items() if known}


def _texts(subject: Subject) -> Known:
    texts: Known = {}
    for item in subject.found:
        if item.kind in prints.KINDS:
            for passage in prints.passages(item.text, item.fields.values()):
                mark = prints.print_of(passage)
                texts[mark] = min(item.first_seen, texts.get(mark, item.first_seen))
    return texts


def _days(subject: Subject) -> Known:
    """A day of values is known from the day on which the last of them was seen."""
    days: Known = {}
    for series in subject.series:
        whole: dict[date, date] = {}
        for point in series.points:
            day = point.time.date()
            whole[day] = max(point.first_seen, whole.get(day, point.first_seen))
        for day, mark in dayprint.prints(series):
            days[mark] = min(whole[day], days.get(mark, whole[day]))
    return days


def rows(subject: Subject, own: Mapping[Sort, Known]) -> Iterator[PrintDoc]:
    """The documents of one subject's prints."""
    for sort, known in sorted(own.items()):
        months: dict[str, dict[str, str]] = defaultdict(dict)
        for mark, day in sorted(known.items()):
            months[f"{day:%Y-%m}"][mark] = day.isoformat()
        for month, found in sorted(months.items()):
            digest = hashlib.sha256(f"{subject.id}|{sort}|{month}".encode()).hexdigest()[:16]
            yield PrintDoc(
                id=f"p-{digest}", enterprise=subject.id, name=subject.name, sort=sort, month=month,
                prints=sorted(found), known=found,
            )  # fmt: skip


@dataclass
class Turned:
    """Prints of which an owner is new, gone or known from another day; ``lost``: those of which one is gone."""

    marks: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)


def keep(store: Storage, ids: Sequence[str], wanted: Iterable[PrintDoc], as_of: date, turned: Turned) -> None:
    """Writes what differs from what is stored of these enterprises, and notes the prints whose owners changed.

    Prints first seen later than ``as_of`` are no concern of a scan of that day: they stay.
    """
    stored = {row["id"]: row for row in store.scan("prints", terms("enterprise", ids))}
    later = {key: kept for key, row in stored.items() if (kept := _later(row, as_of)) is not None}
    made = {row["id"]: _joined(row, later.get(row["id"])) for row in wanted}
    made.update({key: row for key, row in later.items() if key not in made})
    changed = [row for key, row in made.items() if stored.get(key) != row]
    gone = sorted(stored.keys() - made.keys())
    if changed:
        store.bulk("prints", changed)
    if gone:
        store.delete("prints", gone)
    _note(stored, made, [*(row["id"] for row in changed), *gone], turned)


def _later(row: Mapping[str, Any], as_of: date) -> PrintDoc | None:
    known = {mark: day for mark, day in row["known"].items() if day > as_of.isoformat()}
    return PrintDoc(**{**row, "prints": sorted(known), "known": known}) if known else None  # type: ignore[typeddict-item]


def _joined(row: PrintDoc, later: PrintDoc | None) -> PrintDoc:
    if later is None:
        return row
    known = dict(sorted({**later["known"], **row["known"]}.items()))
    return {**row, "prints": sorted(known), "known": known}


def _note(before: Mapping[str, Any], after: Mapping[str, PrintDoc], ids: Iterable[str], turned: Turned) -> None:
    for key in ids:
        was, now = _said(before.get(key)), _said(after.get(key))
        turned.marks |= {mark for mark, _, _ in was ^ now}
        turned.lost |= {mark for mark, _, _ in was} - {mark for mark, _, _ in now}


def _said(row: Mapping[str, Any] | None) -> set[tuple[str, str, str]]:
    return {(mark, day, row["name"]) for mark, day in row["known"].items()} if row else set()


@dataclass(frozen=True)
class _Owner:
    """One enterprise that had a print on ``day``."""

    day: str
    name: str
    enterprise: str

    @property
    def order(self) -> tuple[str, str, str]:
        return self.day, self.name, self.enterprise


class Sharing:
    """Who shares which print on a day: of each the ``FIRST`` owners, by day and name."""

    def __init__(self, groups: Mapping[str, Mapping[str, Sequence[_Owner]]]) -> None:
        self._groups = groups

    def shared(self, enterprise: str) -> Shared:
        """What others than this enterprise disclosed that may be the same."""
        return Shared(*(_Others(self._groups.get(sort, {}), enterprise) for sort in (TEXT, DAY)))

    def owners(self, marks: Collection[str]) -> set[str]:
        """The owners of these prints that are told apart."""
        return {o.enterprise for groups in self._groups.values() for mark in marks for o in groups.get(mark, ())}


class _Others(Mapping[str, tuple[str, ...]]):
    """Print → names of the others; made when asked for, since hardly any print is shared."""

    def __init__(self, groups: Mapping[str, Sequence[_Owner]], enterprise: str) -> None:
        self._groups, self._own = groups, enterprise

    def __getitem__(self, mark: str) -> tuple[str, ...]:
        return tuple(owner.name for owner in self._groups[mark] if owner.enterprise != self._own)

    def __iter__(self) -> Iterator[str]:
        return iter(self._groups)

    def __len__(self) -> int:
        return len(self._groups)


def load(store: Storage, as_of: date, enterprises: Sequence[str] | None = None) -> Sharing:
    """Who shares what at the end of ``as_of``, from the prints that scans have kept; of ``enterprises`` or of all."""
    found: dict[str, dict[str, list[_Owner]]] = {}
    for sort in (TEXT, DAY):
        groups: dict[str, list[_Owner]] = defaultdict(list)
        marks = _repeated(store, sort) if enterprises is None else _own(store, sort, enterprises)
        for part in parts(marks, 1000):
            for mark, owner in _owners(store, part, as_of):
                groups[mark].append(owner)
        found[sort] = {mark: sorted(own, key=lambda o: o.order)[:FIRST] for mark, own in groups.items() if len(own) > 1}
    return Sharing(found)


def _own(store: Storage, sort: Sort, enterprises: Sequence[str]) -> Iterator[str]:
    rows = store.scan("prints", all_of(term("sort", sort), terms("enterprise", enterprises)), ["prints"])
    return iter(dict.fromkeys(mark for row in rows for mark in row["prints"]))


def _repeated(store: Storage, sort: Sort) -> Iterator[str]:
    """The prints that more than one document has; asked for in parts, each with those had most."""
    for number in range(_PARTITIONS):
        include = {"partition": number, "num_partitions": _PARTITIONS}
        most = {"field": "prints", "min_doc_count": 2, "size": _SIZE, "include": include}
        answer = store.search("prints", {"size": 0, "query": term("sort", sort), "aggs": {"most": {"terms": most}}})
        yield from (bucket["key"] for bucket in answer["aggregations"]["most"]["buckets"])


def _owners(store: Storage, marks: Collection[str], as_of: date) -> Iterator[tuple[str, _Owner]]:
    wanted = set(marks)
    for row in store.scan("prints", terms("prints", sorted(wanted))):
        for mark in wanted.intersection(row["prints"]):
            if row["known"][mark] <= as_of.isoformat():
                yield mark, _Owner(row["known"][mark], row["name"], row["enterprise"])


def companions(store: Storage, turned: Turned, touched: Collection[str]) -> set[str]:
    """Every enterprise of which something new may be said since others' prints turned.

    Where more had a print before all that were ``touched``, nothing changes for anybody else.
    """
    marks = turned.marks
    if len(marks) > _SIZE:
        marks = marks.intersection(mark for sort in (TEXT, DAY) for mark in _repeated(store, sort)) | turned.lost
    found: set[str] = set()
    for part in parts(sorted(marks), 1000):
        groups: dict[str, list[_Owner]] = defaultdict(list)
        for mark, owner in _owners(store, part, date.max):
            groups[mark].append(owner)
        for mark, owners in groups.items():
            first = {o.enterprise for o in sorted(owners, key=lambda o: o.order)[: FIRST + 1]}
            if mark in turned.lost or (len(owners) > 1 and first.intersection(touched)):
                found.update(owner.enterprise for owner in owners)
    return found
