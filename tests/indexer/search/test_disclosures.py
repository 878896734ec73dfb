"""Searches of disclosures on a real node: words, document numbers in any brackets, years, and past days."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator

import pytest

from indexer.engine import connect
from indexer.engine.node import Node
from indexer.engine.store import Store
from indexer.search import disclosures, facets
from indexer.search.disclosures import Filters
from indexer.search.moment import TODAY, Moment
from tests.webapp import samples

LONG = "本公司年产化学品五万吨。" * 20 + "废水经处理后排入市政管网，化学需氧量达标。" + "其余从略。" * 30


@pytest.fixture(scope="module")
def store(es_node: Node) -> Iterator[Store]:
    """Three disclosures: a penalty, a report with a long text, one that came, went and came back."""
    back = [{"from": "2020-01-01", "to": "2020-02-01"}, {"from": "2020-05-01", "to": None}]
    with connect.client(es_node.url) as client:
        made = Store(client, f"test-{uuid.uuid4().hex[:8]}")
        made.ensure()
        made.bulk(
            "disclosures",
            [
                samples.disclosure(
                    id="d1", kind="penalty", title="行政处罚决定书", document_no="沪环罚〔2021〕12号", text=""
                ),
                samples.disclosure(id="d2", kind="annual_report", title="年度报告", text=LONG, period="2019"),
                samples.disclosure(id="d3", title="社会责任", text="", seen=back, first_seen="2020-01-01"),
            ],
        )
        made.refresh("disclosures")
        yield made
        made.drop()


def found(store: Store, text: str, at: Moment = TODAY, **filters: object) -> list[str]:
    query = disclosures.query(text, Filters(**filters), at)  # type: ignore[arg-type]
    return [row["id"] for row in disclosures.rows(store.search("disclosures", disclosures.page(query, 0, 10)))]


@pytest.mark.parametrize("text", ["沪环罚〔2021〕12号", "沪环罚[2021]12号", "沪环罚（2021） 第012号"])
def test_a_document_number_is_found_in_any_brackets(store: Store, text: str) -> None:
    assert found(store, text) == ["d1"]


def test_words_are_found_in_title_and_text(store: Store) -> None:
    assert found(store, "行政处罚") == ["d1"] and found(store, "市政管网") == ["d2"]
    assert set(found(store, "金山化工")) == {"d1", "d2", "d3"} and found(store, "没有这样的字") == []


def test_years_are_of_the_period_else_of_the_first_sighting(store: Store) -> None:
    assert found(store, "", year=2019) == ["d2"] and set(found(store, "", year=2020)) == {"d1", "d3"}


@pytest.mark.parametrize(("day", "known", "public"), [
    ("2019-12-31", False, False), ("2020-01-15", True, True), ("2020-03-01", True, False), ("2020-05-02", True, True),
])  # fmt: skip
def test_a_past_day_is_a_span_that_holds_it(store: Store, day: str, known: bool, public: bool) -> None:
    assert (found(store, "社会责任", Moment(day)) == ["d3"]) is known
    assert (found(store, "社会责任", Moment(day, "public_on")) == ["d3"]) is public


def test_a_long_text_is_cut_to_the_piece_that_answers(store: Store) -> None:
    answer = store.search("disclosures", disclosures.page(disclosures.query("市政管网", Filters()), 0, 10))
    [row] = disclosures.rows(answer)
    assert "市政管网" in row["excerpt"] and len(row["excerpt"]) < 300 and "text" not in row
    assert {choice.value for choice in facets.choices(answer, "kind")} == {"annual_report"}


def test_nothing_for_staff_is_asked_for() -> None:
    body = json.dumps(disclosures.page(disclosures.query("张三", Filters()), 0, 10))
    assert "staff_fields" not in body
