"""Attachments of a notice: linked, shown in the page, outside its text, behind a handler."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request
from web_poet import HttpResponse, PageParams

from crawlers.pages.notices import NoticePage
from crawlers.walks.notices import FILES

URL = "http://www.example.gov.cn/zwgk/202103/t20210326_1.html"


def page(body: str, **params: Any) -> NoticePage:
    """A notice with this body."""
    told = {"body": "#zoom", "required": [], "attachments": FILES, **params}
    return NoticePage(HttpResponse(URL, f"<html><body>{body}</body></html>".encode()), PageParams(told))


LINKS = {
    "relative": ("<div id='zoom'><a href='./W020.xls'>附件</a></div>", "附件", "/zwgk/202103/W020.xls"),
    "climbing": ("<div id='zoom'><a href='../../a/W020.zip'>附件.zip</a></div>", "附件.zip", "/a/W020.zip"),
    "nameless": ("<div id='zoom'><a href='/a/%C3%FB%C2%BC.pdf'><img></a></div>", "名录.pdf", "/a/%C3%FB%C2%BC.pdf"),
    "suffix in the text": ("<div id='zoom'><a href='/d?id=7'>名录.rar</a></div>", "名录.rar", "/d?id=7"),
    "shown": ("<div id='zoom'><iframe src='/a/W020.pdf'></iframe></div>", "W020.pdf", "/a/W020.pdf"),
    "in a viewer": ("<div id='zoom'><embed src='/pdfjs/web/viewer.html?file=/a/1.pdf'></div>", "1.pdf", "/a/1.pdf"),
}


@pytest.mark.parametrize("case", LINKS)
def test_an_attachment_is_found_with_its_name(case: str) -> None:
    body, name, path = LINKS[case]
    (found,) = page(body).attachments
    assert (found["title"], found["url"]) == (name, f"http://www.example.gov.cn{path}")


def test_attachments_outside_the_text_are_found_where_the_source_says() -> None:
    body = (
        "<div id='zoom'>正文</div><ul class='fj'><li><a href='/a.xls'>一</a></li><li><a href='/a.xls'>二</a></li></ul>"
    )
    assert page(body).attachments == []
    assert [link["title"] for link in page(body, attached_in=".fj").attachments] == ["一"]


def test_an_address_in_a_handler_is_built_as_the_source_says() -> None:
    link = "<a href='javascript:void(0)' onclick=\"down('a1','名录.xls')\">下载</a>"
    body = f"<div id='zoom'>{link}<a href='#'>返回</a></div>"
    hidden = {"match": r"down\('(\w+)','([^']+)'\)", "url": "/f?k={id}&n={2}"}
    (found,) = page(body, hidden=hidden, attachments="下载").attachments
    assert found["url"].startswith("http://www.example.gov.cn/f?k=a1&n=")


def test_a_file_in_place_of_a_page_is_told_by_its_bytes() -> None:
    told = PageParams({"body": "#zoom", "required": []})
    assert NoticePage(HttpResponse(URL, b"%PDF-1.4\n..."), told).is_file and not page("<p>x</p>").is_file


def test_a_real_list_of_files_is_asked_in_gbk_as_its_own_links_are(realdata: Path) -> None:
    """Handlers give number and name; the page's own links, left in comments, show how they are sent."""
    body = (realdata / "html/gov_attachment_list_gbk_urlencoded.html").read_text(encoding="utf-8")
    hidden = {"match": r"isLogin\('(\d+)','([^']+)'\)", "url": "download?RECORDID={id}&fileName={2}"}
    links = page(f"<div id='zoom'>{body}</div>", hidden=hidden, attachments="fileName=").attachments
    assert [link["title"] for link in links] == ["10号工业挂牌出让文件.doc", "挂牌授权委托书和法定代表人证明书.doc"]
    sent = [Request(link["url"], encoding="gb18030").url.rpartition("/")[2] for link in links]
    assert sent == [link.replace("&amp;", "&") for link in re.findall(r'href=" (download[^"]+)"', body)]


def test_a_link_to_no_address_is_an_issue_and_stops_nothing() -> None:
    body = "<div id='zoom'><a href='http://[::1/a.xls'>坏链接.xls</a><a href='/b.xls'>名录.xls</a></div>"
    found = page(body)
    assert [link["title"] for link in found.attachments] == ["名录.xls"]
    assert [(row["code"], row["value"]) for row in found.issues] == [("link-broken", "http://[::1/a.xls")]
