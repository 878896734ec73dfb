"""Who holds a run: process and machine, for so long; a run whose holder is gone is dead."""

from __future__ import annotations

import os
import socket
from datetime import UTC, datetime, timedelta
from typing import Any

import psutil

from crawlers.clock import stamp


def taken(seconds: float) -> dict[str, Any]:
    """This process's lease until ``seconds`` from now (real time; a simulated clock stands still)."""
    return {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "until": stamp(datetime.now(UTC) + timedelta(seconds=seconds)),
        "process_started": psutil.Process().create_time(),
    }


def alive(lease: dict[str, Any] | None) -> bool:
    """Whether the holder lives: on this machine its very process, on another an unexpired lease."""
    if not lease:
        return False
    if lease.get("host") == socket.gethostname():
        return _process_lives(lease)
    return str(lease.get("until", "")) > stamp(datetime.now(UTC))


def _process_lives(lease: dict[str, Any]) -> bool:
    try:
        process = psutil.Process(int(lease["pid"]))
        started = float(lease.get("process_started") or process.create_time())
        return process.status() != psutil.STATUS_ZOMBIE and abs(process.create_time() - started) < 1
    except psutil.NoSuchProcess:
        return False
