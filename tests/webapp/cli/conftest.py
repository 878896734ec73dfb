"""A data folder and a working directory of the test's own, and the tool called in this process."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.engine.connect import client
from indexer.engine.node import Node
from indexer.engine.store import Store
from webapp.cli import cli

ROOT = Path(__file__).resolve().parents[3]
Tool = Callable[..., Result]


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder that the environment names; nothing of the caller's environment leaks in."""
    for name in ("CLOCK", "DATABASE_URL", "ELASTICSEARCH_URL", "SOURCES", "INDEX_PREFIX", "DEMO"):
        monkeypatch.delenv(f"QINGCE_{name}", raising=False)
    monkeypatch.chdir(tmp_path)
    # The packages are found from any folder once installed; in a bare checkout by this.
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    folder = tmp_path / "data"
    monkeypatch.setenv("QINGCE_VAR", str(folder))
    return folder


@pytest.fixture
def qingce(var: Path) -> Tool:
    """``qingce("sources", "list")``: the result with its output, errors and exit code; bugs are raised."""
    return lambda *words, **more: CliRunner().invoke(cli, list(words), catch_exceptions=False, **more)


@pytest.fixture
def engine(var: Path, es_node: Node, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The session's Elasticsearch under a prefix of the test's own."""
    prefix = f"test-{uuid.uuid4().hex[:8]}"
    monkeypatch.setenv("QINGCE_ELASTICSEARCH_URL", es_node.url)
    monkeypatch.setenv("QINGCE_INDEX_PREFIX", prefix)
    yield
    with client(es_node.url) as made:
        Store(made, prefix).drop()
