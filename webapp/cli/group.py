"""The group that all commands hang in: Flask's own, with expected errors turned into one line."""

from __future__ import annotations

from typing import Any

import click
from flask.cli import AppGroup

from webapp.cli.errors import as_click, expected


class Tool(AppGroup):
    """A group whose commands need no application, unless they ask for one by ``flask.cli.with_appcontext``."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what can be expected to go wrong is said in one line."""
        try:
            return super().invoke(ctx)
        except expected() as error:
            raise as_click(error) from error
