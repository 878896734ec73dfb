"""The bureaus' sites: GBK, paging by arithmetic, lists as tables, workbooks and PDF files."""

from __future__ import annotations

import io
import re

import openpyxl
import pdfplumber
import pytest
from lxml import html

from examples.province.lists import HEADINGS
from examples.province.model import World
from examples.province.pages.bureau import COLUMNS, ROOT
from examples.province.places import CITIES

from .conftest import Ask


def notice(ask: Ask, letter: str, words: str) -> tuple[str, str]:
    """(path, text) of the newest notice whose title has ``words``."""
    for number in range(20):
        name = f"index_{number}.html" if number else "index.html"
        answer = ask(f"list-{letter}", ROOT + name)
        if answer.status == 404:
            break
        page = html.fromstring(answer.body.decode("gb18030"))
        for link in page.xpath('//ul[@class="list"]//a'):
            if words in link.get("title"):
                path = ROOT + link.get("href").removeprefix("./")
                return path, ask(f"list-{letter}", path).body.decode("gb18030")
    raise AssertionError(f"no notice {words} in {letter}")


def expected(world: World, letter: str, year: int, classes: tuple[str, ...]) -> dict[str, int]:
    firms = [f for f in world.of_city(letter.upper()) if year not in f.supplement]
    counts = {HEADINGS[c]: sum(c in f.lists.get(year, ()) for f in firms) for c in classes}
    return {heading: count for heading, count in counts.items() if count}


def title(letter: str, year: int) -> str:
    return f"{year}年{CITIES[letter.upper()].name}重点排污单位名录"


KPU = ("KPU.W", "KPU.A", "SOIL", "RISK")


def test_pages_are_gbk_and_counted_by_a_script(ask: Ask) -> None:
    answer = ask("list-a", ROOT + "index.html")
    text = answer.body.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        answer.body.decode("utf-8")
    pages = int(re.search(r"createPageHTML\((\d+)", text)[1])  # type: ignore[index]
    assert ask("list-a", ROOT + f"index_{pages - 1}.html").status == 200
    assert ask("list-a", ROOT + f"index_{pages}.html").status == 404
    assert "charset=gb2312" in text


@pytest.mark.parametrize("letter", ["a", "d"])
def test_html_lists_stand_under_headings_with_their_count(ask: Ask, world: World, letter: str) -> None:
    _, text = notice(ask, letter, title(letter, 2021))
    page, found = html.fromstring(text), {}
    for table in page.xpath('//table[@border="1"]'):
        heading = table.getprevious().text_content()
        found[heading.split("（")[0]] = len(table.xpath(".//tr")) - 1
        assert f"（{len(table.xpath('.//tr')) - 1}家）" in heading
        assert [td.text_content() for td in table.xpath(".//tr[1]/td")] == list(COLUMNS[letter.upper()])
    assert found == expected(world, letter, 2021, KPU)
    assert f"共{sum(found.values())}家" in text and "发布时间：2021-03-2" in text


@pytest.mark.parametrize("letter", ["b", "e"])
def test_workbooks_hold_the_rows(ask: Ask, world: World, letter: str) -> None:
    path, text = notice(ask, letter, title(letter, 2021))
    name = re.search(r'href="\./(W\d+\.xlsx)"', text)[1]  # type: ignore[index]
    body = ask(f"list-{letter}", path.rsplit("/", 1)[0] + "/" + name).body
    sheet = openpyxl.load_workbook(io.BytesIO(body)).active
    assert sheet is not None
    rows = [row for row in sheet.iter_rows(min_row=4, values_only=True) if isinstance(row[0], int)]
    assert [cell.value for cell in sheet[3]] == list(COLUMNS[letter.upper()])
    assert len(rows) == sum(expected(world, letter, 2021, KPU).values())
    assert any(str(area).startswith("A1:") for area in sheet.merged_cells.ranges) and len(sheet.merged_cells.ranges) > 3
    assert str(sheet.cell(sheet.max_row, 1).value).startswith("注：")


@pytest.mark.parametrize("letter", ["c", "f"])
def test_pdf_files_hold_the_rows(ask: Ask, world: World, letter: str) -> None:
    path, text = notice(ask, letter, title(letter, 2022))
    name = re.search(r'href="\./(W\d+\.pdf)"', text)[1]  # type: ignore[index]
    body = ask(f"list-{letter}", path.rsplit("/", 1)[0] + "/" + name).body
    with pdfplumber.open(io.BytesIO(body)) as document:
        rows = [row for page in document.pages for table in page.extract_tables() for row in table]
    numbered = [row for row in rows if (row[0] or "").isdecimal()]
    assert len(numbered) == sum(expected(world, letter, 2022, KPU).values())
    assert rows[0] == list(COLUMNS[letter.upper()])


def test_the_supplement_names_only_its_own(ask: Ask) -> None:
    path, text = notice(ask, "c", "增补")
    assert "共2家" in text and "t20210406" in path


def test_disclosure_lists_come_from_2022_on(ask: Ask) -> None:
    assert notice(ask, "a", "2022年甲川市企业环境信息依法披露企业名单")
    with pytest.raises(AssertionError):
        notice(ask, "a", "2021年甲川市企业环境信息依法披露企业名单")


def test_half_width_brackets_codes_left_out_and_organisation_codes(ask: Ask) -> None:
    assert "（甲川）" not in notice(ask, "a", title("a", 2021))[1]
    cells = html.fromstring(notice(ask, "d", title("d", 2021))[1]).xpath('//table[@border="1"]//tr[position()>1]/td[3]')
    assert any(not cell.text_content().strip() for cell in cells) and "组织机构代码" in COLUMNS["E"]
