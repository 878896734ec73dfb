"""Which events an enterprise's disclosures tell of."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from indexer.law.facts import Dated, Event, Found, Profile
from indexer.law.rules import default
from indexer.register.events import drawn

D = date.fromisoformat
NOBODY = Profile()


def item(kind: str, seen: str = "2024-06-01", **changes: Any) -> Found:
    """A disclosure of one kind."""
    facts = changes.pop("facts", {})
    plain = Found(
        f"d-{kind}-{seen}", "bureau", "city_bureau", kind, None, None, D(seen), D(seen), (D(seen),),
        frozenset(facts), frozenset(), facts, ({"run": "r", "file": "f", "offset": 0, "digest": seen},), key="k",
    )  # fmt: skip
    return replace(plain, **changes)


def events(*found: Found, profile: Profile = NOBODY, kind: str = "") -> list[Event]:
    return [event for event in drawn(found, profile, default()) if kind in ("", event.kind)]


PENALTY = item("penalty", facts={"date": "2024-05-06", "authority": "某市生态环境局"}, document_no="某环罚〔2024〕1号")


def test_a_penalty_on_two_sites_is_one_event() -> None:
    other = replace(PENALTY, id="d-2", source="credit", first_seen=D("2024-05-20"), captures=({"run": "s"},))
    bare = replace(PENALTY, id="d-3", source="list", document_no=None)
    found = events(PENALTY, other, bare)
    assert [(event.kind, event.day, event.known, event.ref) for event in found] == [
        ("penalty", D("2024-05-06"), D("2024-05-20"), "某环罚〔2024〕1号")
    ]
    assert found[0].source == "credit" and len(found[0].captures) == 2
    second = replace(PENALTY, id="d-4", document_no="某环罚〔2024〕2号", facts={"date": "2024-05-09"})
    assert len(events(PENALTY, second)) == 2


def test_the_order_of_facts_does_not_matter() -> None:
    found = [PENALTY, replace(PENALTY, id="d-3", document_no=None), item("incident", facts={"date": "2024-01-02"})]
    expected = events(*found)
    for seed in range(5):
        random.Random(seed).shuffle(found)
        assert events(*found) == expected


def test_what_is_not_dated_is_no_event() -> None:
    assert events(replace(PENALTY, facts={})) == []
    assert events(replace(PENALTY, facts={"date": "2024年某日"})) == []


@pytest.mark.parametrize(
    ("found", "kind", "day"),
    [
        (item("permit", facts={"permit_action": "首次申请", "issued": "2019-06-01"}), "permit_granted", "2019-06-01"),
        (item("permit", facts={"permit_action": "变更", "issued": "2020-02-01"}), "permit_changed", "2020-02-01"),
        (item("permit", facts={"permit_action": "延续", "issued": "2022-06-01"}), "permit_renewed", "2022-06-01"),
        (item("permit", title="许可证撤销公告", facts={"notice_date": "2023-01-05"}), "permit_revoked", "2023-01-05"),
        (item("penalty", facts={"date": "2024-05-06", "content": "处行政拘留五日"}), "detention", "2024-05-06"),
        (item("other", title="刑事判决公告", facts={"date": "2024-05-06"}), "prosecution", "2024-05-06"),
        (item("other", title="生态环境损害赔偿协议公示", facts={"date": "2024-05-07"}), "damages", "2024-05-07"),
        (item("incident", facts={"date": "2024-03-03"}), "incident", "2024-03-03"),
        (item("interim_report", title="突发环境事件临时报告", facts={"date": "2024-03-03"}), "incident", "2024-03-03"),
        (item("emergency_plan", facts={"signed": "2024-03-01"}), "plan_signed", "2024-03-01"),
        (item("emergency_plan", facts={"file_date": "2024-03-20", "file_no": "99-1"}), "plan_filed", "2024-03-20"),
        (item("other", facts={"drill_date": "2024-09-01"}), "drill", "2024-09-01"),
        (item("eia", facts={"completed": "2024-02-02"}), "project_completed", "2024-02-02"),
        (item("eia", facts={"commissioned": "2024-02-20"}), "commissioning_begun", "2024-02-20"),
        (item("eia", facts={"acceptance_date": "2024-04-01"}), "acceptance_made", "2024-04-01"),
        (item("eia", title="竣工环境保护验收公示", facts={"shown": {"from": "2024-04-02", "to": "2024-04-30"}}),
         "showing_ended", "2024-04-30"),
        (item("eia", facts={"eia_date": "2018-04-01", "eia_doc": "某环审1号"}), "project_approved", "2018-04-01"),
        (item("cleaner_production", facts={"audit_result": "通过", "date": "2024-08-01"}), "audit_done", "2024-08-01"),
        (item("annual_report", published=D("2024-03-10"), period="2023"), "report_uploaded", "2024-03-10"),
    ],
)  # fmt: skip
def test_each_kind_of_event_is_drawn(found: Found, kind: str, day: str) -> None:
    told = events(found, kind=kind)
    assert [(event.day, event.found) for event in told] == [(D(day), found.id)]


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        (item("permit", facts={"permit_action": "补办", "issued": "2020-02-01"}), "permit_changed"),
        (item("permit", title="排污许可证注销公告", facts={"notice_date": "2023-01-05"}), "permit_revoked"),
        (item("penalty", facts={"date": "2024-05-06", "content": "罚款五万元"}), "detention"),
        (item("penalty", facts={"date": "2024-05-06", "content": "构成犯罪的，依法追究刑事责任的"}), "prosecution"),
        (item("interim_report", title="突发环境事件应急预案演练", facts={"date": "2024-03-03"}), "incident"),
        (item("eia", title="环境影响报告书受理公示", facts={"shown": {"from": "2024-04-02", "to": "2024-04-30"}}),
         "showing_ended"),
        (item("eia", title="拟批准公示", facts={"eia_date": "2018-04-01"}), "project_approved"),
        (item("cleaner_production", facts={"date": "2024-08-01"}), "audit_done"),
    ],
)  # fmt: skip
def test_what_only_looks_like_one_is_none(found: Found, kind: str) -> None:
    assert events(found, kind=kind) == []


def test_the_same_version_of_a_permit_on_two_sites_is_one_event() -> None:
    first = item("permit", facts={"permit_action": "首次申请", "issued": "2019-06-01", "permit_no": "91…001P"})
    other = replace(first, id="d-9", source="other", facts=first.facts | {"permit_no": "91…OO1P"})
    assert len(events(first, other)) == 1


def test_content_that_changes_in_a_required_field_is_an_event() -> None:
    before = item("profile", "2021-01-05", facts={"products": "纸", "remark": "a"})
    after = item("profile", "2021-07-05", facts={"products": "纸板", "remark": "a"})
    told = events(before, after, kind="content_changed")
    assert [(event.day, event.extra["of"], event.found) for event in told] == [(D("2021-07-05"), "profile", after.id)]
    remark = replace(after, facts={"products": "纸", "remark": "b"})
    assert events(before, remark, kind="content_changed") == []
    assert events(before, replace(after, key="other"), kind="content_changed") == []


def test_a_new_name_is_an_event_and_an_old_one_that_comes_back_is_none() -> None:
    names = (Dated("甲厂", D("2020-01-01"), D("2021-01-01")), Dated("乙公司", D("2021-02-01"), D("2024-01-01")))
    told = events(profile=Profile(names=names), kind="particulars_changed")
    assert [(event.day, event.extra) for event in told] == [(D("2021-02-01"), {"what": "name"})]
    assert "乙公司" not in told[0].ref
    assert events(profile=Profile(names=(names[0], replace(names[0], first=D("2023-01-01"))))) == []
