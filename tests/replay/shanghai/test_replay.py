"""The replay tells what the platform told: its own facts, in the shapes its spiders read."""

from __future__ import annotations

import http.client
import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

import pytest
from stdnum.cn import uscc

from crawlers import source
from crawlers.readers import html
from crawlers.readers.folding import fold
from crawlers.tables import records
from tests.replay.shanghai import __main__ as command
from tests.replay.shanghai import sources
from tests.replay.shanghai.data import Platform
from tests.replay.shanghai.server import ShanghaiServer
from tests.replay.shanghai.site import Site

VIEW = "/jsp/view"


def rows_of(site: Site, module: str, code: str, **form: str) -> list[dict[str, str]]:
    asked = {"order": "asc", "wryCode": code, "pscode": code, "pageSize": "1000", "currentPage": "1", **form}
    answer = site.answer("POST", f"{VIEW}/{module}/list.do", urlencode(asked).encode())
    assert answer.status == 200
    return json.loads(answer.body)["rows"] if answer.body else []


def files_of(site: Site, external_id: str, category: str) -> int:
    target = f"{VIEW}/common/file_list2.jsp?ST_EVENT_ID={external_id}&ST_FILE_CATEGORY={category}"
    (grid,) = html.grids(html.parse(site.answer("GET", target).body))
    return len(records(grid, required=["文件名称"]).records)


def listed_ids(site: Site) -> list[str]:
    first = site.answer("POST", f"{VIEW}/list.jsp", b"currentPage=1").body.decode()
    pages = int(re.search(r"共(\d+)页", first).group(1))  # type: ignore[union-attr]
    ids: list[str] = []
    for page in range(1, pages + 1):
        tree = html.parse(site.answer("POST", f"{VIEW}/list.jsp", f"currentPage={page}".encode()).body)
        (grid,) = html.grids(tree)
        ids += re.findall(r"\('([^']+)'\)", " ".join(row.get("onclick", "") for row in grid.row_attributes))
    return ids


def test_the_answers_give_the_eight_known_numbers_of_disclosing_enterprises(site: Site, platform: Platform) -> None:
    seen: Counter[str] = Counter()
    for external_id in listed_ids(site):
        code = platform.code(external_id)
        licences = {row["stTypeCode"] for row in rows_of(site, "xzxk", code)}
        plant = any(rows_of(site, module, code) for module in ("waterHand", "wasteHand", "noiseHand"))
        seen["listed"] += 1
        seen["outlets"] += bool(rows_of(site, "port", code))
        seen["items"] += bool(rows_of(site, "jcdw", code))
        seen["permits"] += "PWXK" in licences
        seen["eia"] += "JSXM" in licences
        seen["plant"] += plant
        seen["emergency"] += bool(files_of(site, external_id, "YJYA_YAWB"))
        seen["monitoring plan"] += bool(files_of(site, external_id, "OTHER_ZXJC"))
        seen["social report"] += bool(files_of(site, external_id, "OTHER_SHZR"))
    assert seen == {
        "listed": 1101, "outlets": 870, "emergency": 815, "items": 796, "permits": 620, "eia": 344,
        "monitoring plan": 207, "plant": 196, "social report": 62,
    }  # fmt: skip


def test_no_row_of_the_data_is_lost(platform: Platform) -> None:
    totals = {module: sum(map(len, rows.values())) for module, rows in platform.feeds.items()}
    assert totals["port"] == 11145
    assert totals["jcdw"] == 27105
    assert totals["xzxk"] == 7256 + 1139 + 48 + 128
    assert totals["waterHand"] + totals["wasteHand"] + totals["noiseHand"] == 703
    assert totals["sgWater"] + totals["sgWaste"] == 77 + 11


def test_the_codes_are_as_dirty_as_they_were(site: Site, platform: Platform) -> None:
    codes = [row["注册号/统一社会信用代码"].strip() for row in platform.info.values()]
    assert sum(map(uscc.is_valid, codes)) == 1100
    shared = [count for count in Counter(codes).values() if count > 1]
    assert (len(shared), sum(shared)) == (26, 62)
    names = {row["url_id"]: row["name"].strip() for row in platform.listing}
    assert sum(names[key] != row["单位名称"].strip() for key, row in platform.info.items()) == 77


def test_a_page_of_pairs_gives_every_field_of_the_sheet(site: Site, platform: Platform) -> None:
    for external_id, row in list(platform.info.items())[:200]:
        (pairs,) = html.pairs(html.parse(site.answer("GET", f"{VIEW}/info.jsp?id={external_id}").body))
        assert pairs.fields == {header: fold(value) for header, value in row.items()}


def test_modules_page_and_answer_nothing_with_an_empty_body(site: Site, platform: Platform) -> None:
    code, rows = max(platform.feeds["jcdw"].items(), key=lambda item: len(item[1]))
    pages = [rows_of(site, "jcdw", code, pageSize="50", currentPage=str(page)) for page in (1, 2)]
    assert pages[0] + pages[1] == rows[:100]
    assert site.answer("POST", f"{VIEW}/waterAuto/list.do", f"wryCode={code}".encode()).body == b""
    assert site.answer("GET", f"{VIEW}/info.jsp?id=nobody").status == 404
    assert site.answer("GET", "/xhyf/common/filedown1.do?fileId=1").status == 404


def test_monitoring_values_are_asked_for_by_day(site: Site, platform: Platform) -> None:
    code = next(iter(platform.feeds["sgWaste"]))
    assert rows_of(site, "sgWaste", code, beginDate="2020-08-01", endDate="2020-08-31")
    assert not rows_of(site, "sgWaste", code, beginDate="2021-01-01", endDate="2021-01-31")


def test_it_is_served_over_a_kept_connection(site: Site, tmp_path: Path) -> None:
    with ShanghaiServer(site) as server:
        path = sources.write(server.url, tmp_path)
        connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=10)
        for _ in range(3):
            connection.request("POST", f"{VIEW}/list.jsp", "currentPage=2")
            answer = connection.getresponse()
            body = answer.read().decode()
            assert answer.status == 200
            assert "共56页" in body
        connection.close()
    assert f'base_url: "{server.url}"' in path.read_text(encoding="utf-8")


def test_missing_data_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--data", str(tmp_path)]) == 2
    assert "no such file" in capsys.readouterr().err


def test_the_source_file_is_a_good_source(tmp_path: Path) -> None:
    sources.write("http://127.0.0.1:8123", tmp_path)
    built_in = Path(source.__file__).parent / "sources"
    replay = source.effective(sources.NAME, (built_in, tmp_path))
    assert replay.loopback and replay.hosts == ("127.0.0.1:8123",)
    assert replay.data["membership"]["published"] == {"day": "2020-03-31", "assumed": True}
