"""A crawl of certain days asks for these alone, and speaks of nothing outside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawlers import window as windows
from crawlers.errors import CrawlError, SourceError
from crawlers.run import crawl
from crawlers.window import Window
from tests.crawlers.scripted import (
    DIRECTORY,
    Answer,
    Asked,
    Site,
    Told,
    directory_walk,
    info_page,
    list_page,
    read_run,
    rows_answer,
    serving,
    write_source,
)
from tests.crawlers.sites import NOTICES

SPRING = Window(date(2026, 3, 1), date(2026, 5, 31))


def test_days_inside_before_and_unknown() -> None:
    assert SPRING.holds("2026-03-01") and SPRING.holds("2026-05-31") and SPRING.holds(None)
    assert not SPRING.holds("2026-02-28") and not SPRING.holds("2026-06-01")
    assert SPRING.before("2026-02-28") and not SPRING.before("2026-06-01") and not SPRING.before(None)
    assert SPRING.period == "2026-03-01/2026-05-31" and Window(None, SPRING.last).period == "../2026-05-31"


def test_days_in_addresses_and_forms() -> None:
    first, last = date(2026, 3, 1), date(2026, 5, 31)
    assert windows.dated("/q?a={from}&b={to:%Y%m%d}&c={id}", first, last) == "/q?a=2026-03-01&b=20260531&c={id}"


def test_a_module_asked_in_windows_reaches_back_to_the_first_day() -> None:
    walk = {"feeds": [{"windows": {"back": 7, "span": 1}}, {"windows": None}], "list": {"url": "/"}}
    found = windows.narrowed(walk, SPRING, date(2026, 7, 1))
    assert found == {"feeds": [{"windows": {"back": 92, "span": 1}}, {"windows": None}], "list": {"url": "/"}}
    assert windows.narrowed(walk, Window(date(2026, 6, 30)), date(2026, 7, 1))["feeds"][0]["windows"]["back"] == 2


@pytest.mark.parametrize(
    ("window", "walk", "words"),
    [
        (Window(date(2026, 5, 1), date(2026, 4, 1)), {"list": {"date": "x"}}, "ends before it begins"),
        (SPRING, {"list": {"url": "/list"}, "feeds": [{"form": {"a": "{id}"}, "windows": None}]}, "crawl it whole"),
    ],
)
def test_what_cannot_be_narrowed_is_refused(window: Window, walk: dict[str, Any], words: str) -> None:
    with pytest.raises(SourceError, match=words):
        windows.checked(window, "some", walk)


NOTICE_DAYS = {"a": "2026-06-10", "b": "2026-04-20", "c": "2026-03-05", "d": "2026-02-10", "e": "2026-01-10"}
PAGES = (("a", "b"), ("c", "d"), ("e",), ("e",), ("e",))
"""Newest first; the last pages would never be asked for in spring."""


def _notices(asked: Asked) -> Answer:
    if asked.path.startswith("/index"):
        number = int(asked.path.removeprefix("/index").removesuffix(".html").lstrip("_") or 0)
        lines = "".join(
            f'<li><a href="./{n}.html">2026年某市重点排污单位名录{n}</a><span>{NOTICE_DAYS[n]}</span></li>'
            for n in PAGES[number]
        )
        return Answer(
            f"<html><body><ul>{lines}</ul><script>createPageHTML(5, {number}, 'index');</script></body></html>"
        )
    if asked.path[1:2] not in NOTICE_DAYS:
        return Answer("not here", 404)
    rows = f"<tr><td>企业名称</td><td>区县</td></tr><tr><td>企业{asked.path[1]}有限公司</td><td>城厢区</td></tr>"
    return Answer(f"<html><body><h1>名录</h1><div id='zoom'><table>{rows}</table></div></body></html>")


def _measured(asked: Asked) -> Answer:
    if asked.path == "/list.jsp":
        return Answer(list_page([("1", "甲钢铁有限公司")]))
    if asked.path == "/info.jsp":
        return Answer(info_page("甲钢铁有限公司", "c"))
    return rows_answer([]) if asked.path == "/jcdw.do" else Answer("", content_type="text/plain")


@dataclass
class Narrowed:
    """Both runs of spring and what their sites were asked."""

    notices: Told
    measured: Told
    notice_site: Site
    measured_site: Site


@pytest.fixture(scope="module")
def narrowed(tmp_path_factory: pytest.TempPathFactory) -> Narrowed:
    folder = tmp_path_factory.mktemp("window")
    form = {"wryCode": "{污染源编码}", "from": "{from}", "to": "{to:%Y/%m/%d}"}
    walk = directory_walk(form=form, page_param=None)
    with serving(_notices) as one, serving(_measured) as two, pytest.MonkeyPatch.context() as patch:
        patch.setenv("QINGCE_SOURCES", str(folder / "sources"))
        write_source(folder / "sources", "notices-of-spring", one.url, **NOTICES)
        write_source(folder / "sources", "measured-in-spring", two.url, **{**DIRECTORY, "walk": walk})
        results = crawl(["notices-of-spring", "measured-in-spring"], folder / "var", window=SPRING)
    told = {result.source: read_run(result.folder) for result in results}
    return Narrowed(told["notices-of-spring"], told["measured-in-spring"], one, two)


def test_older_notices_and_pages_behind_them_are_not_asked(narrowed: Narrowed) -> None:
    asked = [asked.path for asked in narrowed.notice_site.asked if asked.path != "/robots.txt"]
    assert sorted(asked) == ["/b.html", "/c.html", "/index.html", "/index_1.html", "/index_2.html"]
    assert {r["subject"]["name"] for r in narrowed.notices.records} == {"企业b有限公司", "企业c有限公司"}


def test_its_walk_is_complete_for_its_days_alone(narrowed: Narrowed) -> None:
    walk = narrowed.notices.walk("listing")
    assert walk["complete"] and walk["period"] == narrowed.notices.facts["period"] == SPRING.period


def test_parameters_are_filled_in_and_absence_holds_for_the_days_alone(narrowed: Narrowed) -> None:
    (values,) = [asked.values for asked in narrowed.measured_site.asked if asked.path == "/jcdw.do"]
    assert (values["from"], values["to"]) == ("2026-03-01", "2026/05/31")
    pages = [v for v in narrowed.measured.visits if v["scope"] == "page"]
    assert {(v["kind"], v["outcome"]) for v in pages} >= {("emission", "absent")}
    assert {v["period"] for v in narrowed.measured.visits} == {SPRING.period}


def test_a_source_without_days_says_so(tmp_path: Path, sources: Path) -> None:
    write_source(sources, "whole", "http://127.0.0.1:9", **DIRECTORY)
    with pytest.raises(CrawlError, match="whole: its walk has neither"):
        crawl(["whole"], tmp_path / "var", window=SPRING)
