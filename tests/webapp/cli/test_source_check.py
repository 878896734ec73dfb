"""``qingce source check`` without a site: the schema, what was left open, saved pages, maturity."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from web_poet import HttpResponse, PageParams
from web_poet.testing import Fixture

from crawlers.pages.noticelists import NoticeListPage
from tests.webapp.cli.conftest import Tool

YAML = """title: 名录
publisher: {name: 某局, level: city}
family: notices
base_url: http://sthjj.example.gov.cn
robots: {note: read}
licence: 公开
cadence: weekly
channel: city_bureau
covers:
  - {kinds: [listing], classes: [KPU], regions: ["3503"]}
walk:
  list: {urls: [/index.html], items: li a, include: 名录}
  notice: {kind: listing, body: body, subject: {name: 企业名称}}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "sources" / "somewhere.yaml"
    path.parent.mkdir()
    path.write_text(YAML, encoding="utf-8")
    return path


def test_a_file_that_nothing_proves_is_a_draft(qingce: Tool, file: Path) -> None:
    result = qingce("source", "check", str(file), "--offline")
    assert result.exit_code == 0
    assert "the file is well formed; maturity: draft" in result.stdout


def test_what_is_left_open_or_wrong_is_told(qingce: Tool, file: Path) -> None:
    file.write_text(YAML.replace("licence: 公开", "licence: CHECK"), encoding="utf-8")
    result = qingce("source", "check", str(file), "--offline")
    assert result.exit_code == 3 and "line 6 still says CHECK" in result.stderr
    file.write_text(YAML.replace("weekly", "now and then"), encoding="utf-8")
    result = qingce("source", "check", str(file), "--offline")
    assert result.exit_code == 1 and "field cadence" in result.stderr
    other = file.with_suffix(".txt")
    other.write_text(YAML)
    assert "ends in .yaml" in qingce("source", "check", str(other)).stderr


def test_saved_pages_are_read_again(qingce: Tool, file: Path) -> None:
    answer = HttpResponse("http://sthjj.example.gov.cn/", b"<ul><li><a href='a.html'>a</a> 2021-03-04</li></ul>")
    told = {"items": "li a", "date": r"20\d\d-\d\d-\d\d", "pages": r"(\d+) pages", "hidden": None, "files": "xls"}
    expected = {"items": [{"title": "a", "url": "http://sthjj.example.gov.cn/a.html", "date": "2021-03-04"}]}
    folder = file.parent / "fixtures" / "somewhere" / f"{NoticeListPage.__module__}.NoticeListPage"
    folder.mkdir(parents=True)
    saved = Fixture.save(folder, inputs=[answer, PageParams(told)], item=expected, fixture_name="trial")
    said = json.loads(qingce("source", "check", str(file), "--offline", "--json").stdout)
    assert (said["maturity"], said["problems"], len(said["saved"])) == ("replayed", [], 1)
    saved.output_path.write_text(json.dumps({"items": []}))
    said = json.loads(qingce("source", "check", str(file), "--offline", "--json").stdout)
    assert said["maturity"] == "draft" and "items differ" in said["problems"][0]


def test_a_day_of_a_good_live_run(qingce: Tool, file: Path) -> None:
    file.write_text(f"{YAML}verified: '2026-11-20'\n", encoding="utf-8")
    assert "maturity: live-verified 2026-11-20" in qingce("source", "check", str(file), "--offline").stdout
