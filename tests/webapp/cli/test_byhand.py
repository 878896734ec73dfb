"""The doors for what people bring, by commands: a WARC, and a look of their own that counts in the index."""

from __future__ import annotations

import json
from pathlib import Path

from tests.crawlers.importing.test_import_archive import PAGE, written
from tests.crawlers.importing.test_look import PNG
from tests.webapp.cli.conftest import Tool

LOOK = ["--source", "shanghai-eic", "--kind", "profile", "--url", "http://site.example/7", "--name", "甲化工有限公司",
        "--external-id", "7", "--at", "2021-04-02", "--by", "officer"]  # fmt: skip


def test_a_look_is_recorded_indexed_and_counted(qingce: Tool, var: Path, engine: None, tmp_path: Path) -> None:
    (tmp_path / "look.png").write_bytes(PNG)
    recorded = qingce("visit", "record", str(tmp_path / "look.png"), *LOOK, "--outcome", "absent")
    assert recorded.exit_code == 0 and "written: " in recorded.output, recorded.output
    (indexed,) = json.loads(qingce("index", "--json").stdout)
    assert (indexed["visits"], indexed["records"]) == (1, 0)
    assert json.loads(qingce("runs", "report", "--last", "--json").stdout)["visits"] == {"page": {"absent": 1}}
    assert "0 damages" in qingce("verify").output


def test_a_name_instead_of_a_role_is_refused(qingce: Tool, var: Path, tmp_path: Path) -> None:
    (tmp_path / "look.png").write_bytes(PNG)
    words = [word if word != "officer" else "王小明" for word in LOOK]
    refused = qingce("visit", "record", str(tmp_path / "look.png"), *words, "--outcome", "found")
    assert refused.exit_code == 1 and "a role, never a name" in refused.stderr and not var.exists()


def test_a_warc_is_shown_before_it_is_taken(qingce: Tool, var: Path, tmp_path: Path) -> None:
    file = written(tmp_path / "page.warc", ("response", {"Content-Type": "text/html"}, PAGE))
    shown = qingce("import", "warc", str(file), "--source", "shanghai-eic", "--dry-run")
    assert shown.exit_code == 0 and "1 answers and 0 files at 1 addresses" in shown.output
    assert "nothing was written" in shown.output and not (var / "runs").exists()
