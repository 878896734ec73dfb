"""``qingce up``: node, schedule and site as one program."""

from __future__ import annotations

from contextlib import ExitStack

import click

from webapp.cli import ports
from webapp.cli.processes import Processes, stop_signals


@click.command()
@click.option("--host", default=None, help="Address to listen on (default QINGCE_HOST, loopback).")
@click.option("--port", type=click.IntRange(1, 65535), default=None, help="Port of the site (default QINGCE_PORT).")
@click.option("--no-crawl", is_flag=True, help="Serve what was gathered; crawl nothing.")
def up(host: str | None, port: int | None, no_crawl: bool) -> None:
    """Run Elasticsearch, the schedule and the site together.

    Prints the site's address. Ctrl-C or SIGTERM ends all of them in good order: a crawl closes its run folder first.
    """
    from indexer.engine.connect import endpoint
    from webapp.cli.migrate import upgrade
    from webapp.settings import load

    settings = load()
    address, number = host or settings.host, ports.wanted(port or settings.port, host or settings.host)
    with ExitStack() as stack:
        stopping = stack.enter_context(stop_signals())
        upgrade(settings.indexer)
        place = stack.enter_context(endpoint(settings.indexer))
        programs = Processes()
        stack.callback(programs.stop)
        if not no_crawl:
            if not any(settings.indexer.sources.glob("*.json")):
                click.echo("no source is enabled yet: enable some with `qingce init`", err=True)
            programs.start("the schedule", "schedules.worker")
        programs.start("the site", "webapp.cli", "serve", "--host", address, "--port", str(number))
        click.echo(f"Elasticsearch {place.url}\nQingce        http://{address}:{number}/   (Ctrl-C ends it)")
        programs.watch(stopping, place.node)
