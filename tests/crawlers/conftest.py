"""Crawls of scripted sites, all in one process and once a session: a reactor takes seconds to start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawlers.run import crawl
from tests.crawlers.scripted import Told, read_run
from tests.crawlers.sites import ALL, standing


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Told]]:
    """Every scripted site's run by the site's name."""
    folder = tmp_path_factory.mktemp("crawl")
    patch = pytest.MonkeyPatch()
    patch.setenv("QINGCE_SOURCES", str(folder / "sources"))
    with standing(folder / "sources"):
        results = crawl(list(ALL), folder / "var")
    patch.undo()
    yield {result.source: read_run(result.folder) for result in results}


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of source files that ``QINGCE_SOURCES`` names."""
    folder = tmp_path / "sources"
    folder.mkdir()
    monkeypatch.setenv("QINGCE_SOURCES", str(folder))
    return folder
