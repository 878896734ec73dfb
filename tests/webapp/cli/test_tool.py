"""The tool as a whole: help, errors in one line, sources, doctor."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.webapp.cli.conftest import Tool
from webapp.cli import cli

ROOT = Path(__file__).resolve().parents[3]


def commands(group: click.Group, *path: str) -> list[tuple[str, ...]]:
    """Every command's words, groups too."""
    found = [path] if path else []
    for name, command in sorted(group.commands.items()):
        found += commands(command, *path, name) if isinstance(command, click.Group) else [(*path, name)]
    return found


@pytest.mark.parametrize("words", commands(cli), ids=" ".join)
def test_every_command_says_what_it_is_for(qingce: Tool, words: tuple[str, ...]) -> None:
    result = qingce(*words, "--help")
    assert result.exit_code == 0 and result.output.startswith(f"Usage: cli {' '.join(words)}")
    assert len(result.output.splitlines()) > 3


def test_help_loads_nothing_heavy() -> None:
    program = "import sys; from webapp.cli import cli; print([m for m in sys.modules if m in sys.argv[1:]])"
    heavy = ["scrapy", "elasticsearch", "sqlalchemy", "jpype", "twisted", "alembic", "pdfplumber"]
    done = subprocess.run([sys.executable, "-c", program, *heavy], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(("variable", "value", "words", "code", "said"), [
    ("QINGCE_PORT", "many", ["serve"], 2, 'QINGCE_PORT'),
    ("QINGCE_ELASTICSEARCH_URL", "http://127.0.0.1:9", ["index"], 1, "no Elasticsearch at http://127.0.0.1:9"),
    ("QINGCE_DATABASE_URL", "sqlite:////no/such/folder/x", ["account", "list"], 1, "unable to open database file"),
    ("QINGCE_DATABASE_URL", "nonsense", ["account", "list"], 2, "Could not parse"),
    ("QINGCE_SOURCES", "/no/such/folder", ["sources", "list"], 1, "no such folder of sources"),
    ("QINGCE_ELASTICSEARCH_URL", "http://127.0.0.1:9", ["node"], 1, "unset it"),
])  # fmt: skip
def test_what_can_be_expected_to_fail_is_one_line(var: Path, variable: str, value: str, words: list[str], code: int,
                                                  said: str) -> None:  # fmt: skip
    env = {**os.environ, variable: value, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-m", "webapp.cli", *words], env=env, capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    assert said in done.stderr and done.stderr.count("\n") == 1, done.stderr


def test_a_bug_is_not_hidden(qingce: Tool, monkeypatch: pytest.MonkeyPatch) -> None:
    from webapp.cli import integrity

    def broken(folders: object, roots: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(integrity, "verify", broken)
    with pytest.raises(ZeroDivisionError):
        qingce("verify")


def test_sources_are_listed_enabled_and_disabled(qingce: Tool, var: Path) -> None:
    rows = {row["name"]: row for row in json.loads(qingce("sources", "list", "--json").stdout)}
    assert rows["shanghai-eic"]["enabled"] is False and "emission" in rows["shanghai-eic"]["kinds"]
    assert qingce("sources", "enable", "shanghai-eic").exit_code == 0
    assert json.loads((var / "sources" / "shanghai-eic.json").read_text(encoding="utf-8"))["name"] == "shanghai-eic"
    assert json.loads(qingce("sources", "show", "shanghai-eic").stdout)["cadence"]
    assert qingce("sources", "disable", "shanghai-eic").exit_code == 0
    assert qingce("sources", "disable", "shanghai-eic").exit_code == 2


def test_the_doctor_says_what_to_do(qingce: Tool, var: Path) -> None:
    result = qingce("doctor", "--json")
    found = {row["name"]: row for row in json.loads(result.stdout)}
    assert result.exit_code == 1 and "sources" in result.stderr
    assert not found["sources"]["ok"] and "qingce init" in found["sources"]["remedy"]
    assert not found["database"]["ok"] and "qingce migrate" in found["database"]["remedy"]


def test_after_migrate_and_enable_database_and_sources_are_well(qingce: Tool, var: Path) -> None:
    assert qingce("migrate").exit_code == 0
    assert qingce("sources", "enable", "shanghai-eic").exit_code == 0
    found = {row["name"]: row["ok"] for row in json.loads(qingce("doctor", "--json").stdout)}
    assert found["database"] and found["migrations"] and found["sources"] and found["schedule"]


def test_the_doctor_finds_a_bad_definition_and_an_old_database(qingce: Tool, var: Path) -> None:
    (var / "sources").mkdir(parents=True)
    (var / "sources" / "bad.json").write_text("{}", encoding="utf-8")
    (var / "qingce.sqlite").touch()
    found = {row["name"]: row for row in json.loads(qingce("doctor", "--json").stdout)}
    assert "bad.json" in found["source"]["detail"] and not found["migrations"]["ok"]
