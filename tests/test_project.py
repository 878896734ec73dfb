"""What holds for the project as a whole: nothing of one machine in it, locked packages, rooms of one noun."""

from __future__ import annotations

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-test.lock")
# Parts are joined here so that this file does not find itself.
REGISTRIES = [".".join(parts) for parts in (
    ("pypi", "org"), ("files", "pythonhosted", "org"), ("registry", "npmjs", "org"), ("repo1", "maven", "org"),
    ("repo", "maven", "apache", "org"), ("repo", "maven", "org"), ("index", "docker", "io"),
    ("docker", "elastic", "co"), ("deb", "debian", "org"), ("proxy", "golang", "org"), ("crates", "io"),
)]  # fmt: skip
MACHINE_PATHS = {"/" + "work/", "/" + "root/", f"{Path.home()}/", f"{ROOT.parent}/"} - {"//"}
SHAPES = {"indexer/register/documents.py"}
"""Lists of shapes without code, longer than a room may be: the contract of every index is read in one piece."""


@cache
def tracked() -> dict[str, str]:
    """Text of every file under version control, by path."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    texts = {}
    for name in filter(None, names.split("\0")):
        path = ROOT / name
        if path.is_file():
            texts[name] = path.read_bytes().decode("utf-8", errors="ignore")
    return texts


@pytest.mark.parametrize("word", REGISTRIES)
def test_no_registry_host_in_tracked_files(word: str) -> None:
    assert [name for name, text in tracked().items() if word in text] == []


def test_no_path_of_a_machine_in_tracked_files() -> None:
    pattern = re.compile(r"(?<![\w.*}])(?:" + "|".join(map(re.escape, MACHINE_PATHS)) + r")[a-z]")
    assert [name for name, text in tracked().items() if pattern.search(text)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = re.findall(r"^[A-Za-z0-9][^\s#]*==\S+ \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.M)
    assert len(pins) == len(re.findall(r"^[A-Za-z0-9]", text, re.M)) > 50
    assert "://" not in text and not re.search(r"^-", text, re.M)


def test_the_locks_cover_pyproject_and_agree() -> None:
    runtime, test = (locked(name) for name in LOCKS)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert names(project["dependencies"]) <= runtime.keys()
    assert names(project["optional-dependencies"]["test"]) <= test.keys()
    assert {name: test.get(name) for name in runtime} == runtime
    # Test tools stay out of the packages that run the site.
    assert not {"pytest", "ruff", "mypy", "playwright"} & runtime.keys()


def locked(lock: str) -> dict[str, str]:
    pins = re.findall(r"^([A-Za-z0-9][^\s#=]*)==(\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.M)
    return {canonicalize_name(name): version for name, version in pins}


def names(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(text).name) for text in requirements}


def test_python_files_stay_rooms_of_one_noun() -> None:
    long = {name: n for name, text in tracked().items() if name.endswith(".py") and (n := text.count("\n")) > 300}
    assert long.keys() - SHAPES == set()


def test_continuous_integration_runs_what_a_person_runs() -> None:
    assert "exec make test" in (ROOT / ".ci/run").read_text(encoding="utf-8")
