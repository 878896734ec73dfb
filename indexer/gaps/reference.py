"""The reference page of all rules (docs/reference/rules.md), written from the rules files.

``python -m indexer.gaps.reference > docs/reference/rules.md``; a test fails where the page is stale.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from indexer.gaps import params
from indexer.gaps.params import GapRules
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
    return "\n".join([*parts, _classes(rules), _fields(rules), _instruments(rules)])


def _table(title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"## {title}", "", f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows), ""])


def _obligations(rules: Rules, active: bool) -> str:
    title = "Obligations that are judged" if active else "Obligations kept as data, not judged yet"
    head = ("id", "item", "who", "kinds", "period", "due", "channels", "required", "basis", "in force", "audience")
    rows = (_obligation(row, rules) for row in rules.obligations.values() if row.active == active)
    return _table(title, head, rows)


def _obligation(row: Obligation, rules: Rules) -> tuple[str, ...]:
    channels = f"must: {', '.join(row.must)}" if row.must else ", ".join(row.also)
    return (
        row.id, row.item, ", ".join(row.classes), ", ".join(row.kinds), row.period, _due(row), channels,
        _required(row.required), "; ".join(_bases(row, rules)), _span(row.effective_from, row.effective_to),
        row.audience,
    )  # fmt: skip


def _due(row: Obligation) -> str:
    if row.due is None:
        return "kept at all times"
    marks = [mark for mark, on in (("rolls", row.due.roll), ("notices move it", row.due.overrides)) if on]
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


def _gaps(gaps: GapRules) -> str:
    rows = (
        (
            rule.id,
            rule.version,
            rule.title,
            rule.audience,
            ", ".join(_params(rule.numbers, rule.severities, rule.words)),
        )
        for rule in gaps.rules.values()
    )
    return _table("Gap rules", ("id", "version", "title", "audience", "params"), rows)


def _params(numbers: dict[str, float], severities: dict[str, params.Severity], words: frozenset[str]) -> Iterator[str]:
    yield from (f"{key} {value:g}" for key, value in numbers.items())
    yield from (f"{key} {value}" for key, value in severities.items())
    if words:
        yield f"words {' '.join(sorted(words))}"


def _overrides(rules: Rules) -> str:
    head = ("obligation", "period", "due", "effect", "industries", "regions", "cite", "seen")
    return _table("Notices that move due days", head, (_override(row) for row in rules.overrides))


def _override(row: Override) -> tuple[str, ...]:
    industries, regions = "、".join(row.names) or "all", ", ".join(row.regions) or "all"
    return row.obligation, row.period, str(row.due), row.effect, industries, regions, row.cite, row.seen


def _classes(rules: Rules) -> str:
    rows = ((row.cls, row.title, row.membership) for row in rules.classes.values())
    return _table("Classes of subjects", ("class", "title", "membership by"), rows)


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
