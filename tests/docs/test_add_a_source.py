"""docs/how-to/add-a-source.md, its commands run in order against a site that is in no list of ours."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.docs import bureau

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "how-to" / "add-a-source.md"
ADDRESS = "http://sthjj.example.gov.cn"
FILE = Path("sources/my-city.yaml")


def test_the_page_leads_from_an_address_to_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = ""
    with bureau.standing() as site:
        for language, block in re.findall(r"```(\w+)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
            if language == "yaml":
                _edit(FILE, block)
            else:
                said += _run(block.replace(ADDRESS, site))
    assert "a list of 4 links: .news_list li a" in said
    assert "robots.txt: read and obeyed" in said and "nothing to mend" in said
    assert "my-city: finished" in said and "enabled my-city" in said and "\treplayed\t" in said
    records = [json.loads(line) for path in Path("var/runs").glob("my-city/*/records-*") for line in _lines(path)]
    listed = {record["subject"]["name"] for record in records}
    assert listed == {row[1] for rows in bureau.LISTS.values() for row in rows}
    assert {record["subject"]["uscc"] for record in records} == {
        row[2] for rows in bureau.LISTS.values() for row in rows
    }
    (walk,) = [
        visit
        for path in Path("var/runs").glob("my-city/*/visits-*")
        for visit in map(json.loads, _lines(path))
        if visit["scope"] == "walk"
    ]
    assert walk["complete"] is True


def _edit(file: Path, block: str) -> None:
    """Each line of the block takes the place of the lines of the same key, as a person would edit the file."""
    text = file.read_text(encoding="utf-8")
    for part in re.findall(r"^\w+:.*(?:\n +.*)*", block, re.MULTILINE):
        key = part.split(":")[0]
        text, count = re.subn(rf"^{key}:.*(?:\n +.*)*", part.replace("\\", r"\\"), text, flags=re.MULTILINE)
        assert count == 1, f"the proposal has no {key}"
    # The one thing that is not as on a site of others: a site of this machine needs no sparing.
    file.write_text(text.replace("delay: 3.0", "delay: 0.05, autothrottle: false"), encoding="utf-8")


def _run(block: str) -> str:
    """The commands in a shell, ``qingce`` being this checkout's; what it printed."""
    loopback = re.sub(r"qingce read (\S+)", r"qingce read \1 --loopback", block)
    tool = f'qingce() {{ {sys.executable} -m webapp.cli "$@"; }}\nexport QINGCE_SOURCES=sources\nset -e\n'
    done = subprocess.run(
        ["sh", "-c", tool + loopback], env=_environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _environment() -> Mapping[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("QINGCE_")}
    return {**own, "PYTHONPATH": str(ROOT), "QINGCE_VAR": "var", "PYTHONIOENCODING": "utf-8"}


def _lines(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return file.read().splitlines()
