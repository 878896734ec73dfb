"""Locks between processes of one machine, by ``flock``: the kernel frees them when the holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.engine.errors import LockedError


@contextmanager
def held(path: Path, wait: bool) -> Iterator[None]:
    """Hold the lock file ``path`` for the block; the holder's pid stands inside it.

    With ``wait`` the call blocks until the lock is free, else it raises LockedError with the holder's pid.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _acquire(handle, path, wait)
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)


def _acquire(handle: int, path: Path, wait: bool) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        pid = read_pid(path)
        raise LockedError(f"{path.parent} is in use by process {pid or 'unknown'}", pid) from None


def read_pid(path: Path) -> int | None:
    """The pid written in a lock file, whether or not its process still lives; None where there is none."""
    try:
        text = path.read_text(encoding="ascii")
    except FileNotFoundError:
        return None
    return int(text) if text.isdigit() else None


def holder(path: Path) -> int | None:
    """The pid of the process that holds the lock now; None where the lock is free."""
    if not path.exists():
        return None
    try:
        with path.open("rb") as handle:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return read_pid(path) or -1
    return None
