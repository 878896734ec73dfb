"""Programs run beside each other leave nothing behind, however their parent ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from webapp.cli import ports
from webapp.cli.errors import CommandFailed
from webapp.cli.processes import Processes, end, run_beside

ROOT = Path(__file__).resolve().parents[3]
PARENT = """
import sys, time
from pathlib import Path
from webapp.cli.processes import run_beside
child = run_beside("http.server", ["--bind", "127.0.0.1", "0"], {}, Path(sys.argv[1]))
print(child.pid, flush=True)
time.sleep(60)
"""


def test_a_program_ends_when_its_parent_was_killed(tmp_path: Path) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path / "log")], stdout=subprocess.PIPE, text=True,
                              cwd=ROOT, env=dict(os.environ))  # fmt: skip
    assert parent.stdout is not None
    child = psutil.Process(int(parent.stdout.readline()))
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 10
    while child.is_running() and child.status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline, "the program outlived its parent"
        time.sleep(0.1)


def test_a_program_that_ends_by_itself_ends_the_others(tmp_path: Path) -> None:
    programs = Processes()
    programs.start("a server", "http.server", "--bind", "127.0.0.1", "0", log=tmp_path / "a")
    programs.start("a mistake", "http.server", "no-port", log=tmp_path / "b")
    with pytest.raises(CommandFailed, match="a mistake ended with exit code 2"):
        programs.watch(threading.Event())
    server = programs.started[0][1]
    programs.stop()
    assert server.poll() is not None and not programs.started


def test_workers_that_a_program_lost_are_ended_with_it(tmp_path: Path) -> None:
    (tmp_path / "forking.py").write_text(
        "import os, pathlib, signal, sys, time\n"
        "pid = os.fork()\n"
        "if pid == 0:\n"
        "    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "    time.sleep(60)\n"
        "pathlib.Path(sys.argv[1]).write_text(str(pid))\n"
        "time.sleep(60)\n"
    )
    note = tmp_path / "pid"
    process = run_beside("forking", [str(note)], {"PYTHONPATH": str(tmp_path)}, tmp_path / "log")
    deadline = time.monotonic() + 20
    while not (note.exists() and note.read_text()):
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.05)
    worker = psutil.Process(int(note.read_text()))
    end(process)
    gone, alive = psutil.wait_procs([worker], 10)
    assert gone and not alive


def test_output_goes_to_the_log(tmp_path: Path) -> None:
    process = run_beside("http.server", ["--help"], {}, tmp_path / "logs" / "x.log")
    assert process.wait(20) == 0
    assert "usage" in (tmp_path / "logs" / "x.log").read_text(encoding="utf-8")


def test_a_port_in_use_is_said_with_a_free_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not ports.is_free(port)
        with pytest.raises(CommandFailed, match=rf"port {port} is in use .* is free"):
            ports.wanted(port)
        first = ports.run_of(port, 2)
        assert first > port and ports.is_free(first) and ports.is_free(first + 1)
