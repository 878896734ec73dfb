"""Facts → duties: judges every duty of every enterprise on a day and keeps what changed. Idempotent and dated.

One of the two places where the pure wings (law, gaps) meet the engine. ``judge_all`` writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from indexer import clock, findings, lawbook
from indexer.judging import Judge, duty_document
from indexer.keeping import BATCH, ScanResult, Told, forget, found_rows, keep
from indexer.law.facts import Subject
from indexer.register import authority_facts, decisions, documents, facts, prints
from indexer.register.storage import Storage, parts, terms
from indexer.settings import Settings

MADE_HERE = frozenset({"duties", "duty_events", "findings", "prints"})
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
    old = sorted(MADE_HERE & set(store.stale())) if enterprises is None else []
    past = store.scan("findings") if "findings" in old else iter(())
    with store.rebuild(old, force=True) if old else nullcontext():
        # What was found before is no fact that could be judged anew: it goes over into the new index.
        for part in parts(map(findings.known, past), 1000):
            store.bulk("findings", part)
        _scan(store, settings, enterprises, progress, result)
    return result


def _scan(
    store: Storage,
    settings: Settings,
    enterprises: Sequence[str] | None,
    progress: Progress | None,
    result: ScanResult,
) -> None:
    judge = Judge.by(lawbook.current(settings))
    store.refresh("enterprises", "disclosures", "visits", "measurements", *MADE_HERE)
    seen: set[str] = set()
    turned = prints.Turned()
    for batch in parts(_told(store, settings, judge, enterprises, result.as_of), BATCH):
        keep(store, settings, judge, batch, result)
        prints.keep(store, [s.id for s, _, _ in batch], [row for *_, own in batch for row in own], result.as_of, turned)
        seen.update(subject.id for subject, _, _ in batch)
        if progress is not None:
            progress(len(seen))
    forget(store, seen, enterprises, result, turned)
    _again(store, settings, judge, turned, seen, result)
    store.refresh("enterprises", *MADE_HERE)
    mine = [{"term": {"state": "open"}}, *([terms("enterprise", enterprises)] if enterprises is not None else [])]
    result.findings = store.count("findings", {"bool": {"filter": mine}})


def _told(
    store: Storage, settings: Settings, judge: Judge, enterprises: Sequence[str] | None, as_of: date
) -> Iterator[Told]:
    """What is said of each; only that is held: the values of a hundred enterprises would take gigabytes."""
    sharing = prints.load(store, as_of)
    for subject in subjects(store, settings, as_of, enterprises, values=True):
        said = judge.say(subject, as_of, sharing.shared(subject.id))
        own = list(prints.rows(subject, prints.of(subject)))
        yield replace(subject, series=(), found=(), looks=()), said, own


def _again(
    store: Storage, settings: Settings, judge: Judge, turned: prints.Turned, seen: set[str], result: ScanResult
) -> None:
    """Judges those anew of whose disclosures others have turned out to have the same."""
    if not turned.marks:
        return
    store.refresh("prints", "duties", "duty_events", "findings")
    others = sorted(prints.companions(store, turned, seen))
    second = ScanResult(result.as_of)
    for batch in parts(_told(store, settings, judge, others, result.as_of) if others else (), BATCH):
        keep(store, settings, judge, batch, second)
    result.written, result.removed = result.written + second.written, result.removed + second.removed
    result.events_written += second.events_written
    result.findings_written += second.findings_written
    result.findings_closed += second.findings_closed


def subjects(
    store: Storage, settings: Settings, as_of: date, enterprises: Sequence[str] | None, values: bool = False
) -> Iterator[Subject]:
    """The facts of every enterprise, with what people decided, and then those of every authority.

    Raises ValueError for a broken source definition. ``values``: with monitoring values, which only findings ask for;
    see ``facts.subjects``.
    """
    sources = facts.load_sources(settings.sources)
    with _decisions(settings) as session:
        yield from facts.subjects(store, session, as_of, enterprises, sources, values=values)
        yield from authority_facts.subjects(store, session, as_of, enterprises, sources)


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
