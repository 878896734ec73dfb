"""The reference page of all rules (docs/reference/rules.md), written from the rules files.

``python -m indexer.gaps.reference > docs/reference/rules.md``; a test fails where the page is stale.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable, Iterator

from indexer.gaps import lawtables, params
from indexer.gaps.checks.registry import CHECKS
from indexer.gaps.params import GapRule, GapRules
from indexer.law.basis import article_words
from indexer.law.model import Instrument, Obligation, Override, Required
from indexer.law.rules import Rules, default

INTRO = """# Rules

Generated from `indexer/law/*.yaml`, `indexer/law/obligations/*.yaml` and `indexer/gaps/rules/*.yaml`
(`python -m indexer.gaps.reference > docs/reference/rules.md`); edit those files, not this page.

`seen` S: read in a published text. M: from memory (待核对): staff see it so marked, the public is told no accusation.
How a state comes about is told in [duty states](../explanation/duty-states.md).
"""


def render(rules: Rules, gaps: GapRules) -> str:
    """The whole page."""
    parts = [INTRO, _obligations(rules, True), _obligations(rules, False), _gaps(gaps), _overrides(rules)]
    return "\n".join([*parts, lawtables.tables(rules, _table), _fields(rules), _instruments(rules)])


def _table(title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"## {title}", "", f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows), ""])


def _obligations(rules: Rules, active: bool) -> str:
    title = "Obligations that are judged" if active else "Obligations kept as data, not judged yet"
    head = ("id", "item", "who", "set off by", "kinds", "period", "due", "channels", "required", "basis", "in force",
            "audience")  # fmt: skip
    rows = (_obligation(row, rules) for row in rules.obligations.values() if row.active == active)
    return _table(title, head, rows)


def _obligation(row: Obligation, rules: Rules) -> tuple[str, ...]:
    channels = f"must: {', '.join(row.must)}" if row.must else ", ".join(row.also)
    return (
        row.id, row.item, ", ".join(row.classes), lawtables.set_off(row), ", ".join(row.kinds), row.period, _due(row),
        channels,
        _required(row.required), "; ".join(_bases(row, rules)), _span(row.effective_from, row.effective_to),
        row.audience,
    )  # fmt: skip


def _due(row: Obligation) -> str:
    if row.due is None:
        return "no duty"
    mail = f"{row.due.slack} d for the mail"
    said = (("rolls", row.due.roll), ("notices move it", row.due.overrides), (mail, row.due.slack > 0))
    marks = [mark for mark, on in said if on]
    return f"`{row.due.text}`{' (' + ', '.join(marks) + ')' if marks else ''}, grace {row.grace_days} d"


def _required(required: Required | None) -> str:
    if required is None:
        return "presence"
    words = "、".join(
        f"{u.zh}{'（' + ', '.join(sorted(u.classes)) + '）' if u.classes else ''}" for u in required.units
    )
    share = f"；≥ {required.min_share:.0%} of rows" if required.min_share is not None else ""
    return f"{words}{share}{'' if required.seen else '（待核对）'}"


def _bases(row: Obligation, rules: Rules) -> Iterator[str]:
    for basis in row.basis:
        yield f"{rules.instruments[basis.instrument].number} {article_words(basis.articles)} [{basis.seen}]".replace(
            "  ", " "
        )
    for exemption in row.exemptions:
        yield f"exempt: {rules.instruments[exemption.instrument].number}，{exemption.words}"


def _span(start: object, end: object) -> str:
    return f"{start} .. {end or ''}".strip()


_GROUPS = {
    "missing": "Missing (缺失)", "late": "Late (逾期)", "incomplete": "Incomplete (不完整)", "stale": "Stale (陈旧)",
    "inconsistent": "Inconsistent (矛盾)",
}  # fmt: skip
_STATE = "state of a duty"


def _gaps(gaps: GapRules) -> str:
    """One table a group: what a rule reads, from which of its numbers on it speaks, who may see what it says."""
    return "\n".join(_group(gaps, group, title) for group, title in _GROUPS.items())


def _group(gaps: GapRules, group: str, title: str) -> str:
    head = ("id", "version", "title", "audience", "min. confidence", "inputs", "severities", "params", "looks at")
    rules = (rule for rule in gaps.rules.values() if rule.group == group)
    return _table(f"Gap rules: {title}", head, (_gap(rule) for rule in sorted(rules, key=lambda rule: rule.id)))


def _gap(rule: GapRule) -> tuple[str, ...]:
    others = (f"{name} {_value(value)}" for name, value in rule.params.items() if name not in rule.severities)
    return (
        rule.id, rule.version, rule.title, rule.audience, rule.min_confidence, ", ".join(rule.inputs),
        ", ".join(f"{name} {level}" for name, level in rule.severities.items()), "; ".join(others), _looks_at(rule),
    )  # fmt: skip


def _looks_at(rule: GapRule) -> str:
    """The first line of what its check says of itself; a rule without one speaks of the state of a duty."""
    check = CHECKS.get(rule.id)
    if check is None:
        return _STATE
    said = (inspect.getdoc(check.run) or "").split("\n", 1)[0]
    return said.removeprefix(f"{rule.id}: ").removeprefix(f"{rule.id}, ")


def _value(value: object) -> str:
    if isinstance(value, list):
        return " ".join(f"`{item}`" for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_value(item)}" for key, item in value.items())
    return f"{value:g}" if isinstance(value, float) else str(value)


def _overrides(rules: Rules) -> str:
    head = ("obligation", "period", "due", "effect", "industries", "regions", "cite", "seen")
    return _table("Notices that move due days", head, (_override(row) for row in rules.overrides))


def _override(row: Override) -> tuple[str, ...]:
    industries, regions = "、".join(row.names) or "all", ", ".join(row.regions) or "all"
    return row.obligation, row.period, str(row.due), row.effect, industries, regions, row.cite, row.seen


def _fields(rules: Rules) -> str:
    rows = (
        (group.key, group.title, f.key, f.zh, f.need, "core" if f.core else "", group.seen)
        for group in rules.groups.values()
        for f in group.fields
    )
    return _table("Fields of the items", ("group", "title", "key", "field", "required", "weight", "seen"), rows)


def _instruments(rules: Rules) -> str:
    rows = (
        (row.key, row.title, row.number, _span(row.start, row.end), row.successor or "", _review(row), row.seen)
        for row in rules.instruments.values()
    )
    return _table("Instruments", ("key", "title", "number", "in force", "successor", "review", "seen"), rows)


def _review(row: Instrument) -> str:
    if row.needs_review:
        return "article of the Code: not read"
    return "" if row.precision == "day" else f"known by {row.precision}"


if __name__ == "__main__":
    sys.stdout.write(render(default(), params.load()))
