"""CON-12: a load many times that of the year before, or a fraction, with production much the same (排放量突变)."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.stated import Load, folded, loads
from indexer.gaps.checks.steps import beyond
from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule

PARAMS = ("most", "least", "production", "severity", "kinds")


def run(view: View, rule: GapRule) -> Iterator[Observation]:
    """Years that follow each other of one source, kind, outlet and pollutant, where both years print production."""
    output = _production(view, rule)
    for kind in rule.texts("kinds"):
        years: dict[tuple[str, str, str], dict[int, Load]] = {}
        for load in loads(view, kind):
            if load.period and len(load.period) == 4:
                years.setdefault((load.item.source, folded(load.outlet), load.pollutant), {})[int(load.period)] = load
        for _, own in sorted(years.items(), key=lambda pair: pair[0]):
            for year, load in sorted(own.items()):
                if year - 1 in own:
                    yield from _compared(own[year - 1], load, output, rule)


def _production(view: View, rule: GapRule) -> dict[tuple[str, str], float]:
    """Production by kind of report and year, as any row of the report prints it."""
    found: dict[tuple[str, str], float] = {}
    for item in view.found(*rule.texts("kinds")):
        said = item.facts.get("production")
        if item.period and isinstance(said, int | float):
            found.setdefault((item.kind, item.period), float(said))
    return found


def _compared(before: Load, load: Load, output: dict[tuple[str, str], float], rule: GapRule) -> Iterator[Observation]:
    made = [
        one.production if one.production is not None else output.get((one.item.kind, one.period or ""))
        for one in (before, load)
    ]
    if before.tonnes <= 0 or made[0] is None or made[1] is None or min(made[0], made[1]) <= 0:
        return
    ratio, change = load.tonnes / before.tonnes, max(made[0], made[1]) / min(made[0], made[1])
    leapt = beyond(ratio, rule.number("most")) or beyond(rule.number("least"), ratio)
    if not leapt or not beyond(rule.number("production"), change):
        return
    words = (
        f"{load.where}排放量{before.period}年{before.tonnes:g} t，{load.period}年{load.tonnes:g} t，"
        f"为上年的{ratio:.3g}倍，"
        f"而产量{made[0]:g}→{made[1]:g}，变化{change:.2f}倍"
    )
    yield Observation(
        rule.severity(), "medium", words, max(before.item.first_seen, load.item.first_seen), period=load.period,
        about=load.where, captures=(*load.item.captures, *before.item.captures), found=(load.item.id, before.item.id),
    )  # fmt: skip
