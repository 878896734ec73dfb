"""主动: of one's own accord, where the law asks for it, before others tell it, beyond what is owed, openly."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

from marshmallow import fields, validate

from indexer.gaps.scores.account import Item
from indexer.gaps.scores.counts import timed
from indexer.gaps.scores.measure import Data, Measure, Measured, Params, Share, evenly, grouped, named
from indexer.gaps.scores.rubric import Rubric

_SOME = validate.Length(min=1)


class EventParams(Params):
    """``obligations``: those that tell of penalties and changed permits, ``*`` at the end stands for any rest."""

    obligations = fields.List(fields.String(), required=True, validate=_SOME)


class VoluntaryParams(Params):
    """``full``: so many voluntary items earn everything; ``kinds`` that count, each with its name."""

    full = fields.Integer(required=True, validate=validate.Range(1))
    kinds = fields.Dict(keys=fields.String(), values=fields.String(), required=True, validate=_SOME)


class OpennessParams(Params):
    """Rules whose open findings say that there is no text to read, that a link does not last."""

    text = fields.List(fields.String(), required=True, validate=_SOME)
    link = fields.List(fields.String(), required=True, validate=_SOME)


def own_accord(data: Data, rubric: Rubric, params: Mapping[str, Any]) -> Measured | None:
    """Share of the due items found in a prescribed channel before a person had to confirm that they were missing."""
    shares = []
    for item, group in grouped(data.own, rubric):
        if item.standing.lawful is not None:
            good = item.standing.lawful and not item.intervened
            shares.append(Share("duty", item.ref, group.key, 1.0, float(good), _accord_words(item)))
    return evenly(shares)


def _accord_words(item: Item) -> str:
    if not item.seen:
        return f"{named(item)}未见公开，不计主动"
    if not item.standing.lawful:
        return f"{named(item)}不在法定渠道，不计主动"
    return f"{named(item)}经工作人员确认缺口后才公开，不计主动" if item.intervened else f"{named(item)}在规定渠道公开"


def events(data: Data, rubric: Rubric, params: Mapping[str, Any]) -> Measured | None:
    """Share of penalties and permit changes that it told of itself within the days the law gives for it."""
    shares = []
    for item, group in grouped(data.own, rubric):
        if timed(item) and any(fnmatchcase(item.obligation, pattern) for pattern in params["obligations"]):
            good = item.state != "missing" and item.delay is not None and item.delay <= 0
            words = f"{named(item)}{'自行按期公开' if good else f'未在{item.due}前自行公开'}"
            shares.append(Share("duty", item.ref, group.key, 1.0, float(good), words))
    return evenly(shares)


def voluntary(data: Data, rubric: Rubric, params: Mapping[str, Any]) -> Measured | None:
    """min(1, items / ``full``) of what is disclosed beyond duty; nothing to say of a subject with nothing observed."""
    if not any(item.standing.observed for item, _ in grouped(data.own, rubric)):
        return None
    full, kinds = params["full"], params["kinds"]
    found = [(kinds[kind], count) for kind, count in data.own.conduct.voluntary if kind in kinds]
    number = sum(count for _, count in found)
    listed = f"：{'、'.join(f'{title} {count}' for title, count in found)}" if found else ""
    words = f"义务以外公开{number}项（满{full}项得1）{listed}"
    return Measured((Share("fact", "", "", 1.0, min(1.0, number / full), words),))


def openness(data: Data, rubric: Rubric, params: Mapping[str, Any]) -> Measured | None:
    """No log-in, text that can be read, links that last, read by a program: an even share each of those known.

    Whatever was found was found without a log-in. That no program could read it may be our own failure: then nothing
    is said of it.
    """
    seen = [item for item, _ in grouped(data.own, rubric) if item.seen]
    if not seen:
        return None
    shares = [Share("fact", "", "", 1.0, 1.0, f"已见的{len(seen)}项无须登录即可查看")]
    for name, title in (("text", "可读文字"), ("link", "链接稳定")):
        against = [lead for lead in data.own.leads if lead.rule in params[name] and not lead.rejected]
        ref = against[0].ref if against else ""
        words = f"{title}：{f'有{len(against)}条未了结线索（{against[0].rule}）' if against else '无未了结线索'}"
        shares.append(Share("finding" if against else "fact", ref, "", 1.0, float(not against), words))
    if any(item.completeness is not None for item in seen):
        shares.append(Share("fact", "", "", 1.0, 1.0, "内容可由程序逐项读出"))
    return evenly(shares)


MEASURES = (
    Measure("own_accord", own_accord),
    Measure("events", events, EventParams),
    Measure("voluntary", voluntary, VoluntaryParams),
    Measure("openness", openness, OpennessParams),
)
