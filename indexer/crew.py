"""One piece of work in several processes: each takes a share, none outlives the caller, the first error ends all."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.synchronize import Event
from typing import TypeVar

from indexer.engine.errors import EngineError

T = TypeVar("T")
R = TypeVar("R")
_LOOK = 1.0
"""Seconds between two looks at how far they are."""
_shared: list[tuple[Synchronized[int], Event]] = []
"""In a process of the crew: how many are done, and whether to stop."""


class StoppedError(Exception):
    """Another share failed, or the caller gave up: what is left is not done."""


def spread(work: Callable[[T], R], shares: Sequence[T], told: Callable[[int], None]) -> list[R]:
    """What ``work`` (a function of a module) gives for each share, in their order, each share in a process of its own.

    ``told`` hears now and then how many ``done`` counted together. Raises what the first failing share raised, once
    the others have stopped; EngineError where a process was killed.
    """
    context = get_context("spawn")
    count: Synchronized[int] = context.Value("q", 0)
    stop = context.Event()
    with ProcessPoolExecutor(len(shares), context, initializer=_begin, initargs=(count, stop)) as pool:
        futures = [pool.submit(work, share) for share in shares]
        try:
            waiting = set(futures)
            while waiting:
                finished, waiting = wait(waiting, _LOOK, FIRST_EXCEPTION)
                for future in finished:
                    future.result()
                told(count.value)
            return [future.result() for future in futures]
        except BrokenProcessPool as error:
            raise EngineError(
                "a process of the scan was killed, perhaps for its memory; start the scan again"
            ) from error
        finally:
            stop.set()


def done(number: int) -> None:
    """Told by the work after each step; raises StoppedError where nobody waits for it any more."""
    for count, stop in _shared:
        with count.get_lock():
            count.value += number
        if stop.is_set():
            raise StoppedError


def _begin(count: Synchronized[int], stop: Event) -> None:
    _shared.append((count, stop))
    # The terminal's Ctrl-C reaches everybody: the caller decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
