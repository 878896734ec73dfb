"""The verb: scores of a day for all subjects, or for those touched. Idempotent: the same day gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from indexer import clock, lawbook
from indexer.gaps.scores import rubricfile
from indexer.gaps.scores.rubric import Rubric
from indexer.gaps.scores.score import evaluate
from indexer.law.rules import Rules
from indexer.register.storage import Storage, parts, terms
from indexer.scoring import facts, objections, storing
from indexer.scoring.facts import Facts, Window
from indexer.scoring.made import Stamp, Subject, back, document
from indexer.scoring.objections import AUTHORITY, Objections
from indexer.scoring.regional import Regions
from indexer.scoring.rows import READERS
from indexer.scoring.shelf import Shelf
from indexer.settings import Settings

BATCH = 500
"""Enterprises read at a time: some thousand duties."""
Progress = Callable[[int], None]


@dataclass
class ScoreResult:
    """What was done. ``later``: the day of newer scores of that month, because of which none were stored."""

    as_of: date
    month: str
    enterprises: int = 0
    authorities: int = 0
    regions: int = 0
    written: int = 0
    removed: int = 0
    later: str | None = None


@dataclass(frozen=True)
class _Work:
    """What one run works with."""

    store: Storage
    settings: Settings
    rubrics: Mapping[str, Rubric]
    rules: Rules
    window: Window
    stamp: Stamp
    shelf: Shelf
    regions: Regions
    objections: Objections

    def having(self, kind: str) -> list[Rubric]:
        return [rubric for rubric in self.rubrics.values() if kind in rubric.subjects]


def due(store: Storage, day: date) -> bool:
    """True where the scores of the day are not all made yet: they change with the calendar alone.

    Regions tell: they are scored with everybody, never with some enterprises that were touched.
    """
    store.refresh("scores")
    return storing.newest(store, f"{day:%Y-%m}", ("province",)) != day.isoformat()


def score(
    store: Storage,
    settings: Settings,
    as_of: date | None = None,
    enterprises: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> ScoreResult:
    """Reckons the scores of ``as_of`` (today by the clock) and stores them as those of its month.

    Today's rest on the stored duties and findings, a past day's on what is judged anew from what was known then. Some
    ``enterprises`` alone get new scores and keep their ranks; regions, authorities and ranks are made with all.
    Nothing is stored where the month has scores of a later day (``later``). Raises RulesError for a broken rubric.
    """
    day = as_of or clock.today()
    work = _work(store, settings, day)
    result = ScoreResult(day, work.stamp.month)
    store.refresh("enterprises", "duties", "findings", "disclosures", "measurements", "scores")
    newest = storing.newest(store, result.month)
    if newest is not None and newest > day.isoformat():
        result.later = newest
        return result
    if enterprises is None:
        storing.renew(store)
    for subject, found in _enterprises(work, enterprises):
        result.enterprises += _lay(work, subject, found)
        if progress is not None and not result.enterprises % BATCH:
            progress(result.enterprises)
    if enterprises is None:
        _lay_authorities(work, result)
        _lay_regions(work, result)
    result.written, result.removed = storing.write(
        store, work.shelf, work.stamp, work.rubrics, work.objections, enterprises
    )
    store.refresh("scores")
    return result


def _work(store: Storage, settings: Settings, day: date) -> _Work:
    rubrics, rules = rubricfile.load(), lawbook.current(settings)
    months = max(rubric.months for rubric in rubrics.values())
    window = Window(back(day, months), day, day == clock.today())
    stamp = Stamp(day, rules.version)
    said = objections.read(settings, day)
    return _Work(store, settings, rubrics, rules, window, stamp, Shelf(), Regions(list(rubrics.values())), said)


def _enterprises(work: _Work, ids: Sequence[str] | None) -> Iterator[tuple[Subject, Facts]]:
    kinds = _voluntary(work.rubrics)
    for batch in parts(_known(work.store, ids), BATCH):
        found = facts.read(work.store, work.settings, work.window, [row["id"] for row in batch], kinds)
        for row in batch:
            keys, path = tuple(row.get("identity_keys") or ()), tuple(row.get("region_path") or ())
            yield Subject("enterprise", row["id"], row["name"], path, keys), found[row["id"]]


def _known(store: Storage, ids: Sequence[str] | None) -> Iterator[Mapping[str, Any]]:
    """The enterprises in the order of their ids: sums of fractions depend on it, the same day gives the same bytes."""
    fields, order = ("id", "name", "region_path", "identity_keys"), [{"id": "asc"}]
    if ids is None:
        yield from store.scan("enterprises", None, fields, order)
        return
    for part in parts(sorted(set(ids)), BATCH):
        yield from store.scan("enterprises", terms("id", part), fields, order)


def _voluntary(rubrics: Mapping[str, Rubric]) -> frozenset[str]:
    """Every kind of disclosure that some rubric counts as voluntary."""
    heads = (head for rubric in rubrics.values() for head in rubric.heads)
    return frozenset(kind for head in heads for part in head.parts for kind in part.params.get("kinds", ()))


def _lay(work: _Work, subject: Subject, found: Facts) -> bool:
    """The scores of one subject onto the shelf and into the sums of its regions; False where nothing fell due."""
    laid = False
    for reader in READERS:
        account = facts.account(subject.id, found, work.window, work.rules, reader)
        for rubric in work.having(subject.kind):
            made = evaluate(rubric, account.since(work.stamp.since(rubric)))
            if made is not None:
                laid = True
                work.shelf.put(document(subject, rubric, reader, made, work.stamp), subject, made)
                if rubric.regions == "mean":
                    work.regions.add_score(rubric, reader, subject.region_path, made)
        for rubric in work.regions.counting:
            within = account.since(work.stamp.since(rubric))
            work.regions.add_items(rubric, reader, subject.region_path, within)
    return laid


def _lay_authorities(work: _Work, result: ScoreResult) -> None:
    """Authorities are those who owe what only an office can owe."""
    owed = [row.id for row in work.rules.obligations.values() if _of_offices(row.classes, work.rules)]
    for row, found in facts.offices(work.store, work.settings, work.window, owed, work.regions.codes):
        name, path = row["enterprise_name"], tuple(row["region_path"])
        subject = Subject("authority", row["enterprise"], name, path, (f"{AUTHORITY}|{row['enterprise']}",))
        result.authorities += _lay(work, subject, found)


def _of_offices(classes: Sequence[str], rules: Rules) -> bool:
    return all(rules.classes[cls].membership == "office" for cls in classes)


def _lay_regions(work: _Work, result: ScoreResult) -> None:
    for subject, rubric, reader, made, total in work.regions.scores():
        counted = (total.subjects, total.ranked if rubric.regions == "mean" else total.subjects)
        work.shelf.put(document(subject, rubric, reader, made, work.stamp, counted), subject, made)
        result.regions += 1
