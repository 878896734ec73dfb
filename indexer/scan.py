"""Facts → duties: judges every duty of every enterprise on a day and keeps what changed. Idempotent and dated.

One of the two places where the pure wings (law, gaps) meet the engine. ``judge_all`` writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy.orm import Session

from indexer import clock, crew, findings, lawbook, scanned, waiting
from indexer.calm import calm
from indexer.engine.connect import connected
from indexer.engine.store import Store
from indexer.judging import Judge, duty_document
from indexer.keeping import BATCH, ScanResult, Told, forget, found_rows, keep
from indexer.law.facts import Subject
from indexer.register import authority_facts, decisions, documents, facts, prints
from indexer.register.storage import Storage, parts, terms
from indexer.settings import Settings

MADE_HERE = frozenset({"duties", "duty_events", "findings", "prints"})
WORTH_IT = 2_000
"""Enterprises from which on several processes gain more than their start costs."""
Progress = Callable[[int], None]


def judge_all(
    store: Storage, settings: Settings, as_of: date, enterprises: Sequence[str] | None = None, refresh: bool = True
) -> Iterator[documents.Duty]:
    """Every duty as it stood on ``as_of``, from the facts up to the end of that day; nothing is written.

    ``refresh``: False for readers who take what shows already.
    """
    judge = Judge.by(lawbook.current(settings))
    if refresh:
        store.refresh("enterprises", "disclosures", "visits", "measurements")
    sharing = prints.load(store, as_of, enterprises)
    for subject in subjects(store, settings, as_of, enterprises, values=True):
        for judged in judge.judged(subject, as_of, sharing.shared(subject.id)):
            yield duty_document(judged, subject, judge)


def scan(
    store: Storage,
    settings: Settings,
    as_of: date | None = None,
    enterprises: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> ScanResult:
    """Judges all enterprises (or those given) on ``as_of`` (today by the clock) and brings the stored rows up to it.

    Rows that did not change are not written again; rows of duties and enterprises that no longer exist are removed.
    Scanning some enterprises gives them the same rows as scanning all; scanning all makes an index of another version's
    mapping anew, since all of it is judged here. ``progress`` is told how many are done.
    """
    result = ScanResult(as_of or clock.today())
    runs = waiting.read(settings) if enterprises is None and result.as_of == clock.today() else []
    old = sorted(MADE_HERE & set(store.stale())) if enterprises is None else []
    past = store.scan("findings") if "findings" in old else iter(())
    with store.rebuild(old, force=True) if old else nullcontext():
        # What was found before is no fact that could be judged anew: it goes over into the new index.
        for part in parts(map(findings.known, past), 1000):
            store.bulk("findings", part)
        # Another process would not write into indices that are being made.
        processes = settings.scan_processes if enterprises is None and not old else 1
        with calm():
            versions = _scan(store, settings, enterprises, progress or _silent, result, processes)
    if enterprises is None:
        rules, vocabulary = versions
        scanned.write(
            settings,
            {"prefix": store.prefix, "day": result.as_of.isoformat(), "rules_version": rules,
             "vocabulary_version": vocabulary},
        )  # fmt: skip
    waiting.settle(settings, runs)
    return result


def _silent(_done: int) -> None:
    return None


def _scan(
    store: Storage,
    settings: Settings,
    enterprises: Sequence[str] | None,
    progress: Progress,
    result: ScanResult,
    processes: int,
) -> tuple[str, str]:
    judge = Judge.by(lawbook.current(settings))
    store.refresh("enterprises", "disclosures", "visits", "measurements", *MADE_HERE)
    passed = Pass(result)
    shares = _shares(store, settings, result.as_of, processes)
    for part in crew.spread(_share, shares, progress) if shares else ():
        passed.add(part)
    told = _told(store, settings, judge, [] if shares else enterprises, result.as_of, offices=bool(shares))
    _pass(store, settings, judge, told, passed, progress)
    forget(store, passed.seen, enterprises, result, passed.turned)
    _again(store, settings, judge, passed, processes)
    store.refresh("enterprises", *MADE_HERE)
    mine = [{"term": {"state": "open"}}, *([terms("enterprise", enterprises)] if enterprises is not None else [])]
    result.findings = store.count("findings", {"bool": {"filter": mine}})
    return judge.rules_version, judge.vocabulary_version


@dataclass
class Pass:
    """What was judged and kept: the counts, the prints whose owners turned, whom it has seen."""

    result: ScanResult
    turned: prints.Turned = field(default_factory=prints.Turned)
    seen: set[str] = field(default_factory=set)

    def add(self, other: Pass) -> None:
        """Takes in what another process has judged."""
        self.result.add(other.result)
        self.turned.marks |= other.turned.marks
        self.turned.lost |= other.turned.lost
        self.seen |= other.seen


def _pass(
    store: Storage, settings: Settings, judge: Judge, told: Iterator[Told], passed: Pass, progress: Progress
) -> None:
    day = passed.result.as_of
    for batch in parts(told, BATCH):
        keep(store, settings, judge, batch, passed.result)
        prints.keep(store, [s.id for s, _, _ in batch], [row for *_, own in batch for row in own], day, passed.turned)
        passed.seen.update(subject.id for subject, _, _ in batch)
        progress(len(passed.seen))


@dataclass(frozen=True)
class _Share:
    """What one process judges."""

    settings: Settings
    prefix: str
    as_of: date
    enterprises: list[str]


def _shares(store: Storage, settings: Settings, as_of: date, processes: int) -> list[_Share]:
    """All enterprises known by the day, dealt out page by page; none where so few take less time than the processes."""
    known = {"range": {"first_seen": {"lte": as_of.isoformat()}}}
    return _dealt(store, settings, as_of, [row["id"] for row in store.scan("enterprises", known, ["id"])], processes)


def _dealt(store: Storage, settings: Settings, as_of: date, found: list[str], processes: int) -> list[_Share]:
    if processes == 1 or len(found) < WORTH_IT:
        return []
    dealt = [[i for page in range(k, len(found), processes * BATCH) for i in found[page : page + BATCH]]
             for k in range(0, processes * BATCH, BATCH)]  # fmt: skip
    return [_Share(settings, store.prefix, as_of, ids) for ids in dealt]


def _share(share: _Share) -> Pass:
    """Run in a process of its own, on a connection of its own."""
    settings, passed = share.settings, Pass(ScanResult(share.as_of))
    judge, done = Judge.by(lawbook.current(settings)), 0

    def progress(count: int) -> None:
        nonlocal done
        crew.done(count - done)
        done = count

    with connected(settings) as client, calm():
        store = Store(client, share.prefix)
        _pass(store, settings, judge, _told(store, settings, judge, share.enterprises, share.as_of), passed, progress)
    return passed


def _told(
    store: Storage, settings: Settings, judge: Judge, enterprises: Sequence[str] | None, as_of: date,
    offices: bool = False,
) -> Iterator[Told]:  # fmt: skip
    """What is said of each; only that is held: the values of a hundred enterprises would take gigabytes."""
    sharing = prints.load(store, as_of)
    for subject in subjects(store, settings, as_of, enterprises, values=True, offices=offices):
        said = judge.say(subject, as_of, sharing.shared(subject.id))
        own = list(prints.rows(subject, prints.of(subject)))
        yield replace(subject, series=(), found=(), looks=()), said, own


def _again(store: Storage, settings: Settings, judge: Judge, passed: Pass, processes: int) -> None:
    """Judges those anew of whose disclosures others have turned out to have the same."""
    result, turned = passed.result, passed.turned
    if not turned.marks:
        return
    store.refresh("prints", "duties", "duty_events", "findings")
    others = sorted(prints.companions(store, turned, passed.seen))
    second = ScanResult(result.as_of)
    shares = _dealt(store, settings, result.as_of, others, processes)
    for part in crew.spread(_share, shares, _silent) if shares else ():
        second.add(part.result)
    told = _told(store, settings, judge, others, result.as_of) if others and not shares else iter(())
    for batch in parts(told, BATCH):
        keep(store, settings, judge, batch, second)
    result.written, result.removed = result.written + second.written, result.removed + second.removed
    result.events_written += second.events_written
    result.findings_written += second.findings_written
    result.findings_closed += second.findings_closed


def subjects(
    store: Storage, settings: Settings, as_of: date, enterprises: Sequence[str] | None, values: bool = False,
    offices: bool = False,
) -> Iterator[Subject]:  # fmt: skip
    """The facts of every enterprise, with what people decided, and then those of every authority.

    Raises ValueError for a broken source definition. ``values``: with monitoring values, which only findings ask for;
    see ``facts.subjects``. ``offices``: every authority, whichever enterprises are asked for.
    """
    sources = facts.load_sources(settings.sources)
    with _decisions(settings) as session:
        yield from facts.subjects(store, session, as_of, enterprises, sources, values=values)
        yield from authority_facts.subjects(store, session, as_of, None if offices else enterprises, sources)


def find_all(
    store: Storage, settings: Settings, as_of: date, enterprises: Sequence[str] | None = None, refresh: bool = True
) -> Iterator[documents.Finding]:
    """Every finding open on ``as_of``, from the facts up to the end of that day; nothing is written."""
    judge = Judge.by(lawbook.current(settings))
    if refresh:
        store.refresh("enterprises", "disclosures", "visits", "measurements")
    sharing = prints.load(store, as_of, enterprises)
    for subject in subjects(store, settings, as_of, enterprises, values=True):
        yield from found_rows(judge, subject, judge.say(subject, as_of, sharing.shared(subject.id)))


@contextmanager
def _decisions(settings: Settings) -> Iterator[Session | None]:
    """A session on what people decided; None where nobody has decided anything yet (no file, no table)."""
    if not decisions.read(settings.database, lambda _session: True, False):
        yield None
        return
    engine = decisions.open_engine(settings.database)
    try:
        with Session(engine) as session:
            yield session
    finally:
        engine.dispose()
