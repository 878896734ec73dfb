"""Importing a notice of days off: due days move and become certain, the stored duties follow, everything is kept."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from indexer.law.calendar import LAST_YEAR
from tests.webapp.cli.conftest import Tool
from tests.webapp.cli.lawstory import TODAY, judged

NOTICE = """year: 2027
citation: 关于2027年部分节假日安排的通知
checked: 2026-11-20
off: [2027-01-01..2027-01-03, 2027-03-15, 2027-05-01..2027-05-05, 2027-10-01..2027-10-07]
work: [2027-03-13]
"""


@pytest.fixture
def notice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that an officer imports."""
    monkeypatch.setenv("QINGCE_CLOCK", TODAY)
    path = tmp_path / "2027.yaml"
    path.write_text(NOTICE, encoding="utf-8")
    return path


def told(qingce: Tool, *words: str) -> Any:
    result = qingce(*words, "--json")
    assert result.exit_code == 0, result.output + result.stderr
    return json.loads(result.stdout)


def due(qingce: Tool) -> dict[str, Any]:
    (row,) = told(qingce, "rules", "explain", "O24-Y", TODAY, "甲化工有限公司")["duties"]
    return {key: row[key] for key in ("due", "provisional")}


@pytest.mark.skipif(LAST_YEAR != 2026, reason="written for the library that ends with 2026")
def test_an_import_moves_due_days_and_tells_which(var: Path, engine: None, qingce: Tool, notice: Path) -> None:
    judged(var, qingce)
    assert due(qingce) == {"due": "2027-03-15", "provisional": True}
    tried = told(qingce, "calendar", "import", str(notice), "--dry-run")
    assert tried["difference"]["changes"]["due"]["count"] == 1 and not (var / "law" / "calendar").exists()
    done = told(qingce, "calendar", "import", str(notice))
    (moved,) = done["difference"]["changes"]["due"]["examples"]
    assert (moved["of"], moved["before"], moved["after"]) == ("O24-Y", "2027-03-15", "2027-03-16")
    assert done["difference"]["changes"]["settled"]["by"]["O24-Y"] == 1
    assert done["difference"]["before"] != done["difference"]["after"]
    assert due(qingce) == {"due": "2027-03-16", "provisional": False}
    assert _stored(qingce) == ("2027-03-16", False, done["difference"]["after"])
    digest = hashlib.sha256(NOTICE.encode()).hexdigest()
    assert (var / "law" / "texts" / digest[:2] / digest).read_text(encoding="utf-8") == NOTICE
    kept = json.loads((var / "law" / "editions" / f"{done['difference']['after']}.json").read_text(encoding="utf-8"))
    assert kept["why"]["citation"].startswith("关于2027年") and kept["difference"] == done["difference"]
    again = qingce("calendar", "import", str(notice))
    assert again.exit_code == 1 and "is imported already" in again.stderr


def _stored(qingce: Tool) -> tuple[str, bool, str]:
    from webapp.cli.opened import opened

    with opened() as (store, _):
        store.refresh("duties")
        (row,) = [row for row in store.scan("duties") if row["obligation"] == "O24-Y"]
    return row["due"], row["due_provisional"], row["rules_version"]


def test_a_correction_takes_the_place_of_the_first_notice(var: Path, engine: None, qingce: Tool, notice: Path) -> None:
    assert qingce("calendar", "import", str(notice)).exit_code == 0
    notice.write_text(NOTICE.replace("2027-03-15, ", "").replace("2027-03-13", ""), encoding="utf-8")
    assert qingce("calendar", "import", str(notice)).exit_code == 0
    assert [path.name for path in sorted((var / "law" / "calendar").iterdir())] == ["2027-0001.yaml", "2027-0002.yaml"]
    year = told(qingce, "calendar", "show", "2027")
    assert year["source"] == "imported notice" and "2027-03-15" not in year["off"] and year["work"] == []


def test_the_calendar_says_where_each_year_comes_from(var: Path, qingce: Tool) -> None:
    years = {row["year"]: row for row in told(qingce, "calendar", "show")}
    assert years[2024]["source"] == "library" and "2024-02-04" in years[2024]["work"]
    assert years[LAST_YEAR + 1]["source"] == "none: provisional"
    assert "2024-02-04" in qingce("calendar", "show", "2024").output


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [("checked: 2026-11-20", "checked: 2027-01-20", "lies after today"), ("off: [", "off: [2027-13-01, ", "is no day")],
)
def test_a_bad_file_is_one_line(var: Path, qingce: Tool, notice: Path, old: str, new: str, words: str) -> None:
    notice.write_text(NOTICE.replace(old, new), encoding="utf-8")
    result = qingce("calendar", "import", str(notice))
    assert result.exit_code == 1 and words in result.stderr and "Traceback" not in result.stderr
    assert not (var / "law").exists()
