"""The list of gaps on a past day: the page, the file, the desk; each row is what judging that day anew says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from indexer.law.facts import Decision, Subject
from indexer.register import facts
from indexer.scan import scan
from tests.indexer.gaps.conftest import D, found, look, subject
from tests.webapp.conftest import Site, logged_in
from tests.webapp.samples import ID, OTHER
from tests.webapp.test_csv import rows

LOOKS = (look("2021-07-05"), look("2021-07-10"), look("2021-07-15"))
STAFF_ONLY = tuple(replace(one, kind="other", visit=f"{one.visit}-other") for one in LOOKS)
FIRST = subject(
    id=ID, looks=(*LOOKS, *STAFF_ONLY), found=(found("2021-09-10"),),
    decisions=(Decision("1", "O31-1|once:2021", "false_alarm", D("2021-08-05"), D("2021-09-01")),),
)  # fmt: skip
SECOND = subject(id=OTHER, name="守约公司", looks=LOOKS, region_path=("310000", "310116"))


def know(monkeypatch: pytest.MonkeyPatch, *subjects: Subject) -> None:
    """Sets whom the register knows."""

    def answer(
        _store: Any, _session: Any, as_of: date, ids: Sequence[str] | None = None, _sources: Any = (), **_: Any
    ) -> Any:
        known = [one for one in subjects if any(member.first_seen <= as_of for member in one.memberships)]
        return iter([one for one in known if ids is None or one.id in ids])

    monkeypatch.setattr(facts, "subjects", answer)


@pytest.fixture
def past(fresh: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site judged up to the end of September 2021, asked at the end of December."""
    monkeypatch.setenv("QINGCE_CLOCK", "2021-12-31")
    know(monkeypatch, FIRST, SECOND)
    scan(fresh.store, fresh.settings.indexer, D("2021-09-30"))
    yield fresh


def told(text: str) -> dict[tuple[str, str], str]:
    """State by enterprise and obligation, of a file."""
    return {(row["企业编号"], row["事项编号"]): row["状态代码"] for row in rows(text) if row["企业编号"]}


DAYS: list[tuple[str, dict[str, str]]] = [
    ("2021-07-14", {}),
    ("2021-07-15", {ID: "missing", OTHER: "missing"}),
    ("2021-08-05", {OTHER: "missing"}),  # called a false alarm
    ("2021-09-02", {ID: "missing", OTHER: "missing"}),
    ("2021-09-10", {ID: "late", OTHER: "missing"}),
]


def test_each_day_has_its_own_gaps(past: Site) -> None:
    client = past.app.test_client()
    for day, states in DAYS:
        wanted = {(enterprise, "O31-1"): state for enterprise, state in states.items()}
        for how in ("known_at", "public_on"):
            assert told(client.get(f"/gaps.csv?{how}={day}").text) == wanted, day
        page = client.get(f"/gaps?known_at={day}").text
        assert f"截至 {day} 所知" in page and f"{len(states)} 项" in page and "最近一次核查" not in page
        for enterprise in states:
            link = f"/enterprise/{enterprise}/duty/O31-1/once:2021?known_at={day}"
            assert link in page and client.get(link).status_code == 200


def test_the_file_of_a_past_day_says_which_and_leads_there(past: Site) -> None:
    answer = past.app.test_client().get("/gaps.csv?known_at=2021-07-20&region=310116")
    assert "qingce-gaps-2021-07-20.csv" in answer.headers["Content-Disposition"]
    (row,) = rows(answer.text)
    assert row["截至日"] == "2021-07-20" and "2021-07-15" in row["有效查看"]
    assert row["页面"].endswith("/duty/O31-1/once:2021?known_at=2021-07-20")


def test_facets_and_filters_are_of_that_day_and_links_keep_it(past: Site) -> None:
    client = past.app.test_client()
    page = client.get("/gaps?known_at=2021-07-20").text
    assert "/gaps?known_at=2021-07-20&amp;severity=S3" in page and "/gaps.csv?known_at=2021-07-20" in page
    assert "severity=S4" not in page and "severity=S4" in client.get("/gaps?known_at=2021-09-28").text
    assert told(client.get("/gaps.csv?known_at=2021-09-28&severity=S4").text) == {(OTHER, "O31-1"): "missing"}
    assert told(client.get("/gaps.csv?known_at=2021-07-20&source=other").text) == {}


def test_the_public_never_sees_more_than_that_day_s_public_state(past: Site) -> None:
    client = past.app.test_client()
    officer = logged_in(past.app, "officer-past")
    every = told(client.get("/gaps.csv?known_at=2021-08-06&state=all").text)
    assert every[ID, "O31-1"] == "not_observable" and (ID, "O31-6") not in every
    desk = told(officer.get("/review/gaps.csv?known_at=2021-08-06").text)
    assert desk[ID, "O31-1"] == "missing" and desk[ID, "O31-6"] == "missing"
    page = officer.get("/review/?known_at=2021-08-06").text
    link = f"/review/enterprise/{ID}/duty/O31-6/once:2021?known_at=2021-08-06"
    assert "仅工作人员可见" in page and link in page
    there = officer.get(link).text
    assert "截至 2021-08-06 所知" in there and "只针对今天的状态" in there and 'id="decide"' not in there
    assert 'id="decide"' in officer.get(link.partition("?")[0]).text


def test_a_day_after_the_last_scan_is_said_to_be_so(past: Site) -> None:
    client = past.app.test_client()
    words = "最近一次核查截至 2021-09-30；此后至 2021-10-15 的变化未计入"
    assert words in client.get("/gaps?known_at=2021-10-15").text
    assert words in client.get("/gaps.csv?known_at=2021-10-15").text
    past.store.delete("duties", [row["id"] for row in past.store.scan("duties")])
    past.store.refresh("duties")
    assert "无从列出" in client.get("/gaps?known_at=2021-07-20").text


def test_what_new_material_changes_is_left_out_and_counted(past: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    know(monkeypatch, replace(FIRST, found=(found("2021-06-01"),)), SECOND)
    client = past.app.test_client()
    page = client.get("/gaps?known_at=2021-07-20").text
    assert "有 1 项在这一天的状态因此改变" in page and f"/enterprise/{ID}/duty" not in page
    file = client.get("/gaps.csv?known_at=2021-07-20").text
    assert told(file) == {(OTHER, "O31-1"): "missing"} and "有 1 项在这一天的状态因此改变" in file


def test_a_day_that_is_none_is_refused(past: Site) -> None:
    client = past.app.test_client()
    assert [client.get(f"{path}?known_at=2031-01-01").status_code for path in ("/gaps", "/gaps.csv")] == [400, 400]
