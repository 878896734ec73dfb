"""``qingce enterprises``: doubtful matches, and deciding them: one, apart, split."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from webapp.cli.group import Tool
from webapp.cli.opened import opened
from webapp.cli.output import json_option, show_json, show_table

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from indexer.engine.store import Store
    from indexer.register.doubts import Doubt
    from indexer.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])


@click.group(cls=Tool)
def enterprises() -> None:
    """Enterprises and the identities they are made of: what is doubtful, and what people decide."""


@enterprises.command(with_appcontext=False)
@click.option("--region", help="Only where an enterprise lies in this region (GB/T 2260 code).")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="Pairs shown; --json shows all.")
@json_option
def queue(region: str | None, limit: int, as_json: bool) -> None:
    """List enterprises that may be one, the likeliest first, with what speaks for and against."""
    from indexer.register import doubts

    with opened() as (store, _):
        found = doubts.queue(store, region)
    if as_json:
        show_json([doubt.as_json() for doubt in found])
        return
    show_table(("points", "enterprise", "name", "evidence"), (row for doubt in found[:limit] for row in _rows(doubt)))
    click.echo(f"{len(found)} pairs wait for a person", err=True)


def _rows(doubt: Doubt) -> list[tuple[Any, ...]]:
    evidence = ", ".join(f"{name} {weight:+g}" for name, weight in doubt.likeness.evidence)
    return [
        (doubt.likeness.points, doubt.one["id"], doubt.one["name"], evidence),
        (
            "",
            doubt.other["id"],
            doubt.other["name"],
            f"vetoed: {', '.join(doubt.likeness.vetoed)}" if doubt.likeness.vetoed else "",
        ),
    ]


@enterprises.command(with_appcontext=False)
@click.argument("enterprise")
@json_option
def show(enterprise: str, as_json: bool) -> None:
    """Show ENTERPRISE (an id): its identities, and every decision on them."""
    from indexer.register import doubts

    with opened() as (store, settings):
        found = _enterprise(store, enterprise)
        rows = _asking(settings, lambda session: doubts.history(session, found["identity_keys"]))
    decided = [(row.day, row.kind, row.identity_key, row.other_key or "", row.author, row.text) for row in rows]
    if as_json:
        names = ("day", "kind", "identity", "other", "author", "text")
        told = [dict(zip(names, row, strict=True)) for row in decided]
        show_json({"id": found["id"], "name": found["name"], "identities": found["identity_keys"], "decisions": told})
        return
    show_table(("identity", found["name"]), ((key, "") for key in found["identity_keys"]))
    show_table(("day", "decision", "identity", "other", "author", "text"), decided)


def deciding(command: Command) -> Command:
    """The options that say who decides and why."""
    command = click.option("--text", required=True, help="Why; kept with the decision.")(command)
    return click.option("--author", default=getpass.getuser, help="Who decides.  [default: the user]")(command)


@enterprises.command(with_appcontext=False)
@click.argument("one")
@click.argument("other")
@deciding
def merge(one: str, other: str, author: str, text: str) -> None:
    """Decide that ONE and OTHER (ids) are one enterprise."""
    _settle("merge", one, other, author, text)


@enterprises.command(with_appcontext=False)
@click.argument("one")
@click.argument("other")
@deciding
def apart(one: str, other: str, author: str, text: str) -> None:
    """Decide that ONE and OTHER (ids) are two enterprises; nobody is asked again."""
    _settle("keep_apart", one, other, author, text)


@enterprises.command(with_appcontext=False)
@click.argument("enterprise")
@click.argument("identities", nargs=-1, required=True)
@deciding
def split(enterprise: str, identities: tuple[str, ...], author: str, text: str) -> None:
    """Move IDENTITIES (source|id, as `show` lists them) out of ENTERPRISE: they are another one."""
    from indexer.register import doubts

    with opened() as (store, settings):
        found = _enterprise(store, enterprise)
        _decided(store, settings, lambda session: doubts.split(session, found, list(identities), author, text))


def _settle(kind: str, one: str, other: str, author: str, text: str) -> None:
    from indexer.register import doubts

    with opened() as (store, settings):
        first, second = _enterprise(store, one), _enterprise(store, other)
        _decided(store, settings, lambda session: doubts.settle(session, kind, first, second, author, text))


def _enterprise(store: Store, identifier: str) -> Any:
    """The enterprise of an id, or of an id it had before it was merged."""
    found = store.get("enterprises", identifier)
    if found is None:
        found = next(iter(store.scan("enterprises", {"term": {"aliases": identifier}})), None)
    if found is None:
        raise click.UsageError(f"no enterprise {identifier}; `qingce enterprises queue` lists ids")
    return found


def _asking(settings: Settings, ask: Callable[[Session], Any]) -> Any:
    from indexer.register import decisions

    return decisions.read(settings.database, ask, [])


def _decided(store: Store, settings: Settings, record: Callable[[Session], list[str]]) -> None:
    """Records a decision and applies it at once; a scan judges the enterprises' duties anew."""
    from sqlalchemy.orm import Session as Made

    from indexer import pipeline
    from indexer.register import decisions
    from indexer.register.doubts import DecisionError

    engine = decisions.open_engine(settings.database)
    try:
        with Made(engine) as session:
            keys = record(session)
            session.commit()
            owner = pipeline.decide(store, session, keys)
    except DecisionError as error:
        raise click.UsageError(str(error)) from error
    finally:
        engine.dispose()
    for identifier in sorted({str(owner[key]) for key in keys if owner.get(key)}):
        click.echo(identifier)
    click.echo("recorded and applied; `qingce scan` judges their duties anew", err=True)
