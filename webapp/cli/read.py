"""``qingce read``: what an unknown page or file holds, and the source that would read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from webapp.cli.errors import CommandFailed
from webapp.cli.output import json_option, show_json

if TYPE_CHECKING:
    from webapp.cli.reading import Reading


@click.command()
@click.argument("what", metavar="URL-or-FILE")
@json_option
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the source's YAML into this file.")
@click.option("--kind", help="What is disclosed, where you know it better (listing, monitoring, permit, …).")
@click.option("--loopback", is_flag=True, help="Ask an address of this machine or of a private network.")
def read(what: str, as_json: bool, out: Path | None, kind: str | None, loopback: bool) -> None:
    """Read an unknown page or file: its headers by the vocabulary, what it discloses, and the YAML of a source.

    A URL is asked once, by robots.txt, and nothing that it links to. Nothing is stored. A person checks the YAML.
    """
    from webapp.cli.proposal import name_of, proposal
    from webapp.cli.reading import reading, told

    data, name, content_type, url = _taken(what, loopback)
    _checked(kind)
    found = reading(data, name, content_type, url, kind)
    if not found.document.readable and not found.found:
        raise CommandFailed(f"{what}: {found.document.issues[-1].message}")
    yaml = proposal(found)
    if out is not None:
        _write(out, yaml)
    if as_json:
        show_json({**told(found), "source": {"name": name_of(found), "yaml": yaml}})
        return
    for line in _lines(found):
        click.echo(line)
    click.echo(
        f"\nwritten: {out}; `qingce source check {out}` tries it" if out else f"\n# {name_of(found)}.yaml\n{yaml}"
    )


def _taken(what: str, loopback: bool) -> tuple[bytes, str, str, str | None]:
    """(bytes, file name, content type, address)."""
    if "://" in what:
        from crawlers.peek import look

        page = look(what, loopback=loopback)
        return page.body, page.url.split("?")[0].rsplit("/", 1)[-1], page.content_type, page.url
    path = Path(what)
    try:
        return path.read_bytes(), path.name, "", None
    except OSError as error:
        raise CommandFailed(f"{what}: cannot be read: {error.strerror}; name a file or a URL with http://") from None


def _checked(kind: str | None) -> None:
    from crawlers.kinds import KINDS

    if kind is not None and kind not in KINDS:
        raise click.BadParameter(f"{kind!r} is none of {', '.join(KINDS)}", param_hint="--kind")


def _write(out: Path, yaml: str) -> None:
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(yaml)
    except FileExistsError:
        raise CommandFailed(f"{out}: there is such a file already; name another, or move it away") from None
    except OSError as error:
        raise CommandFailed(f"{out}: cannot be written: {error.strerror}") from None


def _lines(found: Reading) -> Iterator[str]:
    from webapp.cli.reading import told

    said = told(found)
    encoding = f", {said['encoding']}" if said["encoding"] else ""
    yield f"{found.url or found.name}: {said['file']}{encoding}" + (f", {said['title']}" if said["title"] else "")
    for part in said["found"]:
        yield from _part(part)
    if found.links is not None:
        yield f"a list of {len(found.links.links)} links: {found.links.items}"
        for link in found.links.links[:3]:
            yield f"  {link.date or '(no day)'}  {link.title}"
    for part in said["not_interpreted"]:
        yield f"not interpreted: {part['place']}: {part['why']}" + (f": {part['words']}" if part["words"] else "")
    for issue in said["issues"]:
        yield f"{issue['severity']} {issue['code']}: {issue['message']}"


def _part(part: dict[str, Any]) -> Iterator[str]:
    stated = f", it states {part['stated']}" if part["stated"] is not None else ""
    yield f"{part['shape']} at {part['place']}: {part['title'] or '(no heading)'}; {part['rows']} rows{stated}"
    reasons = "; ".join(part["reasons"]) or "nothing speaks for any kind"
    yield f"  {part['kind']}, {part['sureness']} confidence ({part['confidence']}): {reasons}"
    if part["others"]:
        yield "  or " + ", ".join(f"{other['kind']} ({other['confidence']})" for other in part["others"])
    for header, meaning in part["headers"].items():
        yield f"  {header} → {meaning['key']}" + (f" ({meaning['remark']})" if meaning["remark"] else "")
    if part["unknown_headers"]:
        yield f"  not in the vocabulary: {'、'.join(part['unknown_headers'])}"
    for record in part["records"]:
        yield f"  {record['place']}: " + "; ".join(f"{key}={value}" for key, value in record["facts"].items())
        for problem in record["problems"]:
            yield f"    not understood: {problem['header']} = {problem['value']}: {problem['why']}"
    for issue in part["issues"][:5]:
        yield f"  {issue['severity']} {issue['code']}: {issue['message']}"
    if len(part["issues"]) > 5:
        yield f"  and {len(part['issues']) - 5} more issues (--json shows all)"
