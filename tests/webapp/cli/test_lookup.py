"""``qingce lookup`` over a real Elasticsearch: a list answered, bad files told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.webapp.cli.conftest import Tool
from tests.webapp.cli.test_work import FACTS, LIST


@pytest.fixture
def known(qingce: Tool, tmp_path: Path, engine: None) -> None:
    """A register that holds the two firms of a list."""
    path = tmp_path / "名录.csv"
    path.write_bytes(LIST.encode("gb18030"))
    assert qingce("import", "list", str(path), *FACTS, "--class", "KPU").exit_code == 0
    assert qingce("index").exit_code == 0


def test_every_line_is_answered(qingce: Tool, known: None, tmp_path: Path) -> None:
    path = tmp_path / "ask.txt"
    path.write_text(
        "莆田第一纸业有限公司\n91350300MA2XYKJN6A\n莆田第二纸页有限公司\n没有的单位名称啊\n", encoding="utf-8"
    )
    rows = json.loads(qingce("lookup", str(path), "--json").stdout)
    assert [row["doubt"] for row in rows] == ["none", "none", "near", "not_found"]
    assert rows[0]["id"] == rows[1]["id"] and rows[2]["name"] == "莆田第二纸业有限公司"
    told = qingce("lookup", str(path), "--csv").stdout
    assert told.startswith("\ufeffline,text,id") and told.count("\n") >= 5
    assert "3 of 4 lines found" in qingce("lookup", str(path)).stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "no line"), (b"PK\x03\x04x", "no readable workbook"), ("甲厂\n".encode() * 5001, "part it")],
)
def test_a_bad_file_is_said_in_one_line(qingce: Tool, tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "bad.xlsx"
    path.write_bytes(content)
    result = qingce("lookup", str(path))
    assert result.exit_code == 2 and words in result.stderr and "Traceback" not in result.output
