"""The node's own process: ``python -m indexer.engine.process``, started by ``indexer.engine.node`` and nobody else.

Its standard input is a pipe from the parent. When the parent dies, however it dies, the pipe closes (or the parent's
pid changes) and the node ends: no orphan. ``prctl(PR_SET_PDEATHSIG)`` is not used, because Linux ties it to the
*thread* that started the process: a worker thread that ends would take the node with it.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

import jpype

from indexer.engine import jvm, layout
from indexer.engine.errors import EngineError, LockedError
from indexer.engine.filelock import held
from indexer.engine.state import GRACE, NodeState, remove, write

POLL = 0.5
"""Seconds between looks at the parent's pid."""


def main(arguments: list[str] | None = None) -> None:
    """Run one node until told to stop or until the parent is gone."""
    options = _options(arguments)
    stop = _stop_event(options.parent)
    try:
        with held(options.root / "node.lock", wait=False):
            _run(options, stop)
    except LockedError as error:
        _report(options.report, {"locked": True, "holder": error.pid})
        sys.exit(1)
    except EngineError as error:
        _report(options.report, {"error": str(error)})
        sys.exit(1)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--heap", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--parent", type=int, required=True)
    parser.add_argument("--report", type=int, required=True)
    parser.add_argument("jars", type=Path, nargs="+")
    return parser.parse_args(arguments)


def _run(options: argparse.Namespace, stop: threading.Event) -> None:
    folders = layout.Layout(options.root)
    node = _start(folders, options)
    url = f"http://127.0.0.1:{jvm.port_of(node)}"
    write(options.state, NodeState.of_this_process(url))
    _report(options.report, {"url": url})
    stop.wait()
    remove(options.state)
    node.close()


def _start(folders: layout.Layout, options: argparse.Namespace) -> Any:
    try:
        jvm.start_jvm(folders, layout.build(folders, options.jars), options.heap)
        return jvm.start_node(folders, options.port)
    except (jpype.JException, RuntimeError, OSError) as error:
        raise EngineError(f"Elasticsearch did not start ({error}); see {folders.log}") from error


def _report(channel: int, message: dict[str, Any]) -> None:
    with os.fdopen(channel, "w", encoding="utf-8") as pipe:
        json.dump(message, pipe)


def _stop_event(parent: int) -> threading.Event:
    """Set when asked to stop by signal, by the closed pipe, or by the parent's death; then a deadline runs."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: _begin_stop(stop))
    threading.Thread(target=_watch_pipe, args=(stop,), daemon=True).start()
    threading.Thread(target=_watch_parent, args=(stop, parent), daemon=True).start()
    return stop


def _begin_stop(stop: threading.Event) -> None:
    if stop.is_set():
        return
    deadline = threading.Timer(GRACE, os._exit, (3,))
    deadline.daemon = True
    deadline.start()
    stop.set()


def _watch_pipe(stop: threading.Event) -> None:
    while os.read(0, 64):
        pass
    _begin_stop(stop)


def _watch_parent(stop: threading.Event, parent: int) -> None:
    """The pipe stays open where another child of the parent inherited it; the parent's pid then tells."""
    while os.getppid() == parent and not stop.wait(POLL):
        pass
    _begin_stop(stop)


if __name__ == "__main__":
    main()
    # Java threads of the closed node may linger; everything is on disk, so leave at once.
    sys.stdout.flush()
    os._exit(0)
