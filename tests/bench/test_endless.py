"""The endless directory says of itself what a crawl of it finds."""

from __future__ import annotations

import json

import pytest

from bench import endless
from bench.crawl import COPIES, ENOUGH, Part


@pytest.mark.parametrize(("enterprises", "requests"), [(20, 42), (21, 45), (97_560, 199_999)])
def test_requests_of_a_crawl(enterprises: int, requests: int) -> None:
    assert endless.requests(enterprises) == requests


def test_pages_lead_to_one_another() -> None:
    kind, page = endless.answer("/list?page=2", 21)
    assert kind.startswith("text/html") and page.count("<tr onclick") == 1 and "共2页 共21条" in page
    assert "show('20')" in page and "c20" in endless.answer("/info?id=20", 21)[1]
    assert json.loads(endless.answer("/rows?code=c20", 21)[1])["total"] == 1
    assert endless.answer("/robots.txt", 21) == ("text/plain", "")


def test_small_sites_are_crawled_several_times_side_by_side() -> None:
    few = Part("few", "bytes", {"a": [{}] * 20, "b": [{}] * 30}, [])
    assert (few.pages, few.copies) == (50, ENOUGH // 50)
    assert Part("one", "bytes", {"a": [{}]}, []).copies == COPIES
    assert Part("many", "bytes", {"a": [{}] * ENOUGH}, []).copies == 1
