"""Permits (排污许可证): a holder on no list (MIS-09), a permit that ran out (STA-04)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from indexer.gaps.channels import in_regions
from indexer.gaps.checks import proof
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule
from indexer.law.facts import Channel, Found, Membership
from indexer.law.model import within

LISTING = "listing"
LISTED_FROM = date(2023, 1, 1)
"""Order 27 (生态环境部令第27号) lists holders under key management from here on."""


def unlisted(view: View, rule: GapRule) -> Iterator[Observation]:
    """MIS-09, asked of the authority: a permit under key management, lists that were read, the holder on none."""
    members = view.subject.memberships
    held = [m for m in members if within(m.cls, "PK") and _holds(m, view.as_of)]
    if view.as_of < LISTED_FROM or not held:
        return
    years = {view.as_of.year, view.as_of.year - 1}
    if any(within(m.cls, "KPU") and m.year in years for m in members):
        return
    days = _lists_read(view)
    if len(days) < int(rule.number("looks")):
        return
    permit = min(held, key=lambda m: (m.first_seen, m.source))
    words = (
        f"持有重点管理排污许可证（{permit.extra.get('permit_no', '编号未载')}，有效至{permit.valid_to}），"
        f"而{min(years)}、{max(years)}年名录经{len(days)}日有效查看（{proof.days_words(days)}）未列入"
    )
    since = max(days[int(rule.number("looks")) - 1], permit.first_seen)
    yield Observation(rule.severity(), "medium", words, since, "GOV-1", str(view.as_of.year), to_authority=True)


def _holds(member: Membership, day: date) -> bool:
    return (member.valid_from or date.min) <= day <= (member.valid_to or date.max)


def _lists_read(view: View) -> tuple[date, ...]:
    """Days of this year on which a list of key polluting enterprises of the subject's region was read well."""
    lists = {channel.source for channel in view.subject.channels if _is_list(view, channel)}
    return tuple(sorted({
        look.day for source in lists for look in view.evidence.looks.get((source, LISTING), ())
        if look.outcome in ("found", "absent") and date(view.as_of.year, 1, 1) <= look.day <= view.as_of
    }))  # fmt: skip


def _is_list(view: View, channel: Channel) -> bool:
    return any(
        LISTING in cover.kinds and any(within(cls, "KPU") for cls in cover.classes) and in_regions(cover, view.subject)
        for cover in channel.covers
    )


def expired(view: View, rule: GapRule) -> Iterator[Observation]:
    """STA-04: the last known day of validity is over, the source was read well since and shows no later one."""
    shown = view.found("permit")
    ends = {item.id: end for item in shown if (end := valid_to(item)) is not None}
    member_ends = [m.valid_to for m in view.subject.memberships if m.valid_to is not None]
    if not ends or max([*ends.values(), *member_ends]) >= view.as_of or _ended(shown, rule):
        return
    newest = max((item for item in shown if item.id in ends), key=lambda item: (ends[item.id], item.id))
    end = ends[newest.id]
    look = proof.looked_well(view, newest.source, "permit", end)
    if look is None:
        return
    number = newest.facts.get("permit_no") or "编号未载"
    words = f"排污许可证{number}有效期至{end}；{look.day}有效查看仍无延续，已届满{(look.day - end).days}日"
    since = min(
        seen.day
        for seen in view.evidence.looks[newest.source, "permit"]
        if seen.day > end and seen.outcome in ("found", "absent")
    )
    yield Observation(
        rule.severity(), "high", words, since, "PR-8a", None, str(number), newest.captures, (look.visit,), (newest.id,)
    )


def _ended(shown: tuple[Found, ...], rule: GapRule) -> bool:
    """True where a row says that the permit was given up or the works closed: nothing is to be renewed then."""
    said = (
        f"{item.title} {item.facts.get('permit_action', '')} {item.facts.get('status', '')} "
        f"{item.facts.get('notice_date', '') and '注销'}"
        for item in shown
    )
    return any(word in words for words in said for word in rule.texts("ended"))


def valid_to(item: Found) -> date | None:
    """The last day of validity that a permit row states, under its own heading or in a span."""
    span: Any = item.facts.get("valid")
    for value in (item.facts.get("valid_to"), span.get("to") if isinstance(span, dict) else span):
        if isinstance(value, dict):
            value = value.get("to")
        try:
            if isinstance(value, str):
                return date.fromisoformat(value)
        except ValueError:
            continue
    return None
