"""One real Elasticsearch node for the whole test session, and a store with a random prefix for each test."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer import settings
from indexer.engine.connect import client
from indexer.engine.node import Node, NodeOptions, start
from indexer.engine.store import Store


@pytest.fixture(scope="session")
def engine_options() -> NodeOptions:
    """The options of the environment: tests share the jar cache that the program uses."""
    return replace(NodeOptions.of(settings.load()), port=0)


@pytest.fixture(scope="session")
def es_node(engine_options: NodeOptions, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """A node of its own data folder, stopped at the end of the session."""
    with start(replace(engine_options, var=tmp_path_factory.mktemp("engine"))) as node:
        yield node


@pytest.fixture
def store(es_node: Node) -> Iterator[Store]:
    """An empty store with all its indices, dropped after the test."""
    with client(es_node.url) as made:
        fresh = Store(made, f"test-{uuid.uuid4().hex[:8]}")
        fresh.ensure()
        yield fresh
        fresh.drop()


@pytest.fixture
def es_var(tmp_path: Path) -> Path:
    """A data folder of its own for tests that start and stop nodes themselves."""
    return tmp_path / "var"
