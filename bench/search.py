"""Rows of the search: pages of results and of disclosures, type-ahead, searches while indexing, a list looked up."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from bench import busy, filling
from bench.engine import Engine
from bench.options import Options
from bench.quantiles import quantile
from bench.questions import Question, questions
from bench.row import Row
from indexer.engine.store import Store
from indexer.normalise.regions import Regions
from indexer.register import sourcefile
from indexer.search import disclosures, facets, finding, highlight, lookup, queries, suggest
from indexer.search.finding import Asked
from indexer.search.lines import Line

PAGE = 20
FACETS = ("region", "industry", "cls", "year", "state", "severity", "kind", "pollutant", "source")
STATES = ("missing", "late", "partial", "elsewhere_only", "met", "disclosed", "not_due", "not_observable", "exempt")
SHARE, SLACK_MS = 1.5, 2.0
"""A page may take 1.5 times what Elasticsearch counts itself, and two milliseconds for the client and this process."""
AHEAD_MS = 5.0
BUSY = 3.0
"""Searches beside full indexing may take three times as long as quiet ones."""
LISTED, LISTED_SECONDS = 5_000, 15.0
LIMIT = "1.5 x Elasticsearch's took + 2 ms"


@dataclass(frozen=True)
class Timed:
    """Milliseconds of our own clock, and those that Elasticsearch counted, whole ones rounded down."""

    ours: float
    took: float


def measure(engine: Engine, province: Store, options: Options, source: dict[str, Any]) -> Iterator[Row]:
    """``province`` holds the indexed and scanned enterprises, which are copied until there are enough.

    Every question is asked once before it is timed.
    """
    own = {name: list(province.scan(name)) for name in ("enterprises", "disclosures", "measurements")}
    regions = sourcefile.parse(source).regions
    with engine.fresh() as store:
        _fill(store, own, options)
        sizes = f"{store.count('enterprises')} enterprises, {store.count('disclosures')} disclosures, "
        sizes += f"{store.count('measurements')} measurements"
        asked = questions(own["enterprises"], options.searches, options.seed)
        pages = _timed(asked, lambda question: _page(store, question, regions))
        yield from _rows("search", pages, sizes)
        yield from _rows("disclosures", _timed(asked, lambda question: _disclosures(store, question)), sizes)
        yield _ahead(store, asked, sizes)
        yield _busy(store, own["disclosures"], asked, regions, quantile([one.ours for one in pages], 0.95))
        yield _listed(store, own["enterprises"], regions, options.seed)


def _fill(store: Store, own: dict[str, list[dict[str, Any]]], options: Options) -> None:
    made = {
        "enterprises": filling.enterprises(own["enterprises"], options.documents),
        "disclosures": filling.disclosures(own["disclosures"], options.disclosures),
        "measurements": filling.measurements(own["measurements"], options.readings),
    }
    for name, documents in made.items():
        for part in filling.parts(documents):
            store.bulk(name, part)
    store.refresh(*made)


def _timed(asked: Sequence[Question], ask: Callable[[Question], Timed]) -> list[Timed]:
    for question in asked:
        ask(question)
    return [ask(question) for question in asked]


def _rows(name: str, timed: Sequence[Timed], of: str) -> Iterator[Row]:
    """A figure against its limit: the same quantile of what each answer's own ``took`` allows."""
    for label, share in (("p50", 0.5), ("p95", 0.95)):
        limit = quantile([SHARE * one.took + SLACK_MS for one in timed], share)
        yield Row(f"{name} {label}", "ms", quantile([one.ours for one in timed], share), limit, LIMIT, 1.0, of)


def _page(store: Store, question: Question, regions: Regions) -> Timed:
    """What the site does for one page of results, but for the template."""
    start = time.perf_counter()
    asked = Asked(question.text, question.filters)
    found = finding.find(store, asked, regions, 0, PAGE, facets.of_enterprises(STATES))
    words = queries.words(question.text)
    for row in found.rows:
        highlight.mark(row["name"], words)
        highlight.mark(row["region_name"], words)
    for name in FACETS:
        facets.choices(found.answer, name)
    return Timed((time.perf_counter() - start) * 1000, float(found.answer["took"]))


def _disclosures(store: Store, question: Question) -> Timed:
    start = time.perf_counter()
    filters = disclosures.Filters(kind=question.filters.kind, region=question.filters.region)
    answer = store.search("disclosures", disclosures.page(disclosures.query(question.text, filters), 0, PAGE))
    words = queries.words(question.text)
    for row in disclosures.rows(answer):
        highlight.mark(row["title"], words)
        highlight.mark(row["excerpt"], words)
    for name in ("kind", "region", "source", "year", "pollutant"):
        facets.choices(answer, name)
    return Timed((time.perf_counter() - start) * 1000, float(answer["took"]))


def _ahead(store: Store, asked: Sequence[Question], sizes: str) -> Row:
    """Every beginning of two to six characters, as they are typed."""
    typed = [question.text[:size] for question in asked if question.text for size in range(2, 7)]
    bodies = [body for body in map(suggest.type_ahead, typed) if body]
    for body in bodies:
        store.search("enterprises", body)
    times = [_milliseconds(lambda body=body: store.search("enterprises", body)) for body in bodies]  # type: ignore[misc]
    return Row(
        "type-ahead p95", "ms", quantile(times, 0.95), AHEAD_MS, "5 ms", 1.0, f"{len(times)} beginnings, {sizes}"
    )


def _busy(store: Store, own: list[dict[str, Any]], asked: Sequence[Question], regions: Regions, quiet: float) -> Row:
    start = time.perf_counter()
    with busy.writing(store, own) as written:
        times = [_page(store, question, regions).ours for question in asked]
    rate = written[0] / (time.perf_counter() - start)
    of = f"{len(times)} searches beside {rate:,.0f} documents/s"
    return Row("search p95, indexing", "ms", quantile(times, 0.95), BUSY * quiet, "3 x the quiet p95", 1.0, of)


def _listed(store: Store, own: Sequence[dict[str, Any]], regions: Regions, seed: int) -> Row:
    """Names as a list holds them: seven in ten right, one short, one mistyped, one of nobody."""
    chance = Random(seed)
    names = [one["name"] for one in filling.enterprises(own, LISTED)][:LISTED]
    lines = [Line(number, name, name) for number, name in enumerate((_written(n, chance) for n in names), 1)]
    taken = _milliseconds(lambda: lookup.look_up(store, lines, regions))
    return Row("look-up", "ms", taken, LISTED_SECONDS * 1000, "15 s", 1.0, f"{len(lines)} names")


def _written(name: str, chance: Random) -> str:
    kind = chance.random()
    if kind < 0.7:
        return name
    if kind < 0.8:
        return name.replace("有限公司", "")
    place = chance.randrange(len(name))
    return name[:place] + "错" + name[place + 1 :] if kind < 0.9 else f"查无此名第{chance.randrange(10**6)}号单位"


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
