"""What a request needs: settings, search, database, sources; made once by ``create_app`` and handed down."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import cast

from flask import current_app
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from indexer.engine.connect import connected
from indexer.engine.store import Store
from indexer.settings import Settings as IndexerSettings
from webapp.settings import Settings
from webapp.sources import SourceBook, SourceShelf

EXTENSION = "qingce"


class Opening:
    """Opens the store when first asked for, so that the site starts and says what is wrong while search is down."""

    def __init__(self, settings: IndexerSettings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._held = ExitStack()
        atexit.register(self._held.close)

    def __call__(self) -> Store:
        """The store; raises EngineError where nothing answers, and tries anew at the next call."""
        with self._lock:
            if self._store is None:
                client = self._held.enter_context(connected(self._settings))
                store = Store(client, self._settings.index_prefix)
                store.ensure()
                self._store = store
            return self._store


@dataclass(frozen=True)
class Services:
    """The outside world of the site."""

    settings: Settings
    open_store: Callable[[], Store]
    engine: Engine
    shelf: SourceShelf

    @property
    def store(self) -> Store:
        """The search store; raises EngineError where it cannot be reached."""
        return self.open_store()

    def sources(self) -> SourceBook:
        """The sources as they are now."""
        return self.shelf.book()

    def session(self) -> Session:
        """A session on the database of people's decisions; the caller closes it (``with``)."""
        return Session(self.engine, expire_on_commit=False)


def services() -> Services:
    """The services of the application that answers this request."""
    return cast(Services, current_app.extensions[EXTENSION])
