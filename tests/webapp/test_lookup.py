"""A whole list looked up: on the page, as a file, from each sort of sheet."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from flask.testing import FlaskClient

from tests.webapp.conftest import token
from tests.webapp.samples import ID, OTHER
from webapp.lookups import sheets

LIST = """上海金山化工有限公司
苏州精细铸造

上海金山石化厂
91310000132203821x
上海金三化工有限公司
没有这样的单位名称啊
"""


def ask(client: FlaskClient, **data: object) -> str:
    answer = client.post("/lookup", data={"csrf_token": token_of(client), **data})
    assert answer.status_code == 200, answer.text
    return answer.text


def token_of(client: FlaskClient) -> str:
    page = client.get("/lookup").text
    return page.split('name="csrf_token" value="')[1].split('"')[0]


def test_each_line_is_answered_with_match_score_and_doubt(client: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(ask(client, text=LIST, form="csv").lstrip("\ufeff"))))
    assert [(row["行"], row["编号"], row["存疑代码"]) for row in rows] == [
        ("1", ID, "none"),
        ("2", OTHER, "short"),
        ("4", ID, "former"),
        ("5", ID, "none"),
        ("6", ID, "near"),
        ("7", "", "not_found"),
    ]
    assert rows[0]["相似度"] == "1.0" and 0.8 < float(rows[4]["相似度"]) < 1


def test_the_page_shows_the_same_and_keeps_the_list(client: FlaskClient) -> None:
    page = ask(client, text=LIST)
    assert "6 行的结果" in page and f'href="/enterprise/{ID}"' in page and "只是相近，请核对" in page
    assert "上海金三化工有限公司</textarea>" not in page and "上海金三化工有限公司" in page.split("</textarea>")[0]
    assert "欧阳保密" not in page


def test_a_name_and_the_code_of_another_are_told_apart(client: FlaskClient) -> None:
    text = "上海金山化工有限公司\t91320500MA1ABCDE0X"
    [row] = csv.DictReader(io.StringIO(ask(client, text=text, form="csv").lstrip("\ufeff")))
    assert row["存疑代码"] == "code_differs" and row["编号"] == OTHER and ID in row["其他可能"]


def test_a_sheet_is_uploaded(client: FlaskClient) -> None:
    book = openpyxl.Workbook()
    for cells in (
        ["序号", "企业名称", "统一社会信用代码"],
        [1, "上海金山化工有限公司", ""],
        [2, "", "91320500MA1ABCDE0X"],
    ):
        book.active.append(cells)  # type: ignore[union-attr]
    content = io.BytesIO()
    book.save(content)
    page = ask(client, file=(io.BytesIO(content.getvalue()), "名单.xlsx"))
    assert "2 行的结果" in page and OTHER in page


@pytest.mark.parametrize(("text", "words"), [("", "名单是空的"), ("甲厂\n" * 5_001, "一次最多")])
def test_no_lines_and_too_many_are_said(client: FlaskClient, text: str, words: str) -> None:
    answer = client.post("/lookup", data={"csrf_token": token_of(client), "text": text})
    assert answer.status_code == 400 and words in answer.text


def test_a_file_that_is_none_is_said(client: FlaskClient) -> None:
    data = {"csrf_token": token_of(client), "file": (io.BytesIO(b"PK\x03\x04broken"), "x.xlsx")}
    answer = client.post("/lookup", data=data)
    assert answer.status_code == 400 and "另存为" in answer.text


def test_a_post_needs_the_form_s_token(client: FlaskClient) -> None:
    assert client.post("/lookup", data={"text": "甲厂"}).status_code == 400


def test_text_of_chinese_spreadsheets_is_read() -> None:
    given = sheets.read("企业名称,许可证编号\n甲乙化工有限公司,91310000132203821X001P\n".encode("gb18030"))
    assert [(one.name, one.code) for one in given] == [("甲乙化工有限公司", "91310000132203821X001P")]


def test_the_form_has_its_token(client: FlaskClient) -> None:
    assert token_of(client) and token(client, "/login")
