"""The cycle collector, calmed while much is read: it looks at all that is held in memory, and finds nothing to free."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (200_000, 50, 50)
"""Records make no cycles by ten thousands; at Python's own thresholds a fourth of the time goes into looking."""


@contextmanager
def calm() -> Iterator[None]:
    """Within the block cycles are looked for seldom, in all threads of the process."""
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
