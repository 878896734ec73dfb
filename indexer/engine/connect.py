"""One way to a client: ``with connected(settings) as client``. The cluster of ``QINGCE_ELASTICSEARCH_URL`` if set, else
the node that already runs on this data folder, else a node started for the duration of the block."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, OrjsonSerializer

from indexer.engine import state
from indexer.engine.errors import EngineError, LockedError
from indexer.engine.node import Node, NodeOptions, start
from indexer.engine.speaking import cause, words
from indexer.settings import Settings

OLDEST = (9, 5)
"""Oldest version accepted: the one that the tests run on and the client is made for."""
REQUEST_TIMEOUT = 60.0
"""Seconds for one answer: bulk requests of a full batch on a busy machine take several."""
RECOVERY = 120.0
"""Seconds that the indices of a node just started may take to open."""
STARTING = 60.0
"""Seconds to wait for a node that another command is just starting."""


@dataclass(frozen=True)
class Endpoint:
    """Where Elasticsearch answers; ``node`` is set where this process started it, with its ``restarted`` flag."""

    url: str
    node: Node | None = None


@contextmanager
def connected(settings: Settings) -> Iterator[Elasticsearch]:
    """A checked client for the block; raises EngineError (one line: what was tried, what to do) where none is had."""
    with endpoint(settings) as place, client(place.url) as made:
        yield made


@contextmanager
def endpoint(settings: Settings) -> Iterator[Endpoint]:
    """The same choice as ``connected``, for callers that want the address or the node's handle.

    A node that another command started ends with that command.
    """
    if settings.elasticsearch_url:
        yield Endpoint(settings.elasticsearch_url)
        return
    options = NodeOptions.of(settings)
    running = state.read(options.state)
    if running is not None:
        yield Endpoint(running.url)
        return
    yield from _started(options)


def _started(options: NodeOptions) -> Iterator[Endpoint]:
    try:
        node = start(options)
    except LockedError as error:
        # Another command began a moment ago and its node is not up yet.
        yield Endpoint(_wait_for(options, error))
        return
    with node:
        yield Endpoint(node.url, node)


def _wait_for(options: NodeOptions, error: LockedError) -> str:
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline:
        running = state.read(options.state)
        if running is not None:
            return running.url
        time.sleep(0.2)
    raise error


@contextmanager
def client(url: str) -> Iterator[Elasticsearch]:
    """A checked client of one address, closed at the end of the block."""
    made = _make(url)
    try:
        check(made, url)
        _recovered(made, url)
        yield made
    finally:
        made.close()


def _recovered(made: Elasticsearch, url: str) -> None:
    """Wait until every index can be read: a node that starts on old data opens its shards one by one."""
    try:
        health = made.options(request_timeout=RECOVERY + 10).cluster.health(
            wait_for_status="yellow", timeout=f"{RECOVERY:.0f}s"
        )
    except ApiError as error:
        if error.status_code != 408:
            raise EngineError(f"{shown(url)} does not tell its health ({words(error)}); {_advice()}") from error
        health = error  # type: ignore[assignment]
    except TransportError as error:
        raise EngineError(f"no Elasticsearch at {shown(url)} ({cause(error)}); {_advice()}") from error
    body = health.body
    if body.get("timed_out"):
        raise EngineError(
            f"{shown(url)} has not opened {body.get('unassigned_shards')} shards of its indices within {RECOVERY:.0f} s"
            "; look at its log, then start again"
        )


def _make(url: str) -> Elasticsearch:
    try:
        # Reading an answer with the standard library took a third of a page's own time.
        return Elasticsearch(
            url,
            request_timeout=REQUEST_TIMEOUT,
            max_retries=3,
            retry_on_timeout=False,
            serializer=OrjsonSerializer(),
        )
    except ValueError as error:
        raise EngineError(
            f"QINGCE_ELASTICSEARCH_URL={shown(url)} is no address ({error}); write it like http://127.0.0.1:9200"
        ) from error


def check(made: Elasticsearch, url: str) -> str:
    """The version that answers at ``url``. Raises EngineError where nothing answers, or something else, or too old."""
    try:
        # Not ``info()``: the server core has no ``GET /``.
        answer = made.options(request_timeout=10).nodes.info(metric="process", filter_path="nodes.*.version")
    except ApiError as error:
        raise EngineError(
            f"{shown(url)} answers, but refuses ({words(error)}); {_advice()}", error.status_code
        ) from error
    except TransportError as error:
        raise EngineError(f"no Elasticsearch at {shown(url)} ({cause(error)}); {_advice()}") from error
    return _oldest(dict(answer.body), url)


def _oldest(body: dict[str, dict[str, dict[str, str]]], url: str) -> str:
    versions = sorted((node["version"] for node in body.get("nodes", {}).values()), key=_numbers)
    if not versions or _numbers(versions[0]) < OLDEST:
        found = versions[0] if versions else "no version"
        raise EngineError(f"{shown(url)} runs Elasticsearch {found}; {'.'.join(map(str, OLDEST))} or newer is needed")
    return versions[0]


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("-")[0].split(".")[:2])


def _advice() -> str:
    return "start that cluster or correct QINGCE_ELASTICSEARCH_URL; unset it to use the embedded node"


def shown(url: str) -> str:
    """The address without user and password, for messages and logs."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
