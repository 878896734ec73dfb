"""One crawled and indexed province for every integration test: crawling it takes the longest, so it is done once."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from indexer import pipeline
from indexer.engine.connect import client
from indexer.engine.node import Node
from indexer.engine.store import Store
from indexer.settings import Settings
from indexer.settings import load as load_settings
from tests.integration import province


@dataclass(frozen=True)
class Crawled:
    """The province after all visit days of its script."""

    folder: Path
    settings: Settings
    store: Store
    script: dict[str, Any]


@pytest.fixture(scope="session")
def crawled_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``folder/var`` with the run folders of every visit day, ``folder/sources`` with the source files."""
    folder = tmp_path_factory.mktemp("province")
    with province.serving(folder) as served:
        for day in province.script()["visit_days"]:
            province.set_clock(served["control"], day)
            code = province.crawl(folder, day)
            # The down, blocked and changed sites stop their runs on purpose: 3 says that some did.
            assert code in (0, 3), f"crawl of {day} ended with {code}"
        province.export_sources(folder)
    return folder


@pytest.fixture(scope="session")
def session_store(es_node: Node) -> Iterator[Store]:
    """A store that lives as long as the session."""
    with client(es_node.url) as made:
        lasting = Store(made, f"test-{uuid.uuid4().hex[:8]}")
        lasting.ensure()
        yield lasting
        lasting.drop()


@pytest.fixture(scope="session")
def crawled(crawled_folder: Path, es_node: Any, session_store: Store) -> Iterator[Crawled]:
    """The same, indexed into a real Elasticsearch."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QINGCE_VAR", str(crawled_folder / "var"))
        script = province.script()
        patch.setenv("QINGCE_CLOCK", script["as_of"][-1])
        settings = load_settings()
        session_store.ensure()
        list(pipeline.index_pending(session_store, settings))
        yield Crawled(crawled_folder, settings, session_store, script)
