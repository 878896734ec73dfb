"""The demonstration finds what it has made, goes on where it stopped, and begins anew where other code made it."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.webapp.cli.conftest import Tool
from webapp.accounts.store import authenticate
from webapp.cli.account import database
from webapp.cli.demo import days, identity, officer, province
from webapp.cli.demo.command import enter
from webapp.cli.errors import CommandFailed


def run_of(runs: Path, source: str, day: str, status: str) -> None:
    folder = runs / source / f"{day.replace('-', '')}T040000Z-abcdef"
    folder.mkdir(parents=True)
    (folder / "run.json").write_text(json.dumps({"status": status}), encoding="utf-8")


def test_a_folder_is_complete_only_when_all_is_in(tmp_path: Path) -> None:
    assert identity.state(tmp_path, "a") == "none"
    identity.write(tmp_path, "a", complete=False)
    assert identity.state(tmp_path, "a") == "begun"
    identity.write(tmp_path, "a", complete=True)
    assert identity.state(tmp_path, "a") == "complete"
    assert identity.state(tmp_path, "b") == "other"


def test_a_folder_without_a_marker_or_with_a_torn_one_begins_anew(tmp_path: Path) -> None:
    (tmp_path / "runs").mkdir()
    assert identity.state(tmp_path, "a") == "other"
    (tmp_path / "demo.json").write_text('{"identity": "a', encoding="utf-8")
    assert identity.state(tmp_path, "a") == "other"


def test_other_code_or_another_script_is_another_demonstration() -> None:
    assert identity.identity({"last_day": "2026-11-20"}) == identity.identity({"last_day": "2026-11-20"})
    assert identity.identity({"last_day": "2026-11-20"}) != identity.identity({"last_day": "2026-11-21"})


def test_clearing_takes_away_what_a_demonstration_writes_and_nothing_else(tmp_path: Path) -> None:
    for name in ("runs/a/b", "elasticsearch/data"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("demo.json", "qingce.sqlite", "qingce.sqlite-wal", "officer.txt", "notes of mine.txt"):
        (tmp_path / name).touch()
    identity.clear(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes of mine.txt"]


def test_a_day_goes_on_with_the_sources_that_it_lacks(tmp_path: Path) -> None:
    run_of(tmp_path, "done", "2021-07-05", "finished")
    run_of(tmp_path, "blocked", "2021-07-05", "stopped")
    run_of(tmp_path, "died", "2021-07-05", "aborted")
    run_of(tmp_path, "cut", "2021-07-05", "running")
    run_of(tmp_path, "earlier", "2021-03-01", "finished")
    sources = ["done", "blocked", "died", "cut", "earlier", "never"]
    assert days.lacking(tmp_path, sources, "2021-07-05") == ["died", "cut", "earlier", "never"]


def test_a_day_is_crawled_at_its_date_and_a_blocked_site_is_no_failure(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setenv("QINGCE_CLOCK", "2026-11-20")
    with province.running(var) as sites:
        monkeypatch.setenv("QINGCE_SOURCES", str(sites.sources))
        sites.set_clock("2021-07-05")
        names = ["province-list-a", "province-platform-e"]
        days.crawl(names, "2021-07-05", var, lambda result: said.append(f"{result.source} {result.status}"))
        assert days.lacking(var / "runs", names, "2021-07-05") == []
    assert sorted(said) == ["province-list-a finished", "province-platform-e stopped"]
    assert os.environ["QINGCE_CLOCK"] == "2026-11-20"


def test_the_provinces_sites_take_the_clock_and_are_gone_afterwards(tmp_path: Path) -> None:
    with province.running(tmp_path) as sites:
        sites.set_clock("2021-07-05")
        with pytest.raises(CommandFailed, match="did not take the date"):
            sites.set_clock("no day")
        assert sorted(path.suffix for path in sites.sources.iterdir())[0] == ".yaml"
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(sites.base, timeout=5)


def test_the_script_names_its_days() -> None:
    script = province.script()
    assert list(script.visit_days) == sorted(script.visit_days) and script.visit_days[-1] <= script.last_day


def test_the_demonstration_never_touches_the_real_data(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VAR", "INDEX_PREFIX", "DEMO", "CLOCK", "SOURCES", "DATABASE_URL"):
        monkeypatch.setenv(f"QINGCE_{name}", "postgresql://real/data")
    enter(var, "2026-11-20")
    from indexer.settings import load

    settings = load()
    assert settings.var == var.resolve() / "demo" and settings.demo and settings.index_prefix == "qingce-demo"
    assert settings.database == f"sqlite:///{settings.var / 'qingce.sqlite'}"
    assert os.environ["QINGCE_CLOCK"] == "2026-11-20"


def test_the_officer_is_made_once_and_again_where_the_file_was_lost(
    var: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def opens() -> bool:
        password = (var / "officer.txt").read_text(encoding="utf-8").split("password: ")[1].strip()
        with database() as session:
            return authenticate(session, "officer", password) is not None

    officer.ensure(var)
    assert "officer, password" in capsys.readouterr().out and opens()
    assert (var / "officer.txt").stat().st_mode & 0o077 == 0
    officer.ensure(var)
    assert capsys.readouterr().out == ""
    (var / "officer.txt").unlink()
    officer.ensure(var)
    assert opens()


def test_a_port_in_use_is_said_before_anything_is_made(qingce: Tool, var: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = qingce("demo", "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 1 and "is in use" in result.stderr and not var.exists()
