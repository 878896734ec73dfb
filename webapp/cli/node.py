"""``qingce node``: the embedded Elasticsearch alone, for several commands in a row or for another program."""

from __future__ import annotations

import click

from webapp.cli.errors import CommandFailed
from webapp.cli.processes import stop_signals


@click.command()
def node() -> None:
    """Run the embedded Elasticsearch and print its address.

    Other commands find it by themselves while it runs. Ends at Ctrl-C or SIGTERM.
    """
    from indexer.engine.connect import endpoint
    from indexer.settings import load

    settings = load()
    if settings.elasticsearch_url:
        raise CommandFailed("QINGCE_ELASTICSEARCH_URL is set: that cluster is used and no node is started; unset it")
    with stop_signals() as stopping, endpoint(settings) as place:
        if place.node is None:
            raise CommandFailed(f"a node runs already on this data folder: {place.url}")
        click.echo(place.url)
        while not stopping.wait(0.5):
            if place.node.failed:
                raise CommandFailed("Elasticsearch crashed twice and stays down; see its log in the data folder")
