"""``qingce evidence``: what stands behind a duty or an enterprise, packed to be verified elsewhere."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from webapp.cli.errors import CommandPartial
from webapp.cli.opened import opened
from webapp.cli.output import json_option, show_json


@click.command()
@click.argument("identifier", metavar="ENTERPRISE|DUTY")
@click.option("--out", type=click.Path(path_type=Path), help="A new folder, or a file ending in .zip "
              "(default evidence-ID.zip).")  # fmt: skip
@click.option("--public", is_flag=True, help="For everyone: renditions with personal data masked instead of originals.")
@json_option
def evidence(identifier: str, out: Path | None, public: bool, as_json: bool) -> None:
    """Pack the evidence of a duty (e-…:O31-2:2024) or of an enterprise (e-…) with all its duties.

    The pack holds the archived records themselves, the manifests and time stamps of their runs, the record of what was
    read and judged with the versions of rules, a page to read, and MANIFEST.sha256. `sha256sum -c` and `warcio check`
    verify it without this program. It is for staff unless --public is given. Exit code 3 where a capture is damaged or
    missing: the pack names it.
    """
    from webapp import create_app
    from webapp.evidence import build, select, zipped
    from webapp.settings import load

    target = out or Path(f"evidence-{identifier.replace(':', '-')}.zip")
    if target.exists():
        raise click.UsageError(f"{target} is there already; name another with --out")
    with opened() as (store, inner), tempfile.TemporaryDirectory() as scratch:
        store.refresh()
        app = create_app(load(), store)
        with app.test_request_context("/"):
            chosen = select(store, inner.runs, identifier, public)
            if chosen is None:
                raise click.UsageError(
                    f"no enterprise or duty {identifier!r} is indexed; ids are like e-0123456789abcdef"
                )
            folder = Path(scratch) / target.stem if target.suffix == ".zip" else target
            summary = build(chosen, folder, public)
        if target.suffix == ".zip":
            zipped(folder, target)
    if as_json:
        show_json({"pack": str(target), "audience": "public" if public else "staff", **vars(summary)})
    else:
        click.echo(f"{target}: {summary.captures} captures, {summary.files} files, "
                   f"{'for everyone' if public else 'for staff only: originals are not masked'}")  # fmt: skip
        for problem in summary.problems:
            click.echo(f"  {problem}")
    if summary.problems:
        raise CommandPartial(f"{len(summary.problems)} parts of the evidence are damaged or missing")
