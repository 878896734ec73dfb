"""``python -m webapp.cli.reference``: docs/reference/cli.md, made from the commands themselves."""

from __future__ import annotations

from collections.abc import Iterator

import click

WIDTH = 100
HEAD = """# Commands

Made from the commands by `python -m webapp.cli.reference > docs/reference/cli.md`; a test holds this page to them.

Every command takes its settings from the environment and `.env` ([settings](settings.md)). Exit codes: 0 done,
1 failed, 2 used wrongly, 3 done in part; what went wrong is one line on standard error.
"""


def page(root: click.Group, name: str = "qingce") -> str:
    """The whole page: a heading and the help text of every command."""
    sections = [f"## {path}\n\n{_indented(text)}\n" for path, text in _helps(root, name, None)]
    return "\n".join([HEAD, *sections])


def _helps(command: click.Command, path: str, parent: click.Context | None) -> Iterator[tuple[str, str]]:
    given = {"terminal_width": WIDTH, **command.context_settings}
    context = click.Context(command, info_name=path.split()[-1], parent=parent, **given)
    yield path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None and not inner.hidden:
                yield from _helps(inner, f"{path} {name}", context)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())


if __name__ == "__main__":
    from webapp.cli import cli

    click.echo(page(cli), nl=False)
