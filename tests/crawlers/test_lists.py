"""Lists of many CMS crawled by their YAML alone; what is said where a list or a file is not what it should be."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from web_poet import HttpResponse, PageParams

from crawlers.pages.noticelists import NoticeListPage
from crawlers.run import crawl
from crawlers.walks.notices import LISTED_FILES, PAGES
from tests.crawlers import listsites
from tests.crawlers.listsites import TITLES
from tests.crawlers.scripted import Told, read_run


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Told]]:
    """Every site's run by its name, in one process."""
    folder = tmp_path_factory.mktemp("lists")
    with pytest.MonkeyPatch.context() as patch, listsites.standing(folder / "sources"):
        patch.setenv("QINGCE_SOURCES", str(folder / "sources"))
        results = crawl(list(listsites.ALL), folder / "var")
        yield {result.source: read_run(result.folder) for result in results}


GOOD = {"zero-based": 5, "pieces": 3, "objects": 4, "posted": 1, "searched": 1}


@pytest.mark.parametrize("name", GOOD)
def test_a_list_of_data_or_a_search_is_walked_to_its_end(lists: dict[str, Told], name: str) -> None:
    run = lists[name]
    assert (run.facts["status"], run.facts["reason"]) == ("finished", None)
    assert run.walk("listing")["complete"], run.walk("listing")["reason"]
    assert len(run.records) == GOOD[name]
    assert {record["published_at"] for record in run.records} == {f"2021-03-0{n + 1}" for n in range(GOOD[name])}
    assert {record["subject"]["name"] for record in run.records} == {"甲厂有限公司"}


def test_names_in_handlers_and_in_gbk_lead_to_their_file(lists: dict[str, Told]) -> None:
    run = lists["handlers"]
    (record,) = run.records
    assert record["place"] == "table 1, row 2" and "fileName=%C3%FB%C2%BC.csv" in record["url"]
    (lost,) = [row for row in run.issues if row["code"] == "line-without-address"]
    assert lost["message"].startswith("2020年重点排污单位名录: its address") and not run.walk("listing")["complete"]


def test_fewer_lines_than_the_list_states_leave_the_walk_incomplete(lists: dict[str, Told]) -> None:
    walk = lists["short-list"].walk("listing")
    assert not walk["complete"] and "the list states 5 notices, 1 were listed" in walk["reason"]


def test_a_list_whose_pages_are_no_longer_stated_has_a_new_layout(lists: dict[str, Told]) -> None:
    run = lists["unstated"]
    assert run.facts["status"] == "stopped" and "but a second page is linked" in run.facts["reason"]


def test_what_of_an_archive_cannot_be_read_is_an_issue_and_the_walk_incomplete(lists: dict[str, Told]) -> None:
    run = lists["attached"]
    places = sorted(record["place"] for record in run.records)
    assert places == ["a.zip!名录.csv, table 1, row 2", "b.rar!名录.csv, table 1, row 2"]
    bad = " ".join(row["message"] for row in run.issues if row["code"] == "attachment-bad")
    assert "扫描件.png: unreadable: an image" in bad and "说明.doc: unreadable" in bad and "status 404" in bad
    walk = run.walk("listing")
    # The notice that states its one row is whole, whatever else lies in its archive.
    assert (walk["complete"], walk["pages_failed"]) == (False, 2)
    incomplete = [row["message"] for row in run.issues if row["code"] == "notice-incomplete"]
    assert len(incomplete) == 2


def test_a_page_that_does_not_turn_is_no_new_page(lists: dict[str, Told]) -> None:
    run = lists["stuck"]
    assert len(run.records) == 1 and not run.walk("other")["complete"]
    assert "the page did not turn: 2 was asked, the rows of the page before are shown" in run.walk("other")["reason"]


def test_a_refused_state_is_fetched_anew_once_and_then_named(lists: dict[str, Told]) -> None:
    run = lists["forgetful"]
    assert [row["code"] for row in run.issues] == ["state-expired", "list-page-bad"]
    assert {record["subject"]["name"] for record in run.records} == {"企业1有限公司", "企业2有限公司"}
    assert "state expired: the site refuses the hidden state" in run.walk("other")["reason"]


def test_what_was_asked_is_what_the_source_says(lists: dict[str, Told]) -> None:
    facts = json.loads((lists["handlers"].folder / "source.json").read_text(encoding="utf-8"))
    assert facts["encoding"] == "gb18030" and len(TITLES) == GOOD["zero-based"]


def _listed(url: str, lines: list[tuple[str, str]]) -> NoticeListPage:
    """A list page of (title, link)."""
    body = "".join(f'<li><a href="{link}">{title}</a></li>' for title, link in lines)
    params = PageParams({"items": "ul li a", "date": "x", "pages": "(x)"})
    return NoticeListPage(HttpResponse(url, f"<ul>{body}</ul>".encode()), params)


FLAT = (
    "<a href='/1'>甲</a><span>2021-03-01</span><br><a href='/2'>乙</a> 2021.3.2 <a href='/3'>丙</a>"
    "<p><a href='/4'>丁</a></p>"
)


def test_each_line_of_a_flat_list_has_its_own_day() -> None:
    params = PageParams({"items": "a", "date": r"20\d\d[-.]\d{1,2}[-.]\d{1,2}", "pages": "(x)"})
    page = NoticeListPage(HttpResponse("http://www.example.gov.cn/", f"<div>{FLAT}</div>".encode()), params)
    assert [item["date"] for item in page.items] == ["2021-03-01", "2021-03-02", None, None]


@pytest.mark.parametrize(
    "script",
    [
        "createPageHTML(22, 0, 'index', 'html');",
        'createPageHTML("22", "1", "index", "shtml");',
        "createPageHTML('page_div',22, 1,'index','shtml',440);",
        "var countPage = 22//共多少页\nvar currentPage = 0",
    ],
)
def test_scripts_state_the_pages_in_several_ways(script: str) -> None:
    params = PageParams({"items": "a", "date": "x", "pages": PAGES})
    body = f"<ul><li><a href='/1'>甲</a></li></ul><script>{script}</script>".encode()
    assert NoticeListPage(HttpResponse("http://www.example.gov.cn/", body), params).pages == 22


def test_a_thousand_real_notices_resolve_from_their_relative_links(realdata: Path) -> None:
    with (realdata / "lists/innocom_notices.csv").open(encoding="utf-8-sig", newline="") as file:
        notices = [(row["Title"], row["Link"]) for row in csv.DictReader(file)]
    below = [(title, f"../..{link}") for title, link in notices]
    page = _listed("http://www.innocom.gov.cn/a/b/list.shtml", below)
    assert page.problem is None and page.lost == [] and len(page.items) == 1000
    assert [item["url"] for item in page.items] == [f"http://www.innocom.gov.cn{link}" for _, link in notices]
    assert [item["title"] for item in page.items] == [title.strip() for title, _ in notices]


def test_real_links_to_files_are_told_from_links_to_pages(realdata: Path) -> None:
    with (realdata / "lists/innocom_pdf_links.csv").open(encoding="utf-8", newline="") as file:
        links = [(name, url) for url, name in csv.reader(file)]
    page = _listed("http://www.innocom.gov.cn/list.shtml", links)
    files = [item["url"] for item in page.items if re.search(LISTED_FILES, urlsplit(item["url"]).path)]
    assert len(links) == len(page.items) == 994 and len(files) == 992
    assert {item["title"] for item in page.items if item["url"] not in files} == {"#"}
