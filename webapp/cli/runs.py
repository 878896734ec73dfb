"""``qingce runs``: what each run brought and changed, and which wait for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from webapp.cli.errors import CommandFailed
from webapp.cli.group import Tool
from webapp.cli.opened import opened
from webapp.cli.output import json_option, saying, show_json, show_table

if TYPE_CHECKING:
    from indexer.engine.store import Store
    from indexer.settings import Settings

SORTS = {
    "added": "added", "changed": "changed", "returned": "returned to an earlier state", "gone": "gone",
    "withheld": "not seen, not called gone (the run is held)",
}  # fmt: skip
SHOWN = 20


@click.group(cls=Tool)
def runs() -> None:
    """Indexed runs: list them, see what one changed, decide on one that is held."""


@runs.command("list", with_appcontext=False)
@click.option("--source", help="Runs of this source alone.")
@click.option("--held", is_flag=True, help="Only runs that wait for a person.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="Most runs shown.")
@json_option
def list_(source: str | None, held: bool, limit: int, as_json: bool) -> None:
    """List indexed runs, the newest first."""
    from indexer.search.runs import newest

    with opened() as (store, _):
        store.refresh("runs")
        found = [hit["_source"] for hit in store.search("runs", newest(source, held, limit))["hits"]["hits"]]
    if as_json:
        show_json(found)
        return
    rows = ([run["source"], run["id"], run["status"], run.get("hold"), run["counts"].get("records"), run["issues"],
             run.get("hold_words") or run["reason"]] for run in found)  # fmt: skip
    show_table(("source", "run", "status", "hold", "records", "issues", "reason"), rows)


@runs.command(with_appcontext=False)
@click.argument("run", required=False)
@click.option("--last", is_flag=True, help="The newest run instead of RUN.")
@click.option("--source", help="With --last: the newest run of this source.")
@json_option
def report(run: str | None, last: bool, source: str | None, as_json: bool) -> None:
    """Say what RUN added, changed, brought back and no longer showed, against the runs before it.

    A changed disclosure is shown field by field, before and after. With --json the lists are whole (1,000 each).
    """
    if (run is None) == (not last) or (source and not last):
        raise click.UsageError("name a RUN, or --last (with --source, of that source)")
    with opened() as (store, _):
        found = _report(store, run or _newest(store, source))
    if as_json:
        show_json(found)
        return
    for line in _lines(found):
        click.echo(line)


@runs.command(with_appcontext=False)
@click.argument("run")
@click.option("--reason", required=True, help="Why: what was seen on the site.")
@click.option("--by", required=True, help="Who decides: an account's name or a role.")
def release(run: str, reason: str, by: str) -> None:
    """Let a held RUN count: what it did not see is gone.

    The decision is kept for ever and read by every rebuild. Duties are judged anew.
    """
    _decide("release", run, reason, by)


@runs.command(with_appcontext=False)
@click.argument("run")
@click.option("--reason", required=True, help="Why: what was wrong with the pages.")
@click.option("--by", required=True, help="Who decides: an account's name or a role.")
def reject(run: str, reason: str, by: str) -> None:
    """Let the looks of RUN never prove an absence; what it did see stays seen.

    The decision is kept for ever and read by every rebuild. Duties are judged anew.
    """
    _decide("reject", run, reason, by)


def _decide(kind: str, run: str, reason: str, by: str) -> None:
    from indexer import scan
    from indexer.pipeline import decide_run
    from indexer.register.holding import VERDICTS

    with opened() as (store, settings), saying() as say:
        document = store.mget("runs", [_name(run)]).get(_name(run))
        if document is None:
            raise click.UsageError(f"no run {run!r} is indexed; see `qingce runs list`")
        if kind == "release" and document.get("hold") not in ("held", "rejected"):
            raise CommandFailed(f"{run} is not held; it counts already")
        _record(settings, kind, document["source"], document["id"], reason, by)
        changed = decide_run(store, settings, document["source"], document["id"])
        say("judging every duty anew")
        scan.scan(store, settings)
    click.echo(f"{document['source']} {document['id']}: {VERDICTS[kind]}; judged otherwise now: {', '.join(changed)}")


def _record(settings: Settings, kind: str, source: str, run: str, reason: str, by: str) -> None:
    from sqlalchemy.orm import Session

    from indexer.register import decisions
    from webapp.migrations import upgrade

    upgrade(settings)
    engine = decisions.open_engine(settings.database)
    try:
        with Session(engine) as session:
            decisions.record(session, kind, source, run, author=by, text=reason)
            session.commit()
    finally:
        engine.dispose()


def _report(store: Store, run: str) -> dict[str, Any]:
    from indexer.register.changes import report as told

    store.refresh("runs", "disclosures", "visits")
    found = told(store, _name(run))
    if found is None:
        raise click.UsageError(f"no run {run!r} is indexed; see `qingce runs list`, or `qingce index` it")
    return found


def _name(run: str) -> str:
    return run.rsplit("/", 1)[-1]


def _newest(store: Store, source: str | None) -> str:
    from indexer.search.runs import newest

    hits = store.search("runs", newest(source, False, 1))["hits"]["hits"]
    if not hits:
        raise CommandFailed(f"nothing is indexed{f' of the source {source!r}' if source else ''}; `qingce index` first")
    return str(hits[0]["_source"]["id"])


def _lines(found: dict[str, Any]) -> list[str]:
    head = f"{found['source']} {found['run']}: {found['status']}" + (f" ({found['reason']})" if found["reason"] else "")
    lines = [head, f"against {found['against'] or 'nothing: the first run'}"]
    if found["hold"]:
        lines.append(f"{found['hold']}: {found['hold_words']}")
    for sort, words in SORTS.items():
        lines += _sort(words, found["counts"][sort], found[sort])
    change = found["list_change"]
    if change:
        lines.append(f"listed firms: {change['before']} → {change['now']} (against {change['against']})")
        for sort in ("added", "gone"):
            names = "、".join(change[sort][:SHOWN])
            lines += [f"  {sort} {change[f'{sort}_count']}: {names}"] if change[f"{sort}_count"] else []
    lines.append("issues: " + (", ".join(f"{code} {count}" for code, count in found["issues"].items()) or "none"))
    for scope, outcomes in sorted(found["visits"].items()):
        lines.append(f"{scope} visits: " + ", ".join(f"{outcome} {count}" for outcome, count in outcomes.items()))
    return lines


def _sort(words: str, count: int, items: list[dict[str, Any]]) -> list[str]:
    lines = [f"{words}: {count}"] if count else []
    for item in items[:SHOWN]:
        lines.append(f"  {item['kind']} {item['subject']}: {item['title'] or item['key']}")
        for row in item.get("difference", []):
            lines.append(f"    {row['header']}: {_shown(row['before'])} → {_shown(row['after'])}")
    return [*lines, *([f"  … and {count - SHOWN} more (--json lists them)"] if count > SHOWN else [])]


def _shown(value: str | None) -> str:
    return "(absent)" if value is None else value or "(empty)"
