"""The few facts that tell one penalty, notice or case from another at a glance, for rows of an enterprise's page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

LABELS: dict[str, tuple[tuple[str, Any], ...]] = {
    "penalty": (
        ("doc_no", _l("决定书文号")),
        ("amount", _l("罚款")),
        ("date", _l("决定日期")),
        ("authority", _l("处罚机关")),
    ),
    "eia": (("project", _l("建设项目")), ("eia_doc", _l("批复文号")), ("shown", _l("公示期"))),
    "inspection": (("case_no", _l("案件编号")), ("is_true", _l("是否属实"))),
    "complaint": (("case_no", _l("案件编号")), ("is_true", _l("是否属实"))),
    "permit": (
        ("disclose_what", _l("应公开内容")),
        ("disclose_when", _l("应公开时间")),
        ("disclose_way", _l("应公开方式")),
        ("permit_action", _l("业务类型")),
    ),
}
"""Kind → canonical keys in the order in which they are shown; other kinds are told by their title and period."""
LONGEST = 60
"""Characters of a value shown; the whole stands on the page of all contents."""


def gist(one: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(label, value) of what a disclosure states among its kind's facts."""
    facts = one.get("facts") or {}
    told = ((label, _words(key, facts[key])) for key, label in LABELS.get(one["kind"], ()) if facts.get(key))
    return [(str(label), value) for label, value in told if value]


def _words(key: str, value: Any) -> str:
    written = _WRITTEN.get(key)
    text = written(value) if written and not isinstance(value, str) else str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _yuan(value: float) -> str:
    return str(_("%(sum)s 元", sum=f"{value:,.2f}".rstrip("0").rstrip(".")))


def _shown(value: Mapping[str, Any]) -> str:
    """Days where they are stated, else the number of working days."""
    if value["from"]:
        return f"{value['from']} – {value['to'] or ''}".rstrip(" –")
    return str(_("%(days)s 个工作日", days=value["working_days"])) if value["working_days"] else ""


_WRITTEN: dict[str, Callable[[Any], str]] = {"amount": _yuan, "shown": _shown}
