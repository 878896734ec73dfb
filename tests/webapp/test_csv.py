"""The list of gaps as a file: legible to spreadsheets, harmless to them, and telling what it is."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.webapp.conftest import Site
from webapp import create_app
from webapp.gapcsv import safe


def rows(text: str) -> list[dict[str, str]]:
    assert text.startswith("﻿")
    return list(csv.DictReader(io.StringIO(text[1:])))


def test_the_file_is_the_list_with_day_versions_and_nature(client: FlaskClient) -> None:
    answer = client.get("/gaps.csv")
    assert answer.mimetype == "text/csv" and "qingce-gaps-2021-03-01.csv" in answer.headers["Content-Disposition"]
    found = rows(answer.text)
    assert {(row["事项编号"], row["状态代码"]) for row in found} == {("O31-2", "missing"), ("O31-2", "late")}
    first = found[0]
    assert first["数据性质"] == "线索，非结论" and first["截至日"] == "2021-03-01" and first["规则版本"] == "rules1"
    assert first["状态"] == "在已查渠道未见" and "2020-07-10 2020-08-11 2020-09-12" in first["有效查看"]


def test_no_cell_is_a_formula(client: FlaskClient) -> None:
    assert {row["企业"] for row in rows(client.get("/gaps.csv").text)} == {
        "上海金山化工有限公司",
        "'=苏州精细铸造有限公司",
    }


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@x", "\t=1", "＝1", "  =1", "\r=1"])
def test_formulas_are_made_words(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["企业", "2020-06-29", "1=1", ""])
def test_words_stay(text: str) -> None:
    assert safe(text) == text


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?region=31", 1),
        ("?region=32", 1),
        ("?state=late", 1),
        ("?year=2019", 1),
        ("?severity=S3", 1),
        ("?obligation=O31-1", 0),
        ("?state=all", 4),
        ("?state=x", 2),
    ],
)
def test_the_file_takes_the_filters_of_the_page(client: FlaskClient, query: str, count: int) -> None:
    assert len(rows(client.get("/gaps.csv" + query).text)) == count


def test_a_file_that_is_cut_says_so(site: Site) -> None:
    short = create_app(replace(site.settings, export_rows=1), site.store).test_client()
    lines = short.get("/gaps.csv").text.splitlines()
    assert len(lines) == 3 and "已截断" in lines[2]


def test_staff_get_what_staff_may_see(officer: FlaskClient) -> None:
    found = rows(officer.get("/review/gaps.csv").text)
    assert {row["事项编号"] for row in found} == {"O31-2", "O31-3", "O31-5", "O31-6"}
    assert {row["可见范围"] for row in found} == {"public", "staff"}
