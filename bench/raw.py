"""The limit of writing: finished NDJSON bodies over two connections, nothing looked at but whether all went well."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import urllib3

from bench.errors import BenchError
from indexer.engine import versions
from indexer.engine.bulk import index_action
from indexer.engine.schema import YEARLY
from indexer.engine.store import Store

CONNECTIONS = 2
BATCH = 1000
"""Documents a request: enough to hide the request itself, few enough for two connections to share the work."""
TIMEOUT = 120.0
Documents = Mapping[str, Sequence[Mapping[str, Any]]]
"""Family of indices → its documents."""


def documents(store: Store, families: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """All documents of some families as they are stored."""
    store.refresh(*families)
    return {name: list(store.scan(name)) for name in families}


def open_years(store: Store, found: Documents) -> None:
    """Makes the indices of the measurements' years, so that making them is timed for nobody."""
    years = sorted({document["time"][:4] for document in found.get(YEARLY, ())})
    blank = [{"id": f"blank-{year}", "time": f"{year}-01-01T00:00:00Z"} for year in years]
    store.bulk(YEARLY, blank)
    store.refresh(YEARLY)
    store.delete(YEARLY, [document["id"] for document in blank])
    store.refresh(YEARLY)


def seconds(store: Store, url: str, found: Documents) -> float:
    """Posts the documents into the store's indices and makes them searchable; seconds from first byte to refreshed."""
    bodies = [body for name in found for body in _bodies(store, name, found[name])]
    parts = urlsplit(url)
    headers = {"Content-Type": "application/x-ndjson"}
    if parts.username:
        headers |= urllib3.make_headers(basic_auth=f"{parts.username}:{parts.password or ''}")
    address = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path.rstrip('/')}/_bulk?filter_path=errors"
    with urllib3.PoolManager(maxsize=CONNECTIONS) as pool, ThreadPoolExecutor(CONNECTIONS) as threads:
        start = time.perf_counter()
        for _ in threads.map(lambda body: _post(pool, address, headers, body), bodies):
            pass
        store.refresh(*found)
        return time.perf_counter() - start


def _bodies(store: Store, name: str, found: Sequence[Mapping[str, Any]]) -> list[bytes]:
    lines = [index_action(versions.alias(store.prefix, _unit(name, document)), document) for document in found]
    return [b"".join(lines[start : start + BATCH]) for start in range(0, len(lines), BATCH)]


def _unit(name: str, document: Mapping[str, Any]) -> str:
    return f"{YEARLY}-{document['time'][:4]}" if name == YEARLY else name


def _post(pool: urllib3.PoolManager, address: str, headers: Mapping[str, str], body: bytes) -> None:
    answer = pool.request("POST", address, body=body, headers=headers, timeout=TIMEOUT, retries=False)
    if answer.status != 200 or json.loads(answer.data)["errors"]:
        raise BenchError(f"raw bulk post: status {answer.status}, {len(answer.data)} bytes; see the cluster's log")
