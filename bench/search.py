"""Rows ``search p50`` and ``search p95``: a page of results, facets and highlights, against the engine's ``took``."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any, get_args

from bench.engine import Engine
from bench.options import Options
from bench.quantiles import quantile
from bench.questions import Question, questions
from bench.row import Row
from indexer.engine.store import Store
from indexer.normalise.regions import Regions
from indexer.register import sourcefile
from indexer.register.documents import State
from indexer.search import facets, highlight, queries

GOAL = 0.8
"""The client alone was measured at 0.3 to 1.3 ms beside 9.3 ms of search at a million documents."""
PAGE = 20
FACETS = ("region", "cls", "state", "kind", "pollutant", "source")
SHARES = {"p50": 0.5, "p95": 0.95}


def measure(engine: Engine, province: Store, options: Options, source: dict[str, Any]) -> list[Row]:
    """``province`` holds the indexed and scanned enterprises, which are copied until there are enough.

    Each question is asked once before it is timed. ``took`` comes from the same answers, in whole milliseconds.
    """
    own = list(province.scan("enterprises"))
    asked = questions(own, options.searches, options.seed)
    regions = sourcefile.parse(source).regions
    with engine.fresh() as store:
        store.bulk("enterprises", copies(own, options.documents))
        store.refresh("enterprises")
        there = store.count("enterprises")
        _ask(store, asked, regions)
        timed = _ask(store, asked, regions)
    return [
        Row(f"search {name}", "ms", quantile([ours for ours, _ in timed], share),
            quantile([took for _, took in timed], share), "Elasticsearch's took", GOAL,
            f"{len(timed)} searches, {there} enterprises")
        for name, share in SHARES.items()
    ]  # fmt: skip


def copies(own: Sequence[dict[str, Any]], at_least: int) -> Iterator[dict[str, Any]]:
    """The enterprises again and again under ids and names of their own: ``…公司`` → ``…公司3号厂``."""
    for number in range(-(-at_least // len(own))):
        ending = f"{number}号厂" if number else ""
        for one in own:
            names = [f"{name}{ending}" for name in one["search_names"]]
            yield {**one, "id": f"{one['id']}-{number}", "name": f"{one['name']}{ending}", "search_names": names}


def _ask(store: Store, asked: Sequence[Question], regions: Regions) -> list[tuple[float, float]]:
    """Milliseconds of each question, and of them those that Elasticsearch counted itself."""
    return [_one(store, question, regions) for question in asked]


def _one(store: Store, question: Question, regions: Regions) -> tuple[float, float]:
    """What the site does for one page of results, but for the template."""
    start = time.perf_counter()
    body = queries.page(queries.enterprises(question.text, question.filters, regions), 0, PAGE)
    answer = store.search("enterprises", {**body, "aggs": facets.of_enterprises(get_args(State))})
    words = queries.words(question.text)
    for hit in answer["hits"]["hits"]:
        highlight.mark(hit["_source"]["name"], words)
    for name in FACETS:
        facets.choices(answer, name)
    return (time.perf_counter() - start) * 1000, float(answer["took"])
