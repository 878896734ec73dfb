"""The site of Qingce (清册): public pages, review desk, operations pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from indexer.engine.store import Store
    from webapp.settings import Settings


def create_app(settings: Settings | None = None, store: Store | None = None) -> Flask:
    """The site as a WSGI application.

    ``settings`` default to the environment. Without a ``store`` the one of the settings is opened at the first request
    that needs it. The database must be at its latest migration (``webapp.migrations.upgrade``).
    """
    # Imported here: the command line is below this package too, and must not load the site to print its help.
    from webapp import assembly
    from webapp.settings import load

    return assembly.assemble(settings or load(), store)
