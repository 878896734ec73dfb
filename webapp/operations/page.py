"""``/operations``: how each source is doing and what ran, for staff."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import render_template
from flask_babel import gettext as _

from indexer.engine.errors import EngineError
from indexer.search.runs import newest
from schedules.models import RunState
from webapp import results
from webapp.operations.blueprint import operations
from webapp.operations.state import state
from webapp.services import services

HELD = 200
"""Runs waiting for a person that are shown at most."""


@operations.get("/operations")
def overview() -> str:
    """Sources, last good run, next run, failures in a row; below them the last tries with their reasons."""
    return render_template(
        "operations/overview.html",
        found=state(datetime.now(UTC)),
        titles=services().sources().title,
        words=words(),
        held=held(),
    )


def held() -> list[dict[str, Any]] | None:
    """Runs that wait for a person, the newest first; None where the search does not answer."""
    try:
        return results.rows(services().store.search("runs", newest(None, True, HELD)))
    except EngineError:
        return None


def words() -> dict[RunState, str]:
    """The state of a try in the visitor's language."""
    return {
        "running": _("进行中"),
        "ok": _("完成"),
        "partial": _("部分完成"),
        "blocked": _("被对方拦截"),
        "failed": _("失败"),
        "interrupted": _("被本系统停止"),
        "lost": _("进程中断"),
    }
