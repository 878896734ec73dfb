"""CON-19: solid waste that does not balance (固体废物收支不平): what came against what went and what is held."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.steps import beyond
from indexer.gaps.checks.terms import number
from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule
from indexer.law.facts import Found

PARAMS = ("within", "severity", "kinds")
_IN = {"produced": "产生", "stock_in": "期初贮存"}
_OUT = {"used": "利用", "disposed": "处置", "transferred": "转移", "stored": "期末贮存"}


def run(view: View, rule: GapRule) -> Iterator[Observation]:
    """One observation a row of waste."""
    for item in view.found(*rule.texts("kinds")):
        yield from _balanced(item, rule)


def _amounts(item: Found, names: dict[str, str]) -> dict[str, float]:
    found = {word: number(item.facts.get(key)) for key, word in names.items()}
    return {word: amount for word, amount in found.items() if amount is not None}


def _balanced(item: Found, rule: GapRule) -> Iterator[Observation]:
    came, went = _amounts(item, _IN), _amounts(item, _OUT)
    if "产生" not in came or "期末贮存" not in went or len(went) < 2:
        return
    if _unread(item):
        return
    total, gone = sum(came.values()), sum(went.values())
    # Without what was held before, more may have gone than was produced; the reverse needs no stock to be wrong.
    if "期初贮存" not in came and gone > total:
        return
    most = max(total, gone)
    if most <= 0 or not beyond(abs(total - gone), rule.number("within") * most):
        return
    name = item.facts.get("waste") or item.facts.get("waste_code") or "固体废物"
    words = (
        f"{item.period or ''}{name}：{'＋'.join(f'{word}{value:g}' for word, value in came.items())}＝{total:g} t，"
        f"{'＋'.join(f'{word}{value:g}' for word, value in went.items())}＝{gone:g} t，相差{abs(total - gone):.4g} t"
        f"（{abs(total - gone) / most:.0%}）"
    )
    yield Observation(
        rule.severity(), "medium", words, item.first_seen, period=item.period, about=f"{name}|{item.id}",
        captures=item.captures, found=(item.id,),
    )  # fmt: skip


def _unread(item: Found) -> bool:
    """True where an amount is printed that is no number of tonnes: then nothing can be added up."""
    printed = (item.facts.get(key) for key in (*_IN, *_OUT))
    return any(said is not None and number(said) is None for said in printed)
