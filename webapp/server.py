"""Serves the site with granian: one process of workers threads, started anew by granian if it should die."""

from __future__ import annotations

import os

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from indexer.engine.connect import endpoint
from webapp.settings import Settings


def application() -> Flask:
    """The site with the settings of the environment, as granian's worker process makes it."""
    from webapp import create_app

    return create_app()


def serve(settings: Settings, host: str | None = None, port: int | None = None) -> None:
    """Serve until SIGINT or SIGTERM, on the address of the settings unless another is given.

    Starts the embedded Elasticsearch for as long as it serves, where none runs. Where an outside cluster is down, the
    site comes up all the same and says so on every page that needs it. The database must be migrated.
    """
    os.environ["QINGCE_HOST"], os.environ["QINGCE_PORT"] = host or settings.host, str(port or settings.port)
    if settings.indexer.elasticsearch_url:
        _listen(settings, host or settings.host, port or settings.port)
        return
    with endpoint(settings.indexer):
        _listen(settings, host or settings.host, port or settings.port)


def _listen(settings: Settings, host: str, port: int) -> None:
    Granian(
        "webapp.server:application",
        factory=True,
        interface=Interfaces.WSGI,
        address=host,
        port=port,
        workers=1,
        blocking_threads=settings.threads,
        respawn_failed_workers=True,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()
