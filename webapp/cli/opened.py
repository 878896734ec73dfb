"""The store and the settings that most commands work with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.engine.store import Store
    from indexer.settings import Settings


@contextmanager
def opened() -> Iterator[tuple[Store, Settings]]:
    """The store of the environment's settings with all its indices, and those settings.

    Uses the Elasticsearch that runs, or starts the embedded one for the block. Raises EngineError where none is had.
    """
    from indexer.engine.connect import connected
    from indexer.engine.store import Store
    from indexer.settings import load

    settings = load()
    with connected(settings) as client:
        store = Store(client, settings.index_prefix)
        store.ensure()
        yield store, settings
