"""The node's process: one a data folder, restarted once, and never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from structlog.testing import capture_logs

from indexer.engine import jars, state
from indexer.engine.connect import client, connected, endpoint
from indexer.engine.errors import EngineError, LockedError
from indexer.engine.filelock import held, holder
from indexer.engine.node import Node, NodeOptions, start
from indexer.engine.store import Store
from indexer.settings import Settings, load
from tests.indexer.engine.samples import event

CHECKOUT = Path(__file__).resolve().parents[3]


def _until(condition: Callable[[], bool], seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _settings(options: NodeOptions) -> Settings:
    return replace(load(), var=options.var, jars=options.jars, elasticsearch_url="", elasticsearch_port=0)


@pytest.fixture
def own_options(engine_options: NodeOptions, es_var: Path) -> NodeOptions:
    """A node of this test's own."""
    return replace(engine_options, var=es_var)


def test_a_second_process_on_the_same_folder_is_refused_by_name_and_pid(
    es_node: Node, engine_options: NodeOptions, tmp_path_factory: pytest.TempPathFactory
) -> None:
    var = next(path for path in tmp_path_factory.getbasetemp().glob("engine*") if (path / "node.json").exists())
    with pytest.raises(LockedError) as error:
        start(replace(engine_options, var=var))
    assert f"{var}/elasticsearch is in use by process {es_node.pid}" in str(error.value)
    assert error.value.pid == es_node.pid


def test_another_command_finds_the_running_node(
    es_node: Node, engine_options: NodeOptions, tmp_path_factory: pytest.TempPathFactory
) -> None:
    var = next(path for path in tmp_path_factory.getbasetemp().glob("engine*") if (path / "node.json").exists())
    found = state.read(var / "node.json")
    assert found is not None
    assert (found.url, found.pid) == (es_node.url, es_node.pid)
    with endpoint(_settings(replace(engine_options, var=var))) as place:
        assert (place.url, place.node) == (es_node.url, None)


@pytest.mark.slow
def test_a_crashed_node_is_restarted_once_loses_nothing_and_is_reported(own_options: NodeOptions) -> None:
    with capture_logs() as logs, start(own_options) as node, client(node.url) as made:
        store, first, url = Store(made, "test-crash"), node.pid, node.url
        store.ensure()
        store.bulk("duty_events", [event(1)])
        os.kill(first, signal.SIGKILL)
        # Written into the gap: bulk waits for the node to come back.
        assert store.bulk("duty_events", [event(2)]).created == 1
        assert node.restarted
        assert node.url == url
        assert node.pid != first
        assert list(store.mget("duty_events", ["x-000001", "x-000002"])) == ["x-000001", "x-000002"]
        assert not node.failed
        os.kill(node.pid, signal.SIGKILL)
        assert _until(lambda: node.failed)
    assert [entry["log_level"] for entry in logs if "crashed" in entry["event"]] == ["warning", "error"]


def test_a_killed_parent_leaves_no_orphan_and_needs_neither_path_nor_home(own_options: NodeOptions) -> None:
    """The parent runs with an empty PATH and HOME, as on a machine without Java, Maven or Node.js."""
    program = (
        "import sys, time; from pathlib import Path; from indexer.engine.node import NodeOptions, start;"
        "node = start(NodeOptions(Path(sys.argv[1]), jars=Path(sys.argv[2])));"
        "print(node.pid, flush=True); time.sleep(600)"
    )
    cache = str(jars.cache_dir(own_options.jars))
    bare = {**os.environ, "PATH": "", "HOME": "", "JAVA_HOME": "/nowhere"}
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(own_options.var), cache], cwd=CHECKOUT, env=bare, stdout=subprocess.PIPE
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    assert psutil.pid_exists(pid)
    parent.kill()
    parent.wait()
    assert _until(lambda: not psutil.pid_exists(pid), 10)
    parent.stdout.close()
    assert not own_options.state.exists()
    assert holder(own_options.layout.lock) is None


def test_connected_starts_a_node_for_the_block_and_ends_it(own_options: NodeOptions) -> None:
    with connected(_settings(own_options)) as made:
        Store(made, "qingce").ensure()
        running = state.read(own_options.state)
        assert running is not None
    assert _until(lambda: not psutil.pid_exists(running.pid), 5)
    assert state.read(own_options.state) is None


def test_a_node_that_cannot_start_says_why_and_where_to_look(own_options: NodeOptions) -> None:
    with pytest.raises(EngineError, match=r"did not start.*see .*node\.log"):
        start(replace(own_options, heap="nonsense"))
    assert holder(own_options.layout.lock) is None


def test_a_folder_that_cannot_be_written_is_named(own_options: NodeOptions, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(EngineError, match=r"cannot write .*file/elasticsearch .*QINGCE_VAR"):
        start(replace(own_options, var=tmp_path / "file"))


def test_a_state_file_of_another_process_or_torn_counts_as_no_node(tmp_path: Path) -> None:
    path = tmp_path / "node.json"
    assert state.read(path) is None
    state.write(path, state.NodeState("http://127.0.0.1:1", os.getpid(), "2001-01-01T00:00:00Z"))
    assert state.read(path) is None
    state.write(path, state.NodeState.of_this_process("http://127.0.0.1:1"))
    assert state.read(path) is not None
    path.write_text('{"url": "http', encoding="utf-8")
    assert state.read(path) is None


def test_a_lock_is_free_again_after_its_block_even_with_the_file_left(tmp_path: Path) -> None:
    path = tmp_path / "some.lock"
    with held(path, wait=False):
        assert holder(path) == os.getpid()
        with pytest.raises(LockedError, match=f"in use by process {os.getpid()}"), held(path, wait=False):
            pytest.fail("taken twice")
    assert path.exists()
    assert holder(path) is None
