"""Archived pages are shown inert, proved unchanged, and without personal data to the public."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from indexer.register.documents import CaptureRef
from tests.webapp.conftest import Site
from tests.webapp.samples import RUN

PERSONAL = ("王小明", "李四", "13800138000", "57936666", "欧阳保密", "someone@example.org")
LOADS = (
    "evil.example",
    "javascript:",
    "onload",
    "onerror",
    "onclick",
    "http-equiv",
    "<script",
    "<iframe",
    "<form",
    "<img",
    "<svg",
    "<base",
    "<meta http",
    "<style",
    "@import",
    "style=",
    'href="http',
    "src=",
)


def address(ref: CaptureRef, part: str = "", desk: str = "", **more: Any) -> str:
    """The address of a capture's view."""
    query = urlencode({"digest": ref["digest"], **more})
    return f"{desk}/evidence/{ref['run']}/{ref['file']}/{ref['offset']}{part}?{query}"


def test_the_view_proves_the_bytes_and_names_url_time_place_and_records(site: Site, client: FlaskClient) -> None:
    ref = site.captures["page"]
    page = client.get(address(ref, place="table 1, row 2")).text
    assert "未被改动" in page and ref["digest"][7:] in page and "http://127.0.0.1:8800/7" in page
    assert "2021-03-01 10:00" in page and "table 1, row 2" in page and "上海金山化工有限公司" in page
    assert re.search(r"<iframe [^>]*\bsandbox ", page) and "allow-" not in page


def test_nothing_of_a_hostile_page_runs_loads_or_leads_away(site: Site, client: FlaskClient) -> None:
    answer = client.get(address(site.captures["page"], "/frame"))
    body = answer.text.split("<body>")[1]
    assert [word for word in LOADS if word in body] == []
    tags = set(re.findall(r"<([a-z0-9]+)", body))
    assert tags <= {"p", "table", "tbody", "tr", "th", "td", "div"}
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox;") and "default-src 'none'" in policy and "script-src" not in policy
    assert "&lt;35.2&gt;" in body and "详情" in body and "[图片 厂区照片]" in body


def test_the_cited_row_is_marked(site: Site, client: FlaskClient) -> None:
    body = client.get(address(site.captures["page"], "/frame", place="table 1, row 2")).text
    assert re.search(r'<tr id="hit" class="hit">\s*<td>上海金山化工有限公司', body) and body.count('class="hit"') == 1


@pytest.mark.parametrize("kind", ["page", "json", "xlsx"])
def test_the_public_sees_no_personal_data_and_is_told_so(site: Site, client: FlaskClient, kind: str) -> None:
    view = client.get(address(site.captures[kind])).text
    frame = client.get(address(site.captures[kind], "/frame")).text if kind == "page" else ""
    assert [name for name in PERSONAL if name in view + frame] == []
    assert re.search(r"已隐去 \d+ 处", view) and "***" in view + frame


@pytest.mark.parametrize("kind", ["page", "json", "xlsx"])
def test_staff_see_the_page_unmasked(site: Site, officer: FlaskClient, kind: str) -> None:
    part = "/frame" if kind == "page" else ""
    assert "王小明" in officer.get(address(site.captures[kind], part, "/review")).text


def test_pages_in_gbk_are_legible(site: Site, client: FlaskClient) -> None:
    assert "温州市电镀行业名录" in client.get(address(site.captures["gbk"], "/frame")).text


def test_a_workbook_is_a_grid_with_the_cited_row_and_a_masked_copy(site: Site, client: FlaskClient) -> None:
    ref = site.captures["xlsx"]
    page = client.get(address(ref, place="sheet 名录, row 2")).text
    assert re.search(r'<tr class="hit"><th scope="row">2</th><td>上海金山化工有限公司', page)
    copy = client.get(address(ref, "/copy.csv"))
    assert copy.headers["Content-Disposition"].startswith("attachment;") and copy.text.startswith("﻿")
    assert "'+甲公司" in copy.text and "王小明" not in copy.text and "13800138000" not in copy.text


def test_the_original_is_for_staff_and_never_opens_in_the_browser(
    site: Site, client: FlaskClient, officer: FlaskClient
) -> None:
    ref = site.captures["xlsx"]
    assert client.get(address(ref, "/original", "/review")).status_code == 302
    answer = officer.get(address(ref, "/original", "/review"))
    assert answer.data.startswith(b"PK") and answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_picture_is_described_and_not_shown(site: Site, client: FlaskClient) -> None:
    assert "二进制文件" in client.get(address(site.captures["image"])).text


@pytest.mark.parametrize("part", ["", "/frame", "/copy.csv"])
def test_changed_bytes_are_never_shown_as_evidence(site: Site, client: FlaskClient, part: str) -> None:
    answer = client.get(address(site.archive.tamper(site.captures["page"]), part))
    assert answer.status_code == 410 and "the archive was changed" in answer.text and "上海金山" not in answer.text


@pytest.mark.parametrize(
    "path", [f"/evidence/{RUN}/captures-00001.warc.gz/0", f"/evidence/{RUN}/captures-00001.warc.gz/0?digest=x"]
)
def test_an_address_without_digest_is_a_bad_request(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 400


@pytest.mark.parametrize(
    "run, file",
    [
        ("..", "captures-00001.warc.gz"),
        (RUN, "run.json"),
        (RUN, "..%2f..%2fsecret.key"),
        ("20990101T000000Z-ffffff", "captures-00001.warc.gz"),
    ],
)
def test_nothing_but_captures_of_indexed_runs_can_be_opened(client: FlaskClient, run: str, file: str) -> None:
    assert client.get(f"/evidence/{run}/{file}/0?digest=sha256:{'0' * 64}").status_code == 404
