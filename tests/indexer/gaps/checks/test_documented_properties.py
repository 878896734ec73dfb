"""What holds for every check on documents: outages never add, order never matters, the later day is never looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.gaps.checks.documented import CHECKS
from indexer.gaps.checks.observation import Observation
from indexer.law.facts import Dated, Found, Look, Profile, Subject
from tests.indexer.gaps.checks.papers import EID, EID_SYSTEM, PERMITS, PLATFORM, listed, penalty, permit
from tests.indexer.gaps.checks.test_contradictions import PENALTY, VALID, WRONG
from tests.indexer.gaps.checks.test_papers import BODY
from tests.indexer.gaps.checks.views import FIRM, found, look, rule, view

DAY = "2024-06-28"
KINDS = ("annual_report", "interim_report", "permit", "profile", "emergency_plan", "eia", "listing", "monitoring")
DAYS = st.integers(0, 540).map(lambda n: date(2023, 1, 5) + timedelta(days=n))
BAD = st.builds(
    lambda on, kind, source, bad: look(on, bad, kind, source=source),
    DAYS, st.sampled_from(KINDS), st.sampled_from([EID, PERMITS, "self", "bureau"]),
    st.sampled_from(["failed", "blocked", "unreadable"]),
)  # fmt: skip
GOOD = st.builds(
    lambda on, kind, source, what: look(on, what, kind, source=source),
    DAYS, st.sampled_from(KINDS), st.sampled_from([EID, PERMITS, "self", "bureau"]),
    st.sampled_from(["found", "absent"]),
)  # fmt: skip
PAPERS: tuple[Found, ...] = (
    found("annual_report", "2023-03-01", source=EID, period="2022", text=f"2022年度 {BODY}", last_seen="2024-05-06"),
    found("annual_report", "2024-03-01", source=EID, period="2023", text=f"2023年度 {BODY}", title="正文详见附件",
          not_produced=frozenset({"penalties"}), present=frozenset({"G1", "G2"}), facts={"actual_load": 12.0}),
    found("permit_report", "2024-01-20", source=PERMITS, period="2023", facts={"load": 9.0}, last_seen="2024-04-01"),
    found("permit", "2023-02-01", source=PERMITS,
          facts={"permit_no": "914403001922038216001V", "valid_to": "2023-12-31"},
          last_seen="2024-02-01"),
    found("profile", "2023-02-01", fields={"生产地址": "/"}, facts={"uscc": WRONG, "name": "旧名公司"},
          last_seen="2024-05-01"),
    found("profile", "2023-03-01", source="other", facts={"name": "旧名公司"}, key="1"),
    found("profile", "2023-04-01", source="other", facts={"name": FIRM.name}, key="1"),
    found("emergency_plan", "2023-02-01", facts={"file_date": "2020-06-01"}, last_seen="2024-05-01",
          text="国控企业应急预案"),
    found("eia", "2024-02-20", last_seen="2024-03-04", title="竣工环境保护验收报告公示", published=date(2024, 2, 19),
          missed=tuple(date(2024, 3, n) for n in (5, 6, 7))),
    found("emission", "2023-02-01", outlet="DW001", facts={"standard": "GB 13271-2001"}, last_seen="2024-05-01"),
    PENALTY,
)  # fmt: skip
WHO = replace(
    FIRM, found=PAPERS,
    memberships=(listed("EL", 2023), listed("EL", 2024), listed("KPU.W", 2021), permit(end="2023-12-31")),
    channels=(EID_SYSTEM, PLATFORM), events=(penalty("2023-06-05", "2023-06-12"),),
    profile=Profile((Dated(FIRM.name, date(2021, 1, 1), date(2024, 1, 1)),), (VALID,)),
)  # fmt: skip


def told(who: Subject, day: str = DAY) -> dict[str, list[Observation]]:
    """What each check says of a subject, ordered by what it says."""
    facts: dict[str, Any] = {name: getattr(who, name) for name in who.__dataclass_fields__}
    shown = view(day, **facts)
    return {one.rule: sorted(one.run(shown, rule(one.rule)), key=repr) for one in CHECKS}


def said(who: Subject) -> set[tuple[str, str | None, str | None, str]]:
    """(rule, obligation, period, about) of everything that is told."""
    return {(name, one.obligation, one.period, one.about) for name, seen in told(who).items() for one in seen}


@settings(max_examples=12, deadline=None)
@given(st.lists(GOOD, max_size=12), st.lists(BAD, max_size=12), st.booleans())
def test_outages_never_add_to_what_is_told(good: list[Look], bad: list[Look], papers: bool) -> None:
    who = replace(WHO, looks=tuple(good), found=PAPERS if papers else ())
    assert said(replace(who, looks=(*good, *bad))) <= said(who)
    replaced = tuple(
        replace(one, outcome="failed", reason="503") if number % 2 else one for number, one in enumerate(good)
    )
    assert said(replace(who, looks=replaced)) <= said(who)


@settings(max_examples=8, deadline=None)
@given(st.lists(GOOD, max_size=12), st.integers(0, 2**32))
def test_order_never_matters(good: list[Look], seed: int) -> None:
    who, order = replace(WHO, looks=tuple(good)), Random(seed)
    mixed: dict[str, Any] = {}
    for name in ("found", "looks", "memberships", "channels", "events"):
        values = list(getattr(who, name))
        order.shuffle(values)
        mixed[name] = tuple(values)
    assert told(who) == told(replace(who, **mixed))


@settings(max_examples=8, deadline=None)
@given(st.lists(GOOD, max_size=12))
def test_looks_of_later_days_are_never_looked_at(good: list[Look]) -> None:
    day = date(2024, 3, 20)
    papers = tuple(
        replace(item, sightings=tuple(s for s in item.sightings if s <= day), last_seen=min(item.last_seen, day))
        for item in PAPERS if item.first_seen <= day
    )  # fmt: skip
    who = replace(WHO, found=papers, looks=tuple(good))
    cut = replace(who, looks=tuple(one for one in good if one.day <= day))
    assert told(who, str(day)) == told(cut, str(day))
    assert all(one.since <= day for seen in told(cut, str(day)).values() for one in seen)


def test_the_subject_is_one_of_whom_much_is_told() -> None:
    looks = tuple(look(on, "absent", "interim_report", source=EID) for on in ("2023-07-03", "2023-07-10", "2023-08-01"))
    after = (look("2024-01-05", "found", "permit", source=PERMITS),)
    rules = {name for name, seen in told(replace(WHO, looks=(*looks, *after))).items() if seen}
    assert {"MIS-06", "INC-02", "INC-06", "STA-02", "STA-04", "STA-06", "STA-07", "STA-08", "CON-14", "CON-15",
            "CON-16", "CON-18"} <= rules  # fmt: skip
