"""What one word may mean: trade names, syllables, persons, past filters; by value, and on a real node."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator

import pytest

from indexer.engine import connect
from indexer.engine.node import Node
from indexer.engine.store import Store
from indexer.normalise import regions
from indexer.search import finding, queries, spelling, trade
from indexer.search.finding import Asked
from indexer.search.moment import Moment
from indexer.search.queries import Filters, PastFilterError
from tests.webapp import samples


@pytest.mark.parametrize(
    ("letters", "cut"),
    [
        ("baogang", ("bao", "gang")),
        ("xian", ("xian",)),
        ("hetengjingxi", ("he", "teng", "jing", "xi")),
        ("basf", ()),
        ("", ()),
    ],
)
def test_letters_are_cut_into_the_fewest_syllables(letters: str, cut: tuple[str, ...]) -> None:
    assert spelling.syllables(letters) == cut


def test_a_trade_name_is_said_in_both_scripts() -> None:
    assert trade.others("BASF") == ["巴斯夫"] and "BASF" in trade.others("巴斯夫")
    assert queries.words("Air Liquide 上海") == ["AIRLIQUIDE", "上海"] and queries.words("Coca Cola") == ["COCACOLA"]
    assert trade.others("没有这样的商号") == []


def test_a_person_is_asked_for_by_staff_alone() -> None:
    asked = [queries.enterprises("张三", Filters(), regions.china(), staff) for staff in (False, True)]
    public, staff = (json.dumps(query, ensure_ascii=False) for query in asked)
    assert "legal_rep" not in public and '"legal_rep": "张三"' in staff


def test_what_describes_today_narrows_no_past_day() -> None:
    past = Moment("2020-06-01")
    clauses = queries.filter_clauses(Filters(region="31", cls="KPU.W", year="2020"), past)
    assert '"memberships.first_seen": {"lte": "2020-06-01"}' in json.dumps(clauses)
    with pytest.raises(PastFilterError, match="state"):
        queries.filter_clauses(Filters(state="missing"), past)


@pytest.fixture(scope="module")
def store(es_node: Node) -> Iterator[Store]:
    """Three firms; one was listed in 2020 and is known by another name since."""
    later = samples.membership(cls="SOIL", year=2021, first_seen="2021-02-01")
    names = [
        {"name": "上海甲乙化工厂", "first": "2020-04-02", "last": "2020-12-31", "current": False},
        {"name": "巴斯夫甲乙有限公司", "first": "2021-01-05", "last": "2021-03-01", "current": True},
    ]
    with connect.client(es_node.url) as client:
        made = Store(client, f"test-{uuid.uuid4().hex[:8]}")
        made.ensure()
        lines = [samples.membership(), later]
        renamed = samples.enterprise("巴斯夫甲乙有限公司", ("上海甲乙化工厂",), id="e1", names=names, memberships=lines)
        made.bulk("enterprises", [renamed, samples.enterprise("上海赫腾精细化工有限公司", id="e2", legal_rep="张三")])
        made.refresh("enterprises")
        yield made
        made.drop()


def rows(store: Store, text: str, **more: object) -> list[dict[str, object]]:
    return finding.find(store, Asked(text, **more), regions.china(), 0, 10).rows  # type: ignore[arg-type]


def test_a_row_of_a_past_day_has_the_name_and_the_classes_of_that_day(store: Store) -> None:
    [row] = rows(store, "甲乙", at=Moment("2020-06-01"))
    assert row["name"] == "上海甲乙化工厂" and row["classes"] == ["KPU.W"] and "duty_states" not in row
    [row] = rows(store, "甲乙")
    assert row["name"] == "巴斯夫甲乙有限公司"


def test_a_class_counts_from_the_day_its_list_was_seen(store: Store) -> None:
    soil = Filters(cls="SOIL", year="2021")
    assert rows(store, "", filters=soil, at=Moment("2021-01-31")) == []
    assert [row["id"] for row in rows(store, "", filters=soil, at=Moment("2021-02-01"))] == ["e1"]
    # Class and year must be of one line: water was 2020.
    assert rows(store, "", filters=Filters(cls="KPU.W", year="2021"), at=Moment("2021-02-15")) == []


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("BASF", "e1"),
        ("hetengjingxi", "e2"),
        ("htjxhg", "e2"),
        ("he teng", "e2"),
        ("赫腾化工", "e2"),
        ("上海赫滕精细化工", "e2"),
        ("賀騰精細化工", "e2"),
    ],
)
def test_forms_of_a_name_find_it(store: Store, text: str, first: str) -> None:
    assert rows(store, text)[0]["id"] == first


def test_only_staff_find_a_person(store: Store) -> None:
    assert rows(store, "张三") == [] and [row["id"] for row in rows(store, "张三", staff=True)] == ["e2"]
    assert all("legal_rep" not in row for row in rows(store, "张三", staff=True))


def test_every_row_comes_once_however_deep(store: Store) -> None:
    every = list(finding.every(store, Asked(order="name"), regions.china(), 10))
    assert {row["id"] for row in every} == {"e1", "e2"} and len(every) == 2
    assert len(list(finding.every(store, Asked(), regions.china(), 1))) == 1
