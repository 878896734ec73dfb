"""What commands print: tables and progress for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

Command = TypeVar("Command", bound=Callable[..., Any])


def json_option(command: Command) -> Command:
    """``--json``: print one JSON document (or one a line) and nothing else on stdout."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")(command)


def show_json(value: Any) -> None:
    """One JSON document on stdout, Chinese as it is."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def show_table(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A table on a terminal; elsewhere tab-separated lines under their headers, never cut."""
    console = Console()
    if not console.is_terminal:
        click.echo("\t".join(headers))
        for row in rows:
            click.echo("\t".join("" if cell is None else str(cell) for cell in row))
        return
    table = Table(*headers, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    console.print(table)


class Steps:
    """Progress over a known number of steps: a bar on a terminal, a line a step elsewhere (on stderr both)."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0
        self._task = progress.add_task("", total=total) if progress else None

    def say(self, words: str) -> None:
        """Name the step now begun."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, description=words)
        else:
            click.echo(f"[{self._done + 1}/{self._total}] {words}", err=True)

    def done(self) -> None:
        """The step is done."""
        self._done += 1
        if self._progress is not None and self._task is not None:
            self._progress.advance(self._task)


@contextmanager
def steps(total: int) -> Iterator[Steps]:
    """``with steps(12) as work: work.say("…"); …; work.done()``."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield Steps(None, total)
        return
    columns = SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console) as progress:
        yield Steps(progress, total)


@contextmanager
def saying() -> Iterator[Callable[[str], None]]:
    """A function that shows what is going on: one changing line on a terminal, a line each time elsewhere (stderr)."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda words: click.echo(words, err=True)
        return
    with console.status("starting") as status:
        yield status.update
