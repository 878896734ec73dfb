"""What a command says where something expected went wrong: one line on stderr and an exit code, never a traceback.

Exit codes: 0 done, 1 failed, 2 used wrongly (Click's own), 3 done in part.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

FAILURE, USAGE, PARTIAL = 1, 2, 3
EXPECTED = {
    "crawlers.errors": {"UnknownSourceError": USAGE, "ClockError": USAGE, "CrawlError": FAILURE},
    "environs": {"EnvError": USAGE},
    "indexer.engine.errors": {"EngineError": FAILURE},
    "indexer.law.errors": {"RulesError": FAILURE},
    "indexer.register.runs": {"RunError": FAILURE},
    "schedules.errors": {"ScheduleError": FAILURE},
    "webapp.accounts.store": {"AccountError": USAGE},
    "sqlalchemy.exc": {"ArgumentError": USAGE, "OperationalError": FAILURE},
}
"""Exit codes of expected errors by module and class, the narrower class first."""


class CommandFailed(click.ClickException):
    """The command could not do its work; ``message`` says what, where and what to do."""

    def __init__(self, message: str, exit_code: int = FAILURE) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]


class CommandPartial(click.ClickException):
    """The command did part of its work; ``message`` says what is missing."""

    exit_code = PARTIAL


def expected() -> tuple[type[BaseException], ...]:
    """The classes of errors that are said in one line; of modules not loaded nothing can have been raised."""
    return tuple(cls for cls, _ in _classes())


def as_click(error: BaseException) -> click.ClickException:
    """The error in one line, with its exit code."""
    code = next(code for cls, code in _classes() if isinstance(error, cls))
    return CommandFailed(" ".join(_words(error).split()) or type(error).__name__, code)


def _words(error: BaseException) -> str:
    """The driver's own words where SQLAlchemy wraps them, without the statement, and the setting they are about."""
    if not type(error).__module__.startswith("sqlalchemy."):
        return str(error)
    return f"database: {getattr(error, 'orig', None) or error}; see QINGCE_DATABASE_URL"


def _classes() -> Iterator[tuple[type[BaseException], int]]:
    for module, codes in EXPECTED.items():
        if module in sys.modules:
            yield from ((getattr(sys.modules[module], name), code) for name, code in codes.items())
