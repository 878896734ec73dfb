"""Incomplete (不完整): a required field or chapter is in none of the documents and is not stated as 未产生 either."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.gaps.case import Case
from indexer.gaps.finding import LEAD, Finding
from indexer.gaps.params import Severity
from indexer.law.duties import Duty
from indexer.law.facts import Found
from indexer.law.model import Required, Unit


@dataclass(frozen=True)
class Content:
    """What the documents together carry: ``completeness`` 0..1 by weight, the units ``missing``.

    ``completeness`` is None where the item has no required fields, or where no document was read field by field.
    """

    completeness: float | None
    missing: tuple[Unit, ...]


def content(case: Case, seen: tuple[Found, ...]) -> Content:
    """The content of all answering documents together (obligations: INC-01).

    A document of whose fields none was recognised (a scan, an attachment) proves nothing missing: our reading failed.
    """
    required = case.duty.obligation.required
    if required is None:
        return Content(None, ())
    stated = {key for item in seen for key in item.present | item.not_produced}
    if not stated - case.gaps["INC-01"].words:
        return Content(None, ())
    units = owed(required, case.duty)
    missing = tuple(unit for unit in units if not stated & set(unit.keys))
    weight = case.gaps["INC-01"].numbers["core_weight"]
    total = sum(_weight(unit, weight) for unit in units)
    lacking = sum(_weight(unit, weight) for unit in missing)
    return Content(round((total - lacking) / total, 4) if total else 1.0, missing)


def owed(required: Required, duty: Duty) -> tuple[Unit, ...]:
    """The units this subject owes: one for members of a class only where it is a member."""
    return tuple(unit for unit in required.units if not unit.classes or unit.classes & duty.all_classes)


def _weight(unit: Unit, core: float) -> float:
    return core if unit.core else 1.0


def finding(case: Case, seen: tuple[Found, ...], what: Content) -> Finding:
    """INC-01 with its arithmetic; from memory (待核对) where the list of fields is."""
    rule, required = case.gaps["INC-01"], case.duty.obligation.required
    share = what.completeness or 0.0
    severity: Severity = (
        "S1" if share >= rule.numbers["s1_share"] else "S2" if share >= rule.numbers["s2_share"] else "S3"
    )
    seen_law = required is not None and required.seen
    names = "、".join(unit.zh for unit in what.missing)
    extent = _extent(required)
    words = f"已见{len(seen)}份文件合计缺少：{names}{extent}，且未注明未产生；完整度{share:.0%}。{LEAD}"
    return Finding(
        rule.id, rule.version, severity, "high" if seen_law else "medium", rule.audience if seen_law else "staff",
        words if seen_law else f"{words}（字段清单待核对）", tuple(c for item in seen for c in item.captures),
    )  # fmt: skip


def _extent(required: Required | None) -> str:
    if required is None or required.min_share is None:
        return ""
    return f"（有该字段的行不足{required.min_share:.0%}）"


def keys(what: Content) -> tuple[str, ...]:
    """Canonical keys of what is missing; alternatives joined by ``|``."""
    return tuple("|".join(unit.keys) for unit in what.missing)
