"""One row a figure, the limit beside it, the ratio always the share of the limit that was reached."""

from __future__ import annotations

import json

import pytest

from bench import table
from bench.options import Options
from bench.row import Row

CRAWL = Row("crawl", "pages/s", 300.0, 400.0, "plain Scrapy", 0.71, "311 pages")
SEARCH = Row("search p50", "ms", 12.5, 10.0, "Elasticsearch's took", 0.8, "300 searches")


def test_more_a_second_and_fewer_milliseconds_are_both_nearer_to_one() -> None:
    assert CRAWL.ratio == pytest.approx(0.75)
    assert SEARCH.ratio == pytest.approx(0.8)
    assert Row("memory", "MB", 150.0, 120.0, "first quarter", 0.85, "").ratio == pytest.approx(0.8)


@pytest.mark.parametrize(("figure", "limit"), [(0.0, 1.0), (1.0, 0.0)])
@pytest.mark.parametrize("unit", ["ms", "pages/s"])
def test_a_measured_zero_gives_no_ratio(unit: str, figure: float, limit: float) -> None:
    row = Row("x", unit, figure, limit, "limit", 1.0, "")  # type: ignore[arg-type]
    assert row.ratio is None
    assert "–" in table.text([row], Options())


def test_text_is_aligned_and_says_how_it_was_measured() -> None:
    head, crawl, search, blank, about = table.text([CRAWL, SEARCH], Options(enterprises=77)).splitlines()
    assert crawl.split()[:7] == ["crawl", "300", "pages/s", "400", "pages/s", "0.75", "0.71"]
    assert "12.5 ms" in search
    ends = {line.index(word) + len(word) for line, word in ((head, "ratio"), (crawl, "0.75"), (search, "0.80"))}
    assert len(ends) == 1
    assert not blank
    assert "77 enterprises" in about and "load" in about


def test_json_holds_the_same_rows() -> None:
    found = json.loads(table.as_json([CRAWL, SEARCH], Options(seed=3)))
    assert [row["name"] for row in found["rows"]] == ["crawl", "search p50"]
    assert found["rows"][0] == {**vars(CRAWL), "ratio": 0.75}
    assert found["options"]["seed"] == 3
    assert found["machine"]["processors"] >= 1
