"""What changed between two versions, what was taken down, which runs wait for a person: the pages that show it."""

from __future__ import annotations

from flask.testing import FlaskClient

from indexer.register.difference import LONGEST, difference
from tests.webapp import samples
from tests.webapp.conftest import Site, logged_in
from tests.webapp.samples import ID


def test_the_later_version_shows_what_differs(client: FlaskClient) -> None:
    page = client.get(f"/enterprise/{ID}/disclosures").text
    assert "与前一版相比有 1 处不同" in page
    assert "<del>年产 3 万吨</del>" in page and "<ins>年产 5 万吨</ins>" in page


def test_what_was_taken_down_is_marked_and_a_held_run_is_shown_to_staff(fresh: Site) -> None:
    days = ["2021-02-01", "2021-02-02", "2021-02-03"]
    spans = [{"from": "2020-05-03", "to": "2020-06-01"}, {"from": "2020-07-01", "to": "2020-08-01"}]
    gone = samples.disclosure(id="d-00000000000000aa", key="8", gone=True, missed=days, withdrawn=days[2], seen=spans)
    fresh.store.bulk("disclosures", [gone])
    words = "25 of 30 disclosures would disappear"
    fresh.store.bulk("runs", [samples.run(id="20210401T020000Z-aaaaaa", hold="held", hold_words=words)])
    fresh.store.refresh("disclosures", "runs")
    page = fresh.app.test_client().get(f"/enterprise/{ID}/disclosures").text
    assert "已撤下：2021-02-01、2021-02-02、2021-02-03 三日均未见" in page and "曾不见或变更，后又恢复" in page
    overview = logged_in(fresh.app, "watcher").get("/operations").text
    assert "20210401T020000Z-aaaaaa" in overview and words in overview


def test_a_difference_names_each_header_and_what_came_or_went() -> None:
    before = samples.disclosure(fields={"序号": "1", "规模": "A", "旧项": "x"})
    after = samples.disclosure(fields={"序号": "9", "规模": "B", "新项": "y"}, published="2020-06-01")
    assert [tuple(row) for row in difference(before, after)] == [
        ("发布日期", "2020-05-01", "2020-06-01"), ("规模", "A", "B"), ("新项", None, "y"), ("旧项", "x", None),
    ]  # fmt: skip
    assert difference(before, before) == []


def test_of_long_texts_the_part_around_the_difference_is_shown() -> None:
    text = "甲" * 1000
    before, after = (samples.disclosure(fields={}, text=f"{text}{word}{text}") for word in ("旧", "新"))
    ((header, old, new),) = difference(before, after)
    assert header == "正文" and old is not None and new is not None
    assert "旧" in old and "新" in new and max(len(old), len(new)) <= LONGEST + 2
