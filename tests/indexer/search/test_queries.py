"""The bodies of searches, by value."""

from __future__ import annotations

import json

import pytest

from indexer.normalise import regions
from indexer.search import duties, facets, queries, suggest
from indexer.search.duties import GapFilters
from indexer.search.facets import Choice
from indexer.search.queries import Filters


def body(text: str) -> str:
    return json.dumps(queries.enterprises(text, Filters(), regions.china()), ensure_ascii=False)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("  上海 ， 化工 ", ["上海", "化工"]),
        ("", []),
        (" 　", []),
        ("宝钢（上海）", ["宝钢(上海)"]),
        ("a a A", ["A"]),
        (" ".join("一二三四五六七八九十"), list("一二三四五六七八")),
        ("x" * 500, ["X" * 100]),
    ],
)
def test_words_are_folded_parted_and_bounded(text: str, found: list[str]) -> None:
    assert queries.words(text) == found


def test_every_word_must_match_something() -> None:
    query = queries.enterprises("上海 化工", Filters(), regions.china())
    assert len(query["bool"]["must"]) == 2


def test_without_words_everything_in_the_filters_is_listed() -> None:
    query = queries.enterprises("", Filters(region="31", state="missing"), regions.china())
    assert query["bool"]["must"] == [{"match_all": {}}]
    assert query["bool"]["filter"] == [{"term": {"region_path": "31"}}, {"range": {"duty_states.missing": {"gte": 1}}}]


def test_codes_regions_pollutants_and_pinyin_are_looked_for_only_where_a_word_can_be_one() -> None:
    assert "permit_nos" in body("91310000MA1") and "permit_nos" not in body("金山") and "permit_nos" not in body("ABCD")
    assert '"region_path": "31"' in body("上海市") and "region_path" not in body("金山化工")
    assert '"pollutants": "化学需氧量"' in body("COD") and '"pollutants"' not in body("金山化工")
    assert "pinyin.start" in body("baogang") and "pinyin.start" not in body("宝钢")


def test_no_search_asks_for_persons() -> None:
    assert "legal_rep" not in body("欧阳保密")


@pytest.mark.parametrize(("start", "size", "first"), [(0, 20, 0), (40, 20, 40), (999_999, 20, 9_980), (-5, 20, 0)])
def test_no_page_lies_beyond_the_window(start: int, size: int, first: int) -> None:
    assert queries.page({}, start, size)["from"] == first


def test_the_public_asks_by_its_own_state_and_meets_no_row_of_the_staff() -> None:
    public = json.dumps(duties.gaps(GapFilters(states=("missing",)), "public"))
    assert '"public_state"' in public and '"law_seen": true' in public and '"audience": "public"' in public
    staff = json.dumps(duties.gaps(GapFilters(states=("missing",)), "staff"))
    assert '"state"' in staff and "audience" not in staff and "law_seen" not in staff


@pytest.mark.parametrize(
    ("selected", "shown"),
    [
        (None, ["31", "33"]),
        ("33", ["3303", "3304"]),
        ("3303", ["330302"]),
        ("31", ["310116"]),
        ("330302", []),
    ],
)
def test_regions_are_offered_one_step_at_a_time(selected: str | None, shown: list[str]) -> None:
    counted = [Choice(code, 1) for code in ("33", "31", "3303", "330302", "3304", "310116")]
    assert [choice.value for choice in facets.region_choices(counted, selected)] == shown


def test_a_region_counted_only_below_is_still_offered() -> None:
    assert [choice.value for choice in facets.region_choices([Choice("3303", 2)], None)] == ["3303"]


def test_choices_leave_out_what_has_no_result() -> None:
    answer = {"aggregations": {"state": {"buckets": {"late": {"doc_count": 0}, "met": {"doc_count": 2}}}}}
    assert facets.choices(answer, "state") == [Choice("met", 2)] and facets.choices({}, "state") == []


def test_nothing_typed_suggests_nothing() -> None:
    assert suggest.type_ahead(" ") is None and suggest.near("甲") is None
