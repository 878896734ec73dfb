"""Setting a copy up: what is written, and what it says it cannot see."""

from __future__ import annotations

from pathlib import Path

import pytest
from dotenv import dotenv_values

from indexer.law import rules
from tests.webapp.cli.conftest import Tool
from webapp.cli.init.blind import blind
from webapp.cli.init.envfile import with_values, write


def test_sources_and_env_file_are_written(qingce: Tool, var: Path, tmp_path: Path) -> None:
    result = qingce(
        "init", "--region", "上海市", "--operator", "https://example.org/qingce", "--source", "shanghai-eic"
    )
    assert result.exit_code == 0, result.output
    assert (var / "sources" / "shanghai-eic.json").is_file()
    assert dotenv_values(tmp_path / ".env")["QINGCE_CONTACT"] == "https://example.org/qingce"


def test_what_cannot_be_observed_is_said_with_its_reason(qingce: Tool) -> None:
    result = qingce("init", "--region", "31", "--operator", "x@example.org", "--source", "shanghai-eic")
    assert "O24-Y" in result.output and "annual_report" in result.output


def test_on_a_terminal_what_was_not_given_is_asked(qingce: Tool, var: Path) -> None:
    result = qingce("init", input="上海\nx@example.org\nshanghai-eic\n")
    assert result.exit_code == 0, result.output
    assert [path.stem for path in (var / "sources").iterdir()] == ["shanghai-eic"]


@pytest.mark.parametrize(("words", "said"), [
    (["--region", "亚特兰蒂斯"], "no region '亚特兰蒂斯'"),
    (["--region", "31", "--operator", "x", "--source", "shanghai-eik"], "did you mean shanghai-eid, shanghai-eic"),
])  # fmt: skip
def test_a_wrong_answer_is_one_line(qingce: Tool, words: list[str], said: str) -> None:
    result = qingce("init", *words)
    assert result.exit_code == 2 and said in result.stderr and "Traceback" not in result.output


def cover(kinds: str, cls: str, region: str, channel: str) -> dict[str, object]:
    return {"kinds": kinds.split(), "classes": [cls], "regions": [region], "channel": channel}


@pytest.mark.parametrize(("covers", "why"), [
    ([], "no chosen source carries annual_report"),
    ([cover("annual_report", "EL", "32", "eid_system")], "do not cover 31"),
    ([cover("annual_report", "KPU", "31", "eid_system")], "covers members of EL"),
    ([cover("annual_report", "EL", "31", "own_site")], "prescribes eid_system"),
    ([cover("annual_report", "EL", "310115", "eid_system")], None),
    ([cover("annual_report", "EL", "", "eid_system")], None),
])  # fmt: skip
def test_why_a_duty_stays_in_the_dark(covers: list[dict[str, object]], why: str | None) -> None:
    found = blind([rules.default().obligations["O24-Y"]], covers, "31")
    assert [why in row.why for row in found] == ([True] if why else []) if why else found == []


def test_the_env_file_keeps_what_it_does_not_set(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("# mine\nQINGCE_PORT=9000\nQINGCE_CONTACT=old\n", encoding="utf-8")
    write(path, {"QINGCE_CONTACT": "O'Neill \\ 王 #1", "QINGCE_VAR": "data"})
    assert path.read_text(encoding="utf-8").startswith("# mine\nQINGCE_PORT=9000\nQINGCE_CONTACT=")
    assert dotenv_values(path) == {"QINGCE_PORT": "9000", "QINGCE_CONTACT": "O'Neill \\ 王 #1", "QINGCE_VAR": "data"}
    assert path.stat().st_mode & 0o077 == 0


def test_writing_twice_changes_nothing() -> None:
    once = with_values("", {"A": "1"})
    assert with_values(once, {"A": "1"}) == once == "A=1\n"
