"""STA-01, 04, 05, 06, 07: what stopped, ran out, was not followed or was taken down; and the day just before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from indexer.gaps.checks.withdrawn import end_of
from indexer.law.errors import RulesError
from indexer.law.facts import Dated, Profile
from indexer.law.rules import default
from tests.indexer.gaps.checks.papers import FIRM_2023, PERMITS, PLATFORM, absent, outages, permit
from tests.indexer.gaps.checks.views import found, look, looks, run, series, view
from tests.indexer.gaps.checks.views import hours as values

DAILY = series(values("2024-03-01T00:00", [10.0] * 24), averaging="1d")


@pytest.mark.parametrize(("on", "severity"), [("2024-03-02", None), ("2024-03-03", "S2"), ("2024-03-04", "S3")])
def test_values_that_stopped(on: str, severity: str | None) -> None:
    told = run("STA-01", view("2024-04-01", series=(DAILY,), looks=(look(on),)))
    assert [one.severity for one in told] == ([severity] if severity else [])
    assert all(str(one.since) == on and "周期1日" in one.words for one in told)


def test_nobody_looked_so_nothing_stopped() -> None:
    assert run("STA-01", view("2024-04-01", series=(DAILY,))) == []
    assert run("STA-01", view("2024-04-01", series=(DAILY,), looks=outages((look("2024-03-20"),)))) == []
    manual = replace(DAILY, averaging="manual")
    assert run("STA-01", view("2024-09-01", series=(manual,), looks=(look("2024-07-17"),))) == []
    assert len(run("STA-01", view("2024-09-01", series=(manual,), looks=(look("2024-07-18"),)))) == 1


def test_what_stands_still_owes_no_values() -> None:
    facts = {"looks": (look("2024-03-20"),)}
    still = series(values("2024-03-01T00:00", [10.0] * 24, changes={23: {"mark": "stopped"}}), averaging="1d")
    assert run("STA-01", view("2024-04-01", series=(still,), **facts)) == []
    stated = found("monitoring", "2024-03-03", facts={"reason": "停产检修", "stop_from": "2024-03-02"}, outlet="DW001")
    assert run("STA-01", view("2024-04-01", series=(DAILY,), found=(stated,), **facts)) == []
    elsewhere = series(values("2024-03-01T00:00", [9.0] * 24), averaging="1d", outlet="DW002", outlet_name="二口")
    (one,) = run("STA-01", view("2024-04-01", series=(DAILY, elsewhere), found=(stated,), **facts))
    assert "二口" in one.words


def test_yearly_reports_that_stopped() -> None:
    facts = {"found": (found("permit_report", "2022-01-20", source=PERMITS, period="2021"),)}
    for on, told in (("2023-07-03", 0), ("2023-07-04", 1)):
        looked = (look(on, "found", "permit_report", source=PERMITS),)
        assert len(run("STA-01", view("2023-09-01", **facts, looks=looked))) == told


def held(end: str = "2024-03-31", **more: Any) -> dict[str, Any]:
    """A holder whose permit row states this end; the platform was read well on 2 April."""
    row = found("permit", "2022-01-20", source=PERMITS, facts={"permit_no": "9131", "valid": {"from": None, "to": end}})
    return {"found": (replace(row, **more),), "channels": (PLATFORM,), "memberships": (permit(end=end),),
            "looks": (look("2024-04-02", "found", "permit", source=PERMITS),)}  # fmt: skip


def test_a_permit_that_ran_out() -> None:
    (one,) = run("STA-04", view("2024-04-02", **held()))
    assert (one.severity, str(one.since)) == ("S3", "2024-04-02") and "有效期至2024-03-31" in one.words


@pytest.mark.parametrize("facts", [
    held(end="2024-04-02"), {**held(), "looks": (look("2024-03-31", "found", "permit", source=PERMITS),)},
    {**held(), "looks": outages(held()["looks"])}, held(title="排污许可证注销"),
    {**held(), "memberships": (permit(end="2029-03-31"),)},
    {**held(), "found": (*held()["found"], found("permit", "2024-03-01", source=PERMITS, key="new",
                                                  facts={"valid_to": "2029-03-31"}))},
])  # fmt: skip
def test_a_permit_that_holds_or_is_not_known_to_have_run_out(facts: dict[str, Any]) -> None:
    assert run("STA-04", view("2024-04-02", **facts)) == []


def names(old_until: str, new: str = "新名水务有限公司", first: str = "2023-03-01") -> dict[str, Any]:
    """The platform prints a new name from ``first`` on, another site the old one until ``old_until``."""
    old_name = "旧名水务有限公司"
    old = found("permit", "2023-01-05", source="a", facts={"name": old_name})
    return {"found": (old, found("permit", first, source="a", facts={"name": new}),
                      found("profile", "2023-01-10", source="b", facts={"name": old_name}, last_seen=old_until)),
            }  # fmt: skip


def test_a_change_that_another_site_does_not_follow() -> None:
    (one,) = run("STA-05", view("2023-06-01", **names("2023-04-01")))
    assert (one.severity, one.obligation, str(one.since)) == ("S2", "PR-8b", "2023-04-01") and "相隔31日" in one.words
    assert run("STA-05", view("2023-06-01", **names("2023-03-31"))) == []
    assert run("STA-05", view("2023-06-01", **names("2023-04-01", new="旧名水务有限公司 "))) == []
    followed = found("profile", "2023-03-20", source="b", facts={"name": "新名水务有限公司"})
    assert run("STA-05", view("2023-06-01", found=(*names("2023-04-01")["found"], followed))) == []


def test_a_change_counts_from_the_day_that_its_page_states() -> None:
    old_one, changed, other = names("2023-04-01", first="2023-03-25")["found"]
    # The platform was seen with the old name on 5 January and states that the new one is of 1 March.
    stated = replace(changed, published=date(2023, 3, 1))
    (one,) = run("STA-05", view("2023-06-01", found=(old_one, stated, other)))
    assert "自2023-03-01起" in one.words and "相隔31日" in one.words and str(one.since) == "2023-04-01"
    assert run("STA-05", view("2023-06-01", found=(old_one, changed, other))) == []
    # A look at the platform that still showed the old name contradicts the day.
    still = replace(old_one, last_seen=date(2023, 3, 1), sightings=(*old_one.sightings, date(2023, 3, 1)))
    assert run("STA-05", view("2023-06-01", found=(still, stated, other))) == []


def test_of_a_representative_the_name_is_never_told() -> None:
    who = Profile(legal_reps=(
        Dated("甲某", date(2021, 1, 5), date(2021, 2, 1), "a"), Dated("乙某", date(2021, 3, 1), date(2021, 6, 1), "a"),
        Dated("甲某", date(2021, 1, 5), date(2021, 5, 1), "b"),
    ))  # fmt: skip
    (one,) = run("STA-05", view("2021-07-01", profile=who))
    assert "甲某" not in one.words and "乙某" not in one.words and one.obligation == "O31-8"


def plan(seen: str) -> dict[str, Any]:
    """A plan filed on 2021-03-01, on show until ``seen``."""
    facts = {"file_date": "2021-03-01", "file_no": "310115-2021-001-L"}
    return {"found": (found("emergency_plan", "2021-04-01", facts=facts, last_seen=seen),)}


def test_a_plan_over_its_three_years() -> None:
    (one,) = run("STA-06", view("2024-06-01", **plan("2024-03-02")))
    assert (one.severity, one.obligation, str(one.since)) == ("S2", "EP4-2", "2024-03-02")
    assert run("STA-06", view("2024-06-01", **plan("2024-03-01"))) == []
    newer = found("emergency_plan", "2024-05-01", facts={"file_date": "2024-02-20"}, key="2")
    assert run("STA-06", view("2024-06-01", found=(*plan("2024-03-02")["found"], newer))) == []


GONE = tuple(date(2024, 3, n) for n in (5, 6, 7))
SHOWN = found("eia", "2024-02-20", last_seen="2024-03-04", title="竣工环境保护验收报告公示", missed=GONE,
              published=date(2024, 2, 19))  # fmt: skip


def test_a_paper_taken_down_before_twenty_working_days() -> None:
    (one,) = run("STA-07", view("2024-03-10", found=(SHOWN,), looks=absent("eia", *map(str, GONE), source="self")))
    assert (one.severity, one.obligation, str(one.since)) == ("S2", "ACC-2", "2024-03-07")
    assert "应公开至2024-03-18（20wd）" in one.words and len(one.visits) == 3


@pytest.mark.parametrize("changes", [
    {"missed": GONE[:2]}, {"title": "环境影响报告表受理公示"}, {"published": None}, {"missed": ()},
    {"missed": tuple(date(2024, 3, n) for n in (19, 20, 21))}, {"kind": "profile"},
])  # fmt: skip
def test_a_paper_that_was_long_enough_or_may_have_been(changes: dict[str, Any]) -> None:
    assert run("STA-07", view("2024-03-25", found=(replace(SHOWN, **changes),))) == []


def test_a_look_without_it_bounds_its_beginning() -> None:
    looked = looks("2024-02-19", 1, outcome="absent", kind="eia")
    assert len(run("STA-07", view("2024-03-25", found=(replace(SHOWN, published=None),), looks=looked))) == 1


def test_terms_are_of_known_shapes() -> None:
    rules = default()
    ends = [end_of(date(2024, 1, 31), term, rules) for term in ("10d", "1mo", "1y", "1wd")]
    assert ends == [date(2024, 2, 10), date(2024, 2, 29), date(2025, 1, 31), date(2024, 2, 1)]
    with pytest.raises(RulesError, match="STA-07: param terms: 'soon'"):
        end_of(date(2024, 1, 31), "soon", rules)


def test_a_firm_without_any_of_it_is_told_nothing() -> None:
    for name in ("STA-01", "STA-04", "STA-05", "STA-06", "STA-07"):
        assert run(name, view("2024-06-01", **FIRM_2023)) == []


@pytest.mark.parametrize(("frequency", "on", "told"), [
    ("1次/月", "2024-04-15", 0), ("1次/月", "2024-04-16", 1), ("1次/周", "2024-03-11", 0), ("1次/周", "2024-03-12", 1),
    ("1次/日", "2024-03-11", 0), ("1次/日", "2024-03-12", 1), ("1次/季", "2024-07-17", 0), ("1次/季", "2024-07-18", 1),
])  # fmt: skip
def test_manual_results_age_by_the_frequency_of_their_plan(frequency: str, on: str, told: int) -> None:
    manual = replace(DAILY, averaging="manual")
    facts = {"points": "废水排放口DW001", "indicators": "化学需氧量", "frequency": frequency}
    plan = found("monitoring_plan", on, facts=facts)
    shown = {"series": (manual,), "looks": (look(on),)}
    seen = run("STA-01", view("2024-09-01", found=(plan,), **shown))
    assert len(seen) == told and all(f"监测频次“{frequency}”" in one.words for one in seen)
    # What was asked for on the day before only is not stale yet.
    young = replace(plan, published=date.fromisoformat(on) - timedelta(days=1))
    assert run("STA-01", view("2024-09-01", found=(young,), **shown)) == []
