"""Runs that would make much disappear are held for a person: a broken page must not look like mass withdrawal.

A held run's records are sightings as ever; its looks prove nothing, so that no span ends and no absence counts. A
person releases it (its looks count after all) or rejects it (they never do). The answer is a pure function of the runs
in order and the decisions, so that a rebuild, or runs indexed in any order, gives the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from indexer.register import looks, timelines
from indexer.register.decisions import Decision
from indexer.register.documents import RunDoc, VisitDoc
from indexer.register.members import members_of
from indexer.register.storage import Body, Storage, all_of, parts, term
from indexer.register.timelines import RunMark
from indexer.register.withdrawal import ROLLING

HELD, RELEASED, REJECTED = "held", "released", "rejected"
VERDICTS = {"release": RELEASED, "reject": REJECTED}
UNCOUNTED = (HELD, REJECTED)
_STATE = ("hold", "hold_words", "list_change")
_FIELDS = ("id", "source", "started", *_STATE)
NAMES = 1000


@dataclass(frozen=True)
class Limits:
    """More than ``share`` of what was there, and at least ``least`` things."""

    share: float
    least: int

    def passed(self, gone: int, of: int) -> bool:
        """Whether so much of so many gone must wait for a person."""
        return gone >= self.least and gone > self.share * of


@dataclass(frozen=True)
class Loss:
    """What a run makes disappear, by kind: versions of those open before it; and firms of those on the list before."""

    gone: Mapping[str, int] = field(default_factory=dict)
    of: Mapping[str, int] = field(default_factory=dict)
    list_change: dict[str, Any] | None = None

    def words(self, limits: Limits) -> str | None:
        """Why the run is held; None where it is not."""
        change = self.list_change
        if change and limits.passed(change["gone_count"], change["before"]):
            return f"{change['gone_count']} of {change['before']} listed firms would disappear"
        gone, of = sum(self.gone.values()), sum(self.of.values())
        if limits.passed(gone, of):
            return f"{gone} of {of} disclosures would disappear"
        # One module of a site that answers with empty pages is a small part of all, and all of its kind.
        for kind, count in sorted(self.gone.items()):
            if limits.passed(count, self.of.get(kind, 0)):
                return f"{count} of {self.of[kind]} disclosures of kind {kind} would disappear"
        return None


@dataclass(frozen=True)
class Hold:
    """The state of a run: None where nothing is held; the words say why, or who decided."""

    state: str | None = None
    words: str | None = None

    @property
    def counts(self) -> bool:
        """Whether the run's looks prove anything."""
        return self.state not in UNCOUNTED

    def visit(self, visit: VisitDoc) -> VisitDoc:
        """A visit of the run as it counts."""
        plain = looks.said(visit)
        return plain if self.counts else looks.held(plain, f"{self.state}: {self.words}")

    def put(self, run: Mapping[str, Any], loss: Loss) -> dict[str, Any]:
        """The run's document with this state and what changed on its list."""
        told = {"hold": self.state, "hold_words": self.words, "list_change": loss.list_change}
        return put(run, {key: value for key, value in told.items() if value is not None})


def judge(loss: Loss, limits: Limits, decided: Decision | None) -> Hold:
    """The state of a run with this loss, under what a person decided of it."""
    words = loss.words(limits)
    if decided is not None:
        return Hold(VERDICTS[decided.kind], f"{decided.author}, {decided.day}: {decided.text}; {words or 'no loss'}")
    return Hold(HELD, words) if words else Hold()


def runs_of(store: Storage, source: str) -> list[RunDoc]:
    """The indexed runs of a source in order, light."""
    found = store.scan("runs", term("source", source), list(_FIELDS))
    return cast(list[RunDoc], sorted(found, key=lambda run: (run["started"], run["id"])))


def list_change(home: Path, run: str, earlier: Sequence[Mapping[str, Any]], walked: Mapping[str, set[str]]) -> Any:
    """The run's list against that of the last run before it whose looks count and that walked the same lists whole.

    ``walked``: run → the lists (period and region) of kind listing that it walked to their end. None without both.
    """
    mine = walked.get(run)
    if not mine:
        return None
    before = next(
        (one for one in reversed(earlier) if one.get("hold") not in UNCOUNTED and walked.get(one["id"]) == mine), None
    )
    if before is None:
        return None
    now, then = members_of(home / run), members_of(home / before["id"])
    if now is None or then is None:
        return None
    added, gone = (sorted(one[key] for key in one.keys() - other.keys()) for one, other in ((now, then), (then, now)))
    return {
        "against": before["id"], "before": len(then), "now": len(now), "added": added[:NAMES],
        "added_count": len(added), "gone": gone[:NAMES], "gone_count": len(gone),
    }  # fmt: skip


def walked_lists(visits: Any) -> dict[str, set[str]]:
    """Run → lists of kind listing that were walked to their end, as the crawl said."""
    found: dict[str, set[str]] = {}
    for visit in (looks.said(one) for one in visits):
        if visit["scope"] == "walk" and visit["kind"] == "listing" and visit["complete"]:
            found.setdefault(visit["run"], set()).add(f"{visit['period']}|{visit['region']}")
    return found


