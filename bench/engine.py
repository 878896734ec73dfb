"""The Elasticsearch that is measured: a node of its own on the benchmark's folder, or the cluster of the settings."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from indexer import settings as indexer_settings
from indexer.engine.connect import client, endpoint
from indexer.engine.store import Store
from indexer.settings import Settings


@dataclass(frozen=True)
class Engine:
    """A running engine; ``fresh`` makes indices of a random prefix that go with the block."""

    url: str
    settings: Settings

    @contextmanager
    def fresh(self) -> Iterator[Store]:
        """A store with all its indices, empty."""
        with client(self.url) as made:
            store = Store(made, f"bench-{secrets.token_hex(4)}")
            try:
                store.ensure()
                yield store
            finally:
                store.drop()


@contextmanager
def running(var: Path) -> Iterator[Engine]:
    """The engine for the block. No decisions are read: the database of the settings is left alone."""
    settings = replace(indexer_settings.load(), var=var, database_url="", elasticsearch_port=0)
    with endpoint(settings) as place:
        yield Engine(place.url, settings)
