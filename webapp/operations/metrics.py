"""``/healthz`` and ``/metrics``: for programs that watch this one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from flask import Response, jsonify
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from schedules.health import Health
from webapp.operations.blueprint import operations
from webapp.operations.state import State, state


@operations.get("/healthz")
def healthz() -> Response:
    """200 while the site answers at all; what it needs is the doctor's and ``/metrics``' matter."""
    return jsonify(status="ok")


@operations.get("/metrics")
def metrics() -> Response:
    """The state of schedule and sources in Prometheus' text format, read from the database at this moment."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Snapshot(state(datetime.now(UTC))))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class Snapshot(Collector):
    """One state as metrics. Nothing is counted in this process, so several processes of the site agree."""

    def __init__(self, found: State) -> None:
        self._found = found

    def collect(self) -> Iterable[Metric]:
        """The metrics, each with its help."""
        alive = GaugeMetricFamily("qingce_scheduler_up", "1 while a scheduler holds its lease.")
        alive.add_metric([], 1 if self._found.scheduler else 0)
        yield alive
        yield from _of_sources(self._found.sources)


def _of_sources(sources: list[Health]) -> Iterator[Metric]:
    failures = _gauge("qingce_source_failures", "Crawls that failed since the last good one.")
    good = _gauge("qingce_source_last_good_timestamp_seconds", "End of the last good crawl.")
    upcoming = _gauge("qingce_source_next_run_timestamp_seconds", "Start of the next planned crawl.")
    for source in sources:
        failures.add_metric([source.source], source.failures)
        # A source without a good run has no such sample: 0 would say 1970.
        if source.last_good is not None:
            good.add_metric([source.source], source.last_good.timestamp())
        if source.next_run is not None:
            upcoming.add_metric([source.source], source.next_run.timestamp())
    yield from (failures, good, upcoming)


def _gauge(name: str, words: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, words, labels=["source"])
