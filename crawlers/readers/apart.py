"""Files that take long are read in a process of their own: no site waits while another's PDF is read.

    document = APART.read(data, filename=name, content_type=kind)      blocks, so it is called in a thread

The process begins with the first file and ends with the program: it stops when its input closes, whatever befell the
other side. A file that takes it down, or holds it longer than ``SECONDS``, is unreadable; the next one gets a new one.
"""

from __future__ import annotations

import pickle
import resource
import struct
import subprocess
import sys
from contextlib import suppress
from threading import Lock, Timer
from typing import IO, Any

from crawlers.readers.document import Document, unreadable
from crawlers.readers.signature import kind_of

SECONDS = 300.0
MEMORY = 2 << 30
"""Bytes that the process may take."""
_LENGTH = struct.Struct(">Q")


class Apart:
    """The process, one file at a time; usable from several threads."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()

    def read(self, data: bytes, *, filename: str = "", content_type: str = "") -> Document:
        """As ``readers.read``; never raises on a bad file."""
        with self._lock:
            process = self._started()
            late = Timer(self._seconds, process.kill)
            late.start()
            try:
                return _asked(process, (data, filename, content_type))
            except (OSError, EOFError, pickle.UnpicklingError):
                self._end()
                kind = kind_of(data, filename=filename, content_type=content_type)
                return unreadable(kind, f"reading it took more than {self._seconds:.0f} s or {MEMORY >> 30} GiB")
            finally:
                late.cancel()

    def begin(self) -> None:
        """Start the process ahead of its first file; returns at once."""
        # Where the lock is held, a file is being read: the process is there.
        if self._lock.acquire(blocking=False):
            try:
                self._started()
            finally:
                self._lock.release()

    def close(self) -> None:
        """End the process; the next file starts another."""
        with self._lock:
            self._end()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, "-m", "crawlers.readers.apart"]
            # In a session of its own Ctrl-C reaches it through its closing input alone, after what it reads is read.
            pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
            self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing, start_new_session=True)
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    # What it was not given any more goes with it.
                    with suppress(BrokenPipeError):
                        pipe.close()
            self._process = None


def _asked(process: subprocess.Popen[bytes], question: tuple[bytes, str, str]) -> Document:
    assert process.stdin is not None and process.stdout is not None
    _send(process.stdin, question)
    document: Document = _received(process.stdout)
    return document


def _send(pipe: IO[bytes], value: Any) -> None:
    packed = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(_LENGTH.pack(len(packed)) + packed)
    pipe.flush()


def _received(pipe: IO[bytes]) -> Any:
    """The next value; EOFError where the other side has ended."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    packed = pipe.read(_LENGTH.unpack(head)[0])
    # Only our own process writes into this pipe.
    return pickle.loads(packed)


def serve() -> None:
    """Read what comes until the input closes."""
    from crawlers.readers.reading import read

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    while True:
        try:
            data, filename, content_type = _received(sys.stdin.buffer)
        except EOFError:
            return
        _send(answers, read(data, filename=filename, content_type=content_type))


APART = Apart()

if __name__ == "__main__":
    serve()
