"""The command: prepares the demonstration where it is not complete, then serves it at its last day."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from webapp.cli import ports
from webapp.cli.processes import Processes, stop_signals

if TYPE_CHECKING:
    from indexer.engine.node import Node


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port of the site.")
@click.option("--prepare-only", is_flag=True, help="End when the data are complete; serve nothing.")
def demo(port: int, prepare_only: bool) -> None:
    """Show a make-believe province: crawl it, index it, judge it, serve it.

    The data lie in a folder of their own (var/demo), under an index prefix of their own, and are marked as examples.
    The second start finds them and serves at once; an interrupted one goes on where it stopped.
    """
    from indexer.engine.connect import endpoint
    from indexer.engine.filelock import held
    from indexer.settings import load
    from webapp.cli.demo import identity, officer, prepare, province

    if not prepare_only:
        ports.wanted(port)
    script = province.script()
    enter(load().var, script.last_day)
    settings = load()
    wanted = identity.identity(script.as_json())
    with held(settings.var / "demo.lock", wait=False):
        found = identity.state(settings.var, wanted)
        if found == "other":
            identity.clear(settings.var)
        with endpoint(settings) as place, province.running(settings.var) as sites:
            if found in ("none", "other"):
                prepare.empty_index(settings)
            if found != "complete":
                prepare.prepare(settings, script, sites, wanted)
            officer.ensure(settings.var)
            if not prepare_only:
                sites.set_clock(script.last_day)
                serve(port, script.last_day, place.node)


def enter(var: Path, last_day: str) -> None:
    """Set the demonstration's own data folder, names and clock for this process and all that it starts."""
    folder = (var / "demo").resolve()
    os.environ.update(
        QINGCE_VAR=str(folder),
        QINGCE_INDEX_PREFIX="qingce-demo",
        QINGCE_DEMO="true",
        QINGCE_CLOCK=last_day,
        QINGCE_SOURCES=str(folder / "province"),
        QINGCE_DATABASE_URL="",
    )


def serve(port: int, day: str, node: Node | None) -> None:
    """Serve until a signal comes; the clock stands at the script's last day."""
    programs = Processes()
    with stop_signals() as stopping:
        try:
            programs.start("the site", "webapp.cli", "serve", "--port", str(port))
            click.echo(f"Qingce shows {day} at http://127.0.0.1:{port}/   (Ctrl-C ends it)")
            programs.watch(stopping, node)
        finally:
            programs.stop()
