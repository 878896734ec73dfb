"""The rows of a list of gaps: today's as they are stored; a past day's are found by their events and judged anew.

So a row of a past day has the same proof and words as the page of its duty on that day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from indexer.register.documents import Duty
from indexer.scan import judge_all
from indexer.search import duties
from indexer.search.duties import Reader
from indexer.search.moment import Moment
from webapp import dutyview, reach
from webapp.dutyview import DutyView
from webapp.services import services


@dataclass(frozen=True)
class Rows:
    """Rows as a reader may see them; ``changed`` more stand otherwise than the last scan says and are left out."""

    views: list[DutyView]
    changed: int


def rows(found: Sequence[Any], reader: Reader, at: Moment) -> Rows:
    """The rows of what a search in ``duties.index(at)`` found, in its order."""
    if at.day is None:
        return Rows([dutyview.view(duty, reader) for duty in found], 0)
    owners = sorted({event["enterprise"] for event in found})
    store, settings, day = services().store, services().settings.indexer, date.fromisoformat(at.day)
    judged = {duty["id"]: duty for duty in judge_all(store, settings, day, owners, refresh=False)}
    pairs = [(event, judged.get(event["duty"])) for event in found]
    views = [dutyview.view(duty, reader) for event, duty in pairs if duty is not None and _fits(event, duty, reader)]
    return Rows(views, len(found) - len(views))


def _fits(event: dict[str, Any], duty: Duty, reader: Reader) -> bool:
    """False where material indexed since the scan changes that day's answer: then the list must not say either."""
    same = duty["state"] == event["after"] and duty["public_state"] == event["public_state"]
    return same and (reader == "staff" or dutyview.is_public(duty))


def behind(at: Moment) -> str | None:
    """In words, where the last scan does not reach the day asked for; None where it does."""
    if at.day is None:
        return None
    store = services().store
    first = store.search("duties", duties.scanned())["aggregations"]["as_of"].get("value_as_string")
    until = first and (reach.scanned() or first)
    # Events of another version's mapping lack what the list is narrowed by: a scan of all makes them anew.
    if until is None or duties.index(at) in store.stale():
        return str(_("清册（或升级后的清册）还没有核查过，这一天的缺口无从列出。"))
    if until < at.day:
        words = _("最近一次核查截至 %(until)s；此后至 %(day)s 的变化未计入，本清单可能不全。", until=until, day=at.day)
        return str(words)
    return None


def changed_words(number: int) -> str:
    """Why so many rows are not shown."""
    words = _("最近一次核查以后收到了新的材料：有 %(n)s 项在这一天的状态因此改变，未列出，待下次核查。", n=number)
    return str(words)
