"""From a file in a person's hands to judged duties, by commands alone, over a real Elasticsearch."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.webapp.cli.conftest import Tool

LIST = "企业名称,统一社会信用代码,区县\n莆田第一纸业有限公司,91350300MA2XYKJN6A,城厢区\n莆田第二纸业有限公司,,荔城区\n"
FACTS = ["--source", "putian-2021", "--region", "350300", "--year", "2021", "--url", "http://127.0.0.1/list.csv",
         "--retrieved-at", "2021-04-02", "--published", "2021-03-31"]  # fmt: skip


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    """A list as an agency publishes it, in GB 18030."""
    path = tmp_path / "名录.csv"
    path.write_bytes(LIST.encode("gb18030"))
    return path


def test_a_dry_run_shows_and_writes_nothing(qingce: Tool, var: Path, csv: Path) -> None:
    result = qingce("import", "list", str(csv), *FACTS, "--class", "KPU", "--dry-run")
    assert result.exit_code == 0, result.output
    assert "2 records" in result.output and "nothing was written" in result.output
    assert not (var / "runs").exists()


def test_a_list_is_imported_indexed_judged_and_verified(qingce: Tool, var: Path, csv: Path, engine: None) -> None:
    assert qingce("import", "list", str(csv), *FACTS, "--class", "KPU").exit_code == 0
    indexed = qingce("index", "--json")
    assert indexed.exit_code == 0, indexed.output
    (result,) = json.loads(indexed.stdout)
    assert result["records"] == 2 and result["skipped"] is None
    assert "indexed 0 runs" in qingce("index").output
    told = json.loads(qingce("coverage", "putian-2021", "--json").stdout)
    assert told["listed"] == 2
    dry = json.loads(qingce("scan", "--as-of", "2021-12-31", "--dry-run", "--json").stdout)
    # Two firms and the city whose list it is. No channel was watched: nobody is accused; the list itself is there.
    assert dry["enterprises"] == 2 and set(dry["states"]) == {"not_observable", "not_due", "met"}
    assert dry["states"]["met"] == 1
    scanned = qingce("scan", "--as-of", "2021-12-31")
    assert scanned.exit_code == 0 and f"{dry['duties']} duties of 2 enterprises" in scanned.output
    assert qingce("index", result["run"]).exit_code == 0
    again = qingce("rebuild")
    assert again.exit_code == 0, again.output
    assert "0 damages" in qingce("verify").output


def test_a_broken_folder_is_left_out_and_said(qingce: Tool, var: Path, csv: Path, engine: None) -> None:
    qingce("import", "list", str(csv), *FACTS, "--class", "KPU")

    broken = var / "runs" / "broken" / "20210101T000000Z-abcdef"
    broken.mkdir(parents=True)
    (broken / "run.json").write_text("{", encoding="utf-8")
    result = qingce("index")
    assert result.exit_code == 3 and "broken" in result.stderr and "indexed 1 runs" in result.output


@pytest.mark.parametrize(("words", "code", "said"), [
    (["coverage", "nothing-of-it"], 2, "nothing of the source 'nothing-of-it' is indexed"),
    (["scan", "--as-of", "yesterday"], 2, "yesterday"),
    (["index", "no-such-run"], 2, "no run 'no-such-run'"),
    (["crawl", "no-such-source"], 1, "no-such-source"),
    (["extract", "no-such-run"], 2, "no run 'no-such-run'"),
])  # fmt: skip
def test_what_is_not_there_is_one_line(qingce: Tool, engine: None, words: list[str], code: int, said: str) -> None:
    result = qingce(*words)
    assert result.exit_code == code and said in result.stderr and "Traceback" not in result.stderr


def test_a_wrong_fact_of_a_file_is_said(qingce: Tool, csv: Path) -> None:
    facts = ["2099-04-02" if word == "2021-04-02" else word for word in FACTS]
    future = qingce("import", "list", str(csv), *facts, "--class", "KPU")
    assert future.exit_code == 1 and "lies in the future" in future.stderr
    column = qingce("import", "list", str(csv), *FACTS, "--class", "KPU", "--column", "单位")
    assert column.exit_code == 2 and "PART=HEADER" in column.stderr
