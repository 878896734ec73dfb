"""``qingce serve``: the site alone."""

from __future__ import annotations

import click

from webapp.cli import ports


@click.command()
@click.option("--host", default=None, help="Address to listen on (default QINGCE_HOST, loopback).")
@click.option("--port", type=click.IntRange(1, 65535), default=None, help="Port to listen on (default QINGCE_PORT).")
def serve(host: str | None, port: int | None) -> None:
    """Serve the site; nothing is crawled or indexed.

    Uses the Elasticsearch that runs already, or starts the embedded one for as long as it serves.
    """
    from webapp.cli.migrate import upgrade
    from webapp.server import serve as listen
    from webapp.settings import load

    settings = load()
    address, number = host or settings.host, port or settings.port
    ports.wanted(number, address)
    upgrade(settings.indexer)
    listen(settings, host=address, port=number)
