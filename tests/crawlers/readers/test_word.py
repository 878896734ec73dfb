"""Word files, new and old: merges, nesting, content controls, tracked changes, what is refused."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml

from crawlers.readers import read
from crawlers.tables import records
from tests.crawlers.readers.worddoc import document as old_word

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(word: Any) -> bytes:
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def test_cells_merged_down_and_across_are_filled_in_both_formats() -> None:
    word = docx.Document()
    word.add_paragraph("水环境重点排污单位（2家）")
    table = word.add_table(4, 3)
    texts = ["企业名称", "区县", "指标", "甲厂", "荔城区", "COD", "乙厂", "", "氨氮", "合计", "", ""]
    for cell, text in zip(table._cells, texts, strict=True):
        cell.text = text
    table.cell(1, 1).merge(table.cell(2, 1))
    table.cell(3, 0).merge(table.cell(3, 2))
    old = old_word(
        "水环境重点排污单位（2家）",
        [
            [("企业名称", 2000, 0), ("区县", 1000, 0), ("指标", 1000, 0)],
            [("甲厂", 2000, 0), ("荔城区", 1000, 3), ("COD", 1000, 0)],
            [("乙厂", 2000, 0), ("", 1000, 1), ("氨氮", 1000, 0)],
            [("合计", 4000, 0)],
        ],
    )
    for data, kind in ((saved(word), "docx"), (old, "doc")):
        found = read(data)
        (grid,) = found.grids
        assert (found.kind, grid.title, grid.stated_count) == (kind, "水环境重点排污单位（2家）", 2)
        assert [row[1] for row in grid.rows] == ["区县", "荔城区", "荔城区", "合计"]
        assert 3 in grid.merged
        assert [row.fields["企业名称"] for row in records(grid, required=["企业名称"]).records] == ["甲厂", "乙厂"]


def test_words_in_controls_insertions_and_text_boxes_are_kept_and_deleted_ones_are_not() -> None:
    word = docx.Document()
    table = word.add_table(1, 2)
    table.cell(0, 0).text = "企业名称"
    paragraph = table.cell(0, 1).paragraphs[0]._p
    for inner in (
        "<w:sdt {0}><w:sdtContent><w:r><w:t>甲</w:t></w:r></w:sdtContent></w:sdt>",
        "<w:ins {0}><w:r><w:t>厂</w:t></w:r></w:ins>",
        "<w:del {0}><w:r><w:delText>乙</w:delText></w:r></w:del>",
    ):
        paragraph.append(parse_xml(inner.replace("{0}", NS)))
    word.element.body.insert(
        0, parse_xml(f"<w:sdt {NS}><w:sdtContent><w:p><w:r><w:t>标题</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    )
    found = read(saved(word))
    assert found.grids[0].rows == [["企业名称", "甲厂"]]
    assert found.grids[0].title == "标题"


def test_old_word_text_without_deleted_words_and_field_codes() -> None:
    found = read(old_word("甲厂~乙厂~的方案", '见 \x13HYPERLINK "http://x"\x14附件\x15', "第三段"))
    assert found.text.split("\n") == ["甲厂的方案", "见 附件", "第三段"]


def test_a_table_nested_in_a_cell_stands_apart() -> None:
    word = docx.Document()
    outer = word.add_table(2, 2)
    for cell, text in zip(outer._cells, "甲乙丙丁", strict=True):
        cell.text = text
    inner = outer.cell(1, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "里", "面"
    first, second = read(saved(word)).grids
    assert first.rows == [["甲", "乙"], ["丙", "丁"]]
    assert second.rows == [["里", "面"]]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (old_word("a", version=101), "Word 6 or 95; save it as .docx"),
        (old_word("a", flags=0x0300), "password-protected"),
        (old_word("a")[:3000], "damaged"),
        (old_word(""), "no text layer"),
    ],
)  # fmt: skip
def test_old_word_files_that_cannot_be_read_say_why(data: bytes, words: str) -> None:
    found = read(data, filename="a.doc")
    assert not found.readable and words in found.issues[0].message
