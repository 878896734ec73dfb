"""What pyproject.toml declares is what the code imports: nothing comes in through another package, nothing idles."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OURS = {"crawlers", "indexer", "schedules", "webapp", "examples", "tests", "bench"}
UNIMPORTED = {"tzdata", "scrapy-poet", "beautifulsoup4"}
"""Time zones where the system has none; a Scrapy add-on named in settings; the reader kept for free-form pages."""
TOOLS = {"import-linter", "lxml-stubs", "mypy", "pip-tools", "pytest-timeout", "pytest-xdist", "ruff"}
"""Run by the Makefile, or plugins; packages of types go by their names."""


def imported(*folders: str) -> set[str]:
    """The distributions whose modules the folders import, by canonical name."""
    known = packages_distributions()
    modules = {module for folder in folders for path in (ROOT / folder).rglob("*.py") for module in _modules(path)}
    foreign = modules - OURS - set(sys.stdlib_module_names)
    return {canonicalize_name(name) for module in foreign for name in known.get(module, [module])}


def _modules(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module.split(".")[0]


def declared(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(text).name) for text in requirements}


def test_runtime_packages_are_those_imported() -> None:
    used, stated = imported("crawlers", "indexer", "schedules", "webapp", "examples"), declared(PROJECT["dependencies"])
    assert used - stated == set(), "imported, not declared"
    assert stated - used - UNIMPORTED == set(), "declared, not imported"


def test_test_packages_are_those_imported() -> None:
    stated = declared(PROJECT["optional-dependencies"]["test"])
    used = imported("tests", "bench")
    assert used - stated - declared(PROJECT["dependencies"]) == set(), "imported, not declared"
    assert {name for name in stated - used if not name.startswith("types-")} - TOOLS == set(), "declared, not imported"
