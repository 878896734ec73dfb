"""How a due day came about, article by article, or why an obligation does not apply (释明). Pure.

What would have to be otherwise is asked of the law itself: the same question under a later day, under a wider interval.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from indexer.law.basis import article_words
from indexer.law.calendar import FIRST_YEAR, LAST_YEAR, Calendar
from indexer.law.derived import OPEN, derived
from indexer.law.duties import Duty, duties
from indexer.law.facts import Membership, Subject
from indexer.law.model import Obligation, Override
from indexer.law.notices import notice_for
from indexer.law.rules import Rules

AHEAD = timedelta(days=400)
"""How far ahead duties are looked for that do not exist yet."""
ALWAYS = date(1900, 1, 1)


@dataclass(frozen=True)
class Explained:
    """One duty with its steps in Chinese words, in the order in which they were taken."""

    duty: Duty
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Explanation:
    """The duties of one obligation on a day, and in words why there is none, or why some other is none."""

    obligation: Obligation
    subject: str
    as_of: date
    duties: tuple[Explained, ...]
    reasons: tuple[str, ...]


def explain(obligation: str, subject: Subject, rules: Rules, as_of: date) -> Explanation:
    """The explanation of one obligation for one subject on a day; raises KeyError for an unknown obligation."""
    row = rules.obligations[obligation]
    found = _asked(row, subject, rules, as_of)
    told = tuple(Explained(duty, tuple(_steps(duty, subject, rules))) for duty in found)
    return Explanation(row, subject.id, as_of, told, tuple(_reasons(row, subject, rules, as_of, found)))


def _asked(row: Obligation, subject: Subject, rules: Rules, as_of: date) -> list[Duty]:
    return duties(subject, replace(rules, obligations={row.id: row}), as_of)


def _steps(duty: Duty, subject: Subject, rules: Rules) -> Iterator[str]:
    yield f"身份：{'；'.join(_member(m, rules) for m in _members(subject, duty, rules))}"
    yield from _basis(duty, rules)
    yield from (f"期限：{step}" for step in duty.due.words.split("；"))
    yield from _notices(duty, subject, rules)
    yield f"日历：{_calendar(rules.calendar, duty.due.latest)}"
    if duty.exempt:
        yield f"免除：{duty.exempt}"
    interval = f"{duty.obligation.effective_from}至{duty.obligation.effective_to or '今'}"
    yield f"效力：本项义务自{interval}有效；义务自{duty.made}起可认定；规则版本{duty.rules_version}"


def _members(subject: Subject, duty: Duty, rules: Rules) -> list[Membership]:
    """What makes it owe the duty: lists and permits, or what facts show (then not all its other classes)."""
    return [m for m in derived(subject, rules.classes) if m.cls in duty.classes and duty.obligation.carries(m.cls)]


def _member(m: Membership, rules: Rules) -> str:
    title = rules.classes[m.cls].title if m.cls in rules.classes else m.cls
    if m.valid_to == OPEN:
        return f"{title}（{m.cls}，据{m.first_seen}所见信息认定）"
    when = f"{m.year}年名录" if m.year is not None else f"有效期{m.valid_from or '不详'}至{m.valid_to or '不详'}"
    out = f"，{'假定' if m.assumed else ''}公布日{m.published}" if m.published else ""
    return f"{title}（{m.cls}，{when}{out}，来源{m.source or '不详'}，{m.first_seen}首见）"


def _basis(duty: Duty, rules: Rules) -> Iterator[str]:
    """Each article of the row, whether its instrument is in force on the due day, and whether it was read."""
    for item in duty.obligation.basis:
        law = rules.instruments[item.instrument]
        force = "有效" if law.in_force(duty.due.latest) else "当日无效"
        span = f"{law.start}至{law.end or '今'}"
        read = "已核对" if item.seen == "S" else "待核对"
        after = f"，由《{rules.instruments[law.successor].title}》接替" if law.successor and law.end else ""
        yield f"依据：《{law.title}》{law.number} {article_words(item.articles)}（{span}，{force}{after}；{read}）"


def _notices(duty: Duty, subject: Subject, rules: Rules) -> Iterator[str]:
    rows = [row for row in rules.overrides if (row.obligation, row.period) == (duty.obligation.id, duty.period)]
    industry = subject.industry or next(
        (m.extra["industry"] for m in subject.memberships if "industry" in m.extra), None
    )
    chosen = notice_for(rules.overrides, duty.obligation.id, duty.period, subject.region_path, industry)
    for row in rows:
        yield f"通知：{row.cite}，{row.due}（{_fit(row, chosen)}）"


def _fit(row: Override, chosen: Override | None) -> str:
    if row.effect == "reminder":
        return "仅为提醒，不改变法定期限"
    return "适用" if row is chosen else "不适用于该地区、行业，或已有在先的通知"


def _calendar(calendar: Calendar, day: date) -> str:
    notice = next((n for n in calendar.notices if n.year == day.year), None)
    if notice is not None:
        return f"{day.year}年按导入的《{notice.citation}》（{notice.checked}核对）"
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return f"{day.year}年按国务院办公厅节假日安排"
    return f"{day.year}年节假日安排尚未导入，期限为暂定"


def _reasons(row: Obligation, subject: Subject, rules: Rules, as_of: date, found: list[Duty]) -> Iterator[str]:
    if not row.active:
        yield "本项义务尚未纳入核查（active: false）"
        return
    if row.trigger == "none":
        yield "本项不设义务期限，不因其产生差距"
        return
    own = [m for m in derived(subject, rules.classes) if row.carries(m.cls)]
    known = [m for m in own if m.first_seen <= as_of]
    if not known:
        yield _no_class(row, own, rules)
        return
    yield from _unusable(known, rules)
    ids = {duty.id for duty in found}
    wide = replace(row, effective_from=ALWAYS, effective_to=None)
    for duty in _asked(wide, subject, rules, as_of):
        if duty.id not in ids:
            interval = f"{row.effective_from}至{row.effective_to or '今'}"
            yield f"{duty.period}：触发事项或期限{duty.due.latest}不在效力期间（{interval}）内，不成为义务"
    for duty in _asked(row, subject, rules, as_of + AHEAD):
        if duty.id not in ids and duty.made > as_of:
            yield f"{duty.period}：自{duty.made}起才可认定（应于{duty.due.latest}前公开），{as_of}尚无"
    if not found and row.printed:
        yield "许可证信息公开内容中未见载明本项"
    if not found and row.events:
        yield f"截至{as_of}未见触发本项义务的事项（{row.item}）"


def _no_class(row: Obligation, later: list[Membership], rules: Rules) -> str:
    titles = "、".join(rules.classes[cls].title if cls in rules.classes else cls for cls in row.classes)
    if later:
        return f"当日尚不知其属于{titles}：最早的凭据首见于{min(m.first_seen for m in later)}"
    return f"不属于承担本项义务的主体：{titles}"


def _unusable(known: list[Membership], rules: Rules) -> Iterator[str]:
    for m in known:
        sort = rules.classes[m.cls].membership if m.cls in rules.classes else "list"
        if sort == "list" and m.year is None:
            yield f"{m.source}的{m.cls}名录没有年份，无从成立义务"
        if sort == "permit" and (m.valid_from is None or m.valid_to is None):
            yield f"{m.source}的许可证没有有效期限，无从成立义务"
