"""The embedded Elasticsearch node as seen by the process that started it: start, watch, restart once, stop."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import structlog

from indexer.engine import jars as pinned
from indexer.engine.errors import EngineError, LockedError
from indexer.engine.filelock import holder
from indexer.engine.layout import Layout
from indexer.engine.state import GRACE
from indexer.settings import Settings

log = structlog.get_logger(__name__)

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class NodeOptions:
    """Needs of a node: ``heap`` as ``-Xmx`` takes it, ``port`` 0 for a free one, ``jars`` None for the user's cache."""

    var: Path
    heap: str = "512m"
    port: int = 0
    jars: Path | None = None
    lock_file: Path = pinned.LOCK_FILE

    @classmethod
    def of(cls, settings: Settings) -> NodeOptions:
        """The options that the environment asks for."""
        return cls(settings.var, settings.heap, settings.elasticsearch_port, settings.jars)

    @property
    def layout(self) -> Layout:
        """The node's folders."""
        return Layout(self.var.absolute() / "elasticsearch")

    @property
    def state(self) -> Path:
        """The file by which other commands find the running node."""
        return self.var.absolute() / "node.json"


class Node:
    """A running node; ``url`` stays the same over a restart. ``start`` makes one, ``stop`` or ``with`` ends it."""

    def __init__(self, options: NodeOptions) -> None:
        self._options = options
        self._stopping = threading.Event()
        self._turn = threading.Lock()
        self._process, self.url = _spawn(options)
        self.restarted = False
        """True after the node crashed and was started again; everything acknowledged before is still there."""
        self.failed = False
        """True after it crashed a second time, or could not be started again: it stays down."""
        atexit.register(self.stop)
        threading.Thread(target=self._watch, name="elasticsearch-watch", daemon=True).start()

    @property
    def pid(self) -> int:
        """The pid of the node's process; another one after a restart."""
        return self._process.pid

    def stop(self) -> None:
        """Close the node cleanly and wait for its end; does nothing the second time."""
        self._stopping.set()
        with self._turn:
            _end(self._process)
        atexit.unregister(self.stop)

    def __enter__(self) -> Node:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _watch(self) -> None:
        while not self.failed:
            code = self._process.wait()
            with self._turn:
                if self._stopping.is_set():
                    return
                self._crashed(code)

    def _crashed(self, code: int) -> None:
        where = {"exit_code": code, "url": self.url, "log": str(self._options.layout.log)}
        if self.restarted:
            self.failed = True
            log.error("elasticsearch crashed again and stays down", **where)
            return
        log.warning("elasticsearch crashed, starting it once more", **where)
        self.restarted = True
        try:
            # The same port, so that clients made before the crash go on.
            self._process, self.url = _spawn(replace(self._options, port=_port(self.url)))
        except EngineError as error:
            self.failed = True
            log.error("elasticsearch could not be started again", reason=str(error), **where)


def start(options: NodeOptions) -> Node:
    """Start the embedded node; returns when it answers (3 to 5 seconds).

    Raises LockedError where another process uses the data directory, EngineError where a jar is missing or changed,
    Java is damaged, the port is taken or the node does not start.
    """
    return Node(options)


def _port(url: str) -> int:
    return int(url.rsplit(":", 1)[1])


def _spawn(options: NodeOptions) -> tuple[subprocess.Popen[bytes], str]:
    """Start the process and wait for its report; the process itself takes the lock, this look only keeps its log."""
    pid = holder(options.layout.lock)
    if pid is not None:
        raise _locked(options, pid)
    verified = pinned.ensure(pinned.cache_dir(options.jars), options.lock_file)
    with _log_file(options.layout) as output:
        reader, writer = os.pipe()
        try:
            process = _popen(_command(options, verified, writer), output, writer)
        finally:
            os.close(writer)
    return process, _url(process, _answer(reader), options)


def _popen(command: list[str], output: IO[bytes], report: int) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C at a terminal goes to the whole group, and the parent shall end its work first.
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=output,
        stderr=subprocess.STDOUT,
        pass_fds=(report,),
        env=_environment(),
        start_new_session=True,
    )


def _command(options: NodeOptions, verified: list[Path], report: int) -> list[str]:
    values = {
        "--root": options.layout.root,
        "--state": options.state,
        "--heap": options.heap,
        "--port": options.port,
        "--parent": os.getpid(),
        "--report": report,
    }
    flags = [str(part) for pair in values.items() for part in pair]
    return [sys.executable, "-m", "indexer.engine.process", *flags, *map(str, verified)]


def _environment() -> dict[str, str]:
    """The environment, with our package found from any working directory, and without options meant for other JVMs."""
    kept = {key: value for key, value in os.environ.items() if key not in ("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS")}
    paths = [str(CHECKOUT), kept.get("PYTHONPATH", "")]
    return {**kept, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}


def _log_file(layout: Layout) -> IO[bytes]:
    """A new log for this start; the one before is kept beside it, so that a crash can still be read after a restart."""
    try:
        layout.logs.mkdir(parents=True, exist_ok=True)
        if layout.log.exists():
            layout.log.replace(layout.log.with_suffix(".log.1"))
        return layout.log.open("wb")
    except OSError as error:
        raise EngineError(f"cannot write {layout.root} ({error.strerror}); set QINGCE_VAR to another folder") from error


def _answer(reader: int) -> dict[str, Any]:
    """What the child reports; empty where it died before it could."""
    with os.fdopen(reader, encoding="utf-8") as pipe:
        text = pipe.read()
    return dict(json.loads(text)) if text else {}


def _url(process: subprocess.Popen[bytes], answer: dict[str, Any], options: NodeOptions) -> str:
    if "url" in answer:
        return str(answer["url"])
    code = process.wait()
    if answer.get("locked"):
        raise _locked(options, answer["holder"])
    silent = f"Elasticsearch ended with code {code} while starting; see {options.layout.log}"
    raise EngineError(answer.get("error") or silent)


def _locked(options: NodeOptions, pid: int | None) -> LockedError:
    return LockedError(
        f"{options.layout.root} is in use by process {pid or 'unknown'}: one node a data directory; "
        "stop that process, or set QINGCE_VAR to another folder",
        pid,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """Closing the pipe asks the node to end; it ends itself after ``GRACE`` seconds at the latest."""
    if process.stdin is not None:
        process.stdin.close()
    try:
        process.wait(GRACE + 5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
