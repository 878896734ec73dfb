"""Strategy: pure wings are tested with values, rooms against real neighbours, the whole against the planted truth.

One real Elasticsearch serves the session (``es_node``), each test has a store with a random index prefix (``store``);
``tests/integration`` crawls the example province once and asks everything of it. Nothing here talks to the internet.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

pytest_plugins = ["tests.engine_fixtures"]

ROOT = Path(__file__).resolve().parents[1]
QINGCE = tuple(
    name for name in os.environ if name.startswith("QINGCE_") and name not in ("QINGCE_JARS", "QINGCE_REALDATA")
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: Playwright keeps an event loop in the main thread, where others start their own.

    Side by side (``-n``) what shares a crawl stays in one process, else each file by itself.
    """
    items.sort(key=lambda item: "e2e" in item.path.relative_to(ROOT).parts)
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item.path.relative_to(ROOT))))


def _group(path: Path) -> str:
    if "shanghai" in path.as_posix():
        return "shanghai"
    if path.parts[1] in ("families", "e2e") or (path.parts[1] == "integration" and path.name != "test_rules.py"):
        return path.parts[1]
    return path.as_posix()


@pytest.fixture(autouse=True, scope="session")
def clean_environment() -> None:
    """The settings of whoever runs the tests do not reach them; the jar cache and the real files' folder do."""
    for name in QINGCE:
        os.environ.pop(name, None)


@pytest.fixture(scope="session")
def realdata() -> Path:
    """The folder of real files; tests that need it skip where it is absent."""
    folder = Path(os.environ.get("QINGCE_REALDATA", ROOT.parent / "shared" / "realdata"))
    if not folder.is_dir():
        pytest.skip(f"no real files at {folder.name}: set QINGCE_REALDATA to the folder that holds shanghai-eic/")
    return folder
