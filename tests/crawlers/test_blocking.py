"""Challenge, refusal and login pages are told from content, and content from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.blocking import enciphered, verdict

URL = "https://site.example/a"
GOOD = "<html><body><table><tr><td>甲钢铁有限公司</td></tr></table></body></html>".encode()


def test_the_head_of_a_real_challenge_page_is_a_block_under_any_status(realdata: Path) -> None:
    body = (realdata / "html/riversecurity_challenge_head.html").read_bytes()
    assert verdict(412, URL, {}, body) == ("blocked", "blocked: 瑞数 challenge")
    assert verdict(200, URL, {}, body) == ("blocked", "blocked: 瑞数 challenge")


CASES = {
    "river": (412, URL, {}, b"<html>", "blocked", "瑞数"),
    "river-202": (202, URL, {}, b"<script>$_ts=window['$_ts'];</script>", "blocked", "瑞数"),
    "jsl": (521, URL, {}, b"<script>document.cookie=...</script>", "blocked", "加速乐"),
    "jsl-cookie": (200, URL, {"set-cookie": "__jsl_clearance_s=1|0|a; path=/"}, GOOD, "blocked", "加速乐"),
    "jsl-header": (307, URL, {"x-via-jsl": "1"}, b"", "blocked", "加速乐"),
    "webshield": (200, "https://permit.example/x/errorinfo.jsp", {}, GOOD, "blocked", "WebShield"),
    "refresh": (500, URL, {}, '{"status":40001,"message":"请刷新后重试！"}'.encode(), "blocked", "请刷新后重试"),
    "refresh-gbk": (200, URL, {}, "请刷新后重试".encode("gb18030"), "blocked", "请刷新后重试"),
    "no-file": (200, URL, {}, "未找到对应文件！".encode(), "unreadable", "未找到对应文件"),
    "login": (200, URL, {}, b"<form><input name=u><input type='password'></form>", "blocked", "login wall"),
    "forbidden": (403, URL, {}, b"no", "blocked", "status 403"),
    "too-many": (429, URL, {}, b"slow down", "blocked", "status 429"),
    "absent": (404, URL, {}, b"no", "failed", "status 404"),
    "broken": (502, URL, {}, b"no", "failed", "status 502"),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_no_content_is_named(name: str) -> None:
    status, url, headers, body, outcome, reason = CASES[name]
    found = verdict(status, url, headers, body)
    assert found is not None and found[0] == outcome and reason in found[1]
    assert (found[0] == "blocked") == found[1].startswith("blocked:")


def test_content_is_content() -> None:
    assert verdict(200, URL, {"content-type": "text/html"}, GOOD) is None
    assert verdict(200, URL, {}, b"") is None
    long = "未找到对应文件 is quoted in a long page ".encode() * 200
    assert verdict(200, URL, {}, long) is None


def test_digits_in_private_use_characters_are_enciphered() -> None:
    assert enciphered("\ue0ad\ue1b2mg/L") and enciphered("&#xe0ad;&#xe123;")
    assert not enciphered("35.2mg/L") and not enciphered("①Ⅱ㎡")
