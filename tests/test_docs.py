"""The documentation says what the code does: settings, commands, pages that exist."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import known
from webapp.cli import cli

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").rglob("*.md"))]
OF_COMPOSE = {"QINGCE_ES_JAVA_OPTS"}
"""Read by docker-compose.yml for another program's sake, by none of ours."""
OF_TESTS = {"QINGCE_REALDATA"}


def documented() -> dict[str, str]:
    """Variable → its row of the settings page."""
    text = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    return {row[1]: row[0] for row in re.finditer(r"^\| `(QINGCE_[A-Z_]+)` \|.+\|$", text, re.M)}


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    assert known.settings() - documented().keys() == set(), "not in docs/reference/settings.md"
    assert documented().keys() - known.settings() - OF_TESTS == set(), "in docs/reference/settings.md, but unknown"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_pages_name_only_settings_that_exist(path: Path) -> None:
    named = set(re.findall(r"QINGCE_[A-Z][A-Z_]*[A-Z]", path.read_text(encoding="utf-8")))
    assert named - known.settings() - OF_TESTS - OF_COMPOSE == set()


def test_the_example_of_an_env_file_names_only_settings_that_exist() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    named = {line.split("=")[0] for line in lines if line and not line.startswith("#")}
    assert named and named - known.settings() == set()


def test_the_page_of_commands_is_what_the_commands_say() -> None:
    # In a process of its own: click keeps a command's help option from whichever context asked for it first.
    made = subprocess.check_output(
        [sys.executable, "-m", "webapp.cli.reference"], cwd=ROOT, text=True, encoding="utf-8"
    )
    assert (ROOT / "docs/reference/cli.md").read_text(encoding="utf-8") == made, (
        "write it anew: python -m webapp.cli.reference > docs/reference/cli.md"
    )


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_pages_name_only_commands_that_exist(path: Path) -> None:
    for words in re.findall(r"(?:`|bin/|^    )qingce ([a-z-]+(?: [a-z-]+)?)", path.read_text(encoding="utf-8"), re.M):
        first, *second = words.split()
        assert first in cli.commands, f"{path.name}: qingce {words}"
        inner = getattr(cli.commands[first], "commands", None)
        assert not (inner and second) or second[0] in inner, f"{path.name}: qingce {words}"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), f"{path.relative_to(ROOT)} → {target}"


@pytest.mark.parametrize("path", [p for p in PAGES if p.parent.name != ""], ids=lambda p: str(p.relative_to(ROOT)))
def test_the_index_of_the_documentation_knows_every_page(path: Path) -> None:
    index = ROOT / "docs/README.md"
    if path.is_relative_to(ROOT / "docs") and path != index:
        assert f"({path.relative_to(ROOT / 'docs')})" in index.read_text(encoding="utf-8")


def test_every_make_target_named_in_the_readme_exists() -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    for name in ("README.md", "README.zh-CN.md"):
        asked = re.findall(r"make ([a-z-]+)", (ROOT / name).read_text(encoding="utf-8"))
        assert asked and set(asked) <= set(targets)
