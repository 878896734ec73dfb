"""``/operations``: how each source is doing and what ran, for staff."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import render_template
from flask_babel import gettext as _

from schedules.models import RunState
from webapp.operations.blueprint import operations
from webapp.operations.state import state
from webapp.services import services


@operations.get("/operations")
def overview() -> str:
    """Sources, last good run, next run, failures in a row; below them the last tries with their reasons."""
    return render_template(
        "operations/overview.html",
        found=state(datetime.now(UTC)),
        titles=services().sources().title,
        words=words(),
    )


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
