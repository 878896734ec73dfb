"""Names of files as sites send them."""

from __future__ import annotations

import re
from email.header import Header
from pathlib import Path
from urllib.parse import quote

import pytest

from crawlers.filenames import best, of_address, of_disposition, shown
from crawlers.headertext import readable

NAME = "2019年第1季度监测结果.xls"


@pytest.mark.parametrize(
    "header",
    [
        f"attachment; filename*=UTF-8''{quote(NAME)}",
        f"attachment; filename=\"fallback.xls\"; filename*=utf-8''{quote(NAME)}",
        f'attachment;filename="{quote(NAME.encode("gb18030"))}"',
        f"attachment; filename={quote(NAME)}",
        f'attachment; filename="{NAME}"',
        f'attachment; filename="D:\\upload\\{NAME}"',
        f'attachment; filename="{Header(NAME, "gb2312").encode()}"',
    ],
)
def test_a_disposition_names_its_file(header: str) -> None:
    assert of_disposition(header) == NAME


def test_a_disposition_without_a_name_names_none() -> None:
    assert of_disposition("inline") is None and of_disposition("") is None


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (f"http://x.example/a/{quote(NAME.encode('gb18030'))}", NAME),
        (f"http://x.example/a/{quote(NAME)}?v=2", NAME),
        (f"http://x.example/download?RECORDID=1&fileName={quote(NAME.encode('gb18030'))}", NAME),
        ("http://x.example/download.do?id=7", "download.do"),
    ],
)
def test_an_address_names_its_file_in_any_encoding(url: str, name: str) -> None:
    assert of_address(url) == name


def test_the_first_name_with_a_suffix_is_the_best() -> None:
    assert best(None, "点击下载", NAME) == NAME
    assert best(None, "点击下载", "download.do") == "点击下载" and best(None, None, "") == ""


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "..\\..\\etc\\passwd", "./etc/passwd"])
def test_no_path_leads_out(path: str) -> None:
    assert shown(path) == "etc/passwd"


def test_a_path_of_nothing_has_a_name() -> None:
    assert shown(None) == shown("..") == shown(b"") == "无名"


def test_gbk_names_of_a_real_attachment_list_are_decoded(realdata: Path) -> None:
    page = (realdata / "html/gov_attachment_list_gbk_urlencoded.html").read_text(encoding="utf-8")
    links = [link.replace("&amp;", "&").strip() for link in re.findall(r'href="([^"]*fileName=[^"]+)"', page)]
    assert [of_address(f"http://x.example/{link}") for link in links] == [
        "10号工业挂牌出让文件.doc",
        "挂牌授权委托书和法定代表人证明书.doc",
    ]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_raw_names_in_headers_are_readable(encoding: str) -> None:
    value = f'attachment; filename="{NAME}"'.encode(encoding)
    (sent,) = readable({b"Content-Disposition": [value]})[b"Content-Disposition"]
    assert of_disposition(sent.decode("utf-8")) == NAME
