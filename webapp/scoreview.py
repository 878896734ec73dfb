"""A score as pages show it: its lines under their heads, its rank in words, its months, the rubric it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort
from flask_babel import gettext as _

from indexer.gaps.scores import rubricfile
from indexer.gaps.scores.rubric import Rubric
from indexer.search import scores as questions
from indexer.search.duties import Reader
from webapp import chart, results
from webapp.services import services

MOST = 200
"""Lines shown of one head, those that lost most first."""
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Lines:
    """The lines of one head (or of what was done to the whole), those that lost most first; ``more`` are not shown."""

    key: str
    title: str
    value: float | None
    weight: float | None
    lines: list[Row]
    more: int


def rubric_of(key: str | None, kind: str) -> Rubric:
    """The rubric asked for, else the first that has scores of this kind; a 404 page where it has none."""
    fitting = rubrics(kind)
    chosen = next((rubric for rubric in fitting if rubric.key == key), None) if key else fitting[0]
    if chosen is None:
        abort(404, _("没有名为 %(name)s 的评分标准可用于此。", name=key))
    return chosen


def rubrics(kind: str) -> list[Rubric]:
    """The rubrics that have scores of this kind, the project's own first."""
    known = rubricfile.load().values()
    own = kind in ("enterprise", "authority")
    fitting = [one for one in known if (kind in one.subjects if own else one.regions is not None)]
    return sorted(fitting, key=lambda one: (one.key != rubricfile.FIRST, one.key))


def months(rubric: Rubric, reader: Reader) -> list[str]:
    """The months that have scores, newest first."""
    answer = services().store.search("scores", questions.months(rubric.key, reader))
    return [bucket["key"] for bucket in results.buckets(answer, "months")]


def month_of(asked: str | None, known: Sequence[str]) -> str | None:
    """The month asked for, else the newest; None where there are no scores, a 404 page where none of that month."""
    if not asked or not known:
        return known[0] if known else None
    if asked not in known:
        abort(404, _("%(month)s 没有评分。", month=asked))
    return asked


def history(kind: str, subject: str, rubric: Rubric, reader: Reader) -> list[dict[str, Any]]:
    """The newest months of one subject, the newest first."""
    return results.rows(services().store.search("scores", questions.history(kind, subject, rubric.key, reader)))


def score(kind: str, subject: str, rubric: Rubric, reader: Reader, month: str) -> Row | None:
    """The score of one month with its lines."""
    return services().store.get("scores", questions.identifier(kind, subject, rubric.key, reader, month))


def by_head(found: Row, rubric: Rubric) -> list[Lines]:
    """The lines under their heads in the rubric's order, then what was done to the whole."""
    kept = {head["key"]: head for head in found["heads"]}
    titles: dict[str, Any] = {head.key: head.title for head in rubric.heads}
    titles |= {head["key"]: head["title"] for head in found["heads"]}
    titles |= {"cap": _("封顶"), "shrink": _("收缩")}
    grouped: dict[str, list[Row]] = {key: [] for key in titles}
    for line in found["lines"]:
        grouped[line["head"]].append(line)
    return [
        _lines(key, titles[key], kept.get(key), lines) for key, lines in grouped.items() if lines or key in kept
    ]  # fmt: skip


def _lines(key: str, title: str, head: Row | None, lines: list[Row]) -> Lines:
    ordered = sorted(lines, key=lambda line: (-line["lost"], -line["earned"]))
    value, weight = (head["value"], head["weight"]) if head else (None, None)
    return Lines(key, title, value, weight, ordered[:MOST], max(0, len(ordered) - MOST))


def rank_words(rank: Row, rubric: Rubric) -> str:
    """``第 3 名，共 12``; a band where the place moves much with the weights."""
    if rank["high"] - rank["low"] > rubric.ranking.band:
        return str(_("第 %(low)s–%(high)s 名之间，共 %(of)s", low=rank["low"], high=rank["high"], of=rank["of"]))
    return str(_("第 %(rank)s 名，共 %(of)s", rank=rank["rank"], of=rank["of"]))


def range_words(rank: Row) -> str:
    """How firm the rank is."""
    if rank["low"] == rank["high"]:
        return str(_("各项权数变动时名次不变"))
    return str(_("各项权数变动时在第 %(low)s–%(high)s 名", low=rank["low"], high=rank["high"]))


def rank_in(found: Row, scope: str) -> Row | None:
    """Its rank in one scope."""
    return next((rank for rank in found["ranks"] if rank["scope"] == scope), None)


def doubt_words(found: Row, rubric: Rubric) -> str:
    """Why there is no rank."""
    doubt = found["doubt"] or ""
    least = f"{rubric.ranking.min_observable:.0%}"
    if doubt == "few_observed":
        return str(_("数据不足：可观察的到期事项不足 %(least)s，不评等级，不排名", least=least))
    if doubt == "few_heads":
        return str(_("数据不足：有数据的项目权数不足 %(least)s，不评等级，不排名", least=least))
    titles = {head.key: head.title for head in rubric.heads}
    return str(_("“%(head)s”无从判断，不评等级，不排名", head=titles.get(doubt.removeprefix("head:"), doubt)))


def drawing(rows: Sequence[Row]) -> chart.Drawing | None:
    """The totals of the months as a chart, oldest first."""
    told = [row for row in reversed(rows) if row["total"] is not None]
    return chart.draw([
        {"time": f"{row['as_of']}T00:00:00+08:00", "value": row["total"], "dl": None, "limit_high": None,
         "limit_low": None, "verdict": None, "censored": None}
        for row in told
    ])  # fmt: skip


def scaled(total: float | None, rubric: Rubric) -> float | None:
    """The total in the rubric's own points (10 of the assessment of monitoring)."""
    return None if total is None else round(total * rubric.full / 100, 2)
