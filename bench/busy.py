"""Searches while documents are written at full speed: a thread that writes until the block ends."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from bench import filling
from bench.errors import BenchError
from indexer.engine.store import Store

WARMING = 1.0
"""Seconds of writing before anything is timed, so that merges and refreshes are under way."""


@contextmanager
def writing(store: Store, own: Sequence[dict[str, Any]]) -> Iterator[list[int]]:
    """Writes copies of disclosures as fast as the store takes them; the list's one number counts them.

    Raises BenchError at the block's end where writing failed: searches beside nothing would mean nothing.
    """
    stop, count, failed = threading.Event(), [0], []
    thread = threading.Thread(target=_write, args=(store, own, stop, count, failed))
    thread.start()
    try:
        stop.wait(WARMING)
        yield count
    finally:
        stop.set()
        thread.join()
    if failed:
        raise BenchError(f"writing beside the searches failed: {failed[0]}")


def _write(
    store: Store, own: Sequence[dict[str, Any]], stop: threading.Event, count: list[int], failed: list[Any]
) -> None:
    endless = filling.disclosures([{**one, "id": f"w-{one['id']}"} for one in own], 10**9)
    try:
        while not stop.is_set():
            part = [next(endless) for _ in range(1_000)]
            store.bulk("disclosures", part)
            count[0] += len(part)
    except Exception as error:  # noqa: BLE001 - carried to the thread that waits
        failed.append(error)