def stored_lists(store: Storage, source: str) -> dict[str, set[str]]:
    """The same of all stored visits of a source."""
    return walked_lists(
        store.scan("visits", all_of(term("source", source), term("scope", "walk"), term("kind", "listing")))
    )


@dataclass
class Settling:
    """Judges the runs of a source anew, from one run on, and writes what is different then."""

    store: Storage
    source: str
    home: Path
    limits: Limits
    decided: Mapping[str, Decision]
    pending: RunDoc | None = None
    """A run whose document is not stored yet; ``settle`` leaves it as it is to be stored."""

    def settle(self, start: str) -> list[str]:
        """Judge ``start`` and every run after it; returns the runs whose state changed (their visits are written)."""
        runs = self._runs()
        walked = stored_lists(self.store, self.source)
        first = next((index for index, run in enumerate(runs) if run["id"] == start), len(runs))
        changed: dict[str, None] = {}
        losses: dict[str, Loss] = {}
        while first < len(runs):
            losses |= self._losses(runs, first)
            index = next((at for at in range(first, len(runs)) if self._differs(runs, at, walked, losses)), len(runs))
            if index < len(runs):
                changed[runs[index]["id"]] = None
            first = index + 1
        for run in changed:
            self._write(run, next(one for one in runs if one["id"] == run))
        return list(changed)

    def _runs(self) -> list[Any]:
        found: list[Any] = runs_of(self.store, self.source)
        if self.pending is None:
            return found
        own: Any = {key: value for key, value in self.pending.items() if key in _FIELDS}
        others = [run for run in found if run["id"] != own["id"]]
        return sorted([*others, own], key=lambda run: (run["started"], run["id"]))

    def _differs(self, runs: list[Any], at: int, walked: Mapping[str, set[str]], losses: dict[str, Loss]) -> bool:
        """Judge one run; True where its looks count otherwise now, so that all later ones must be counted anew."""
        run = runs[at]
        loss = replace(losses[run["id"]], list_change=list_change(self.home, run["id"], runs[:at], walked))
        hold = judge(loss, self.limits, self.decided.get(run["id"]))
        new = hold.put(run, loss)
        if new == run:
            return False
        before, runs[at] = run, new
        self._store_run(new)
        return (before.get("hold"), before.get("hold_words")) != (hold.state, hold.words)

    def _losses(self, runs: list[Any], first: int) -> dict[str, Loss]:
        """What each run from ``first`` on makes disappear, under the present states of the runs before it."""
        order = [RunMark(run["id"], run.get("hold") not in UNCOUNTED) for run in runs]
        late = {run["id"] for run in runs[first:]}
        gone: dict[str, Counter[str]] = {run: Counter() for run in late}
        there: dict[str, Counter[str]] = {run: Counter() for run in late}
        for thing in timelines.things(self.store, self.source):
            if thing.kind in ROLLING:
                continue
            for version in thing.versions:
                for run, step in timelines.steps(version, order):
                    if run in late and step.before:
                        there[run][thing.kind] += 1
                        gone[run][thing.kind] += run in version.looked and not thing.seen_in(run)
        return {run: Loss(gone[run], there[run]) for run in late}

    def _write(self, name: str, run: Mapping[str, Any]) -> None:
        hold = Hold(run.get("hold"), run.get("hold_words"))
        for part in parts(self.store.scan("visits", term("run", name)), 2000):
            self.store.bulk("visits", [dict(hold.visit(cast(VisitDoc, visit))) for visit in part])
        self.store.refresh("visits")

    def _store_run(self, run: Mapping[str, Any]) -> None:
        if self.pending is not None and self.pending["id"] == run["id"]:
            self.pending = cast(RunDoc, put(self.pending, run))
            return
        self.store.bulk("runs", [put(self.store.mget("runs", [run["id"]])[run["id"]], run)])
        self.store.refresh("runs")


def put(whole: Mapping[str, Any], run: Mapping[str, Any] | None) -> Body:
    """A run's document with the state that ``run`` has."""
    run = run or {}
    kept = {key: value for key, value in whole.items() if key not in _STATE}
    return {**kept, **{key: run[key] for key in _STATE if key in run}}


Unseen = Callable[[], Any]


def present_loss(
    store: Storage, source: str, run: str, opened: Mapping[str, int], unseen: Unseen, limits: Limits
) -> Loss:
    """What the newest run of a source makes disappear: ``opened`` versions of each kind were open before it, ``unseen``
    those that its looks did not find. Equal to what ``Settling`` counts, without reading the whole source."""
    waiting = [doc for doc in unseen() if doc["kind"] not in ROLLING]
    most = Loss(Counter(doc["kind"] for doc in waiting), opened)
    if most.words(limits) is None:
        return most
    query = all_of(term("source", source), term("runs", run))
    seen = {(doc["kind"], doc["key"]) for doc in store.scan("disclosures", query, ["kind", "key"])}
    return Loss(Counter(doc["kind"] for doc in waiting if (doc["kind"], doc["key"]) not in seen), opened)
