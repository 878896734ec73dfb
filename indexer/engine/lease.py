"""Locks in the cluster, for what only one process at a time may do on any machine: making indices, moving aliases.

A lock is a document with an expiry. The holder renews it; one whose holder died is taken over when it expires, or at
once where the dead process was on this machine. Leases run on real time, never on the simulated clock.
"""

from __future__ import annotations

import os
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psutil
import structlog
from elasticsearch import BadRequestError, ConflictError, Elasticsearch, NotFoundError

from indexer.engine.errors import EngineError, LockedError
from indexer.engine.speaking import speaking

log = structlog.get_logger(__name__)

TTL = 60.0
"""Seconds until a lock of a vanished machine may be taken over."""
WAIT = 30.0
"""Seconds to wait for a short operation of another process."""
UNSEARCHED = {"owner": "keyword", "host": "keyword", "pid": "integer", "until": "double"}
FIELDS = {name: {"type": kind, "index": False} for name, kind in UNSEARCHED.items()}


class Lease:
    """One lock document; ``leased`` takes and frees it, ``renew`` proves that it is still ours."""

    def __init__(self, client: Elasticsearch, index: str, name: str) -> None:
        self._client = client
        self._index = index
        self._name = name
        self._turn = threading.Lock()
        self._owner = uuid.uuid4().hex
        self._version: dict[str, int] = {}

    def acquire(self) -> bool:
        """Take the lock if it is free, expired, or its holder on this machine is dead."""
        try:
            self._put(op_type="create")
        except ConflictError:
            return self._take_over()
        return True

    def _take_over(self) -> bool:
        try:
            held = self._client.get(index=self._index, id=self._name)
            if _living(held["_source"]):
                return False
            self._put(if_seq_no=held["_seq_no"], if_primary_term=held["_primary_term"])
        except (ConflictError, NotFoundError):
            return False
        return True

    def renew(self) -> None:
        """Move the expiry on; raises LockedError where another process has taken the lock meanwhile."""
        try:
            with self._turn, speaking(f"lock {self._name}"):
                self._put(**self._version)
        except EngineError as error:
            if not isinstance(error.__cause__, ConflictError):
                raise
            raise LockedError(f"lost the lock {self._name} to another process") from None

    def release(self) -> None:
        """Free the lock; nothing happens where it is not ours any more."""
        try:
            self._client.delete(index=self._index, id=self._name, **self._version)  # type: ignore[arg-type]
        except (ConflictError, NotFoundError):
            return

    def holder(self) -> str:
        """Who holds it, for messages."""
        try:
            source = self._client.get(index=self._index, id=self._name)["_source"]
        except NotFoundError:
            return "nobody now"
        return f"process {source['pid']} on {source['host']}"

    def _put(self, **condition: Any) -> None:
        document = {"owner": self._owner, "host": socket.gethostname(), "pid": os.getpid(), "until": time.time() + TTL}
        answer = self._client.index(index=self._index, id=self._name, document=document, **condition)
        self._version = {"if_seq_no": answer["_seq_no"], "if_primary_term": answer["_primary_term"]}


def _living(source: dict[str, Any]) -> bool:
    here = source["host"] == socket.gethostname()
    return source["until"] > time.time() and not (here and not psutil.pid_exists(source["pid"]))


@contextmanager
def leased(client: Elasticsearch, index: str, name: str, wait: float = WAIT) -> Iterator[Lease]:
    """Hold the lock for the block, renewed in the background. Raises LockedError after ``wait`` seconds in vain."""
    lease = Lease(client, index, name)
    with speaking(f"lock {name}"):
        _ensure(client, index)
        _acquire(lease, name, wait)
    done = threading.Event()
    renewal = threading.Thread(target=_renew, args=(lease, done), name=f"lease-{name}", daemon=True)
    renewal.start()
    try:
        yield lease
    finally:
        done.set()
        renewal.join()
        with speaking(f"lock {name}"):
            lease.release()


def _acquire(lease: Lease, name: str, wait: float) -> None:
    deadline = time.monotonic() + wait
    while not lease.acquire():
        if time.monotonic() >= deadline:
            raise LockedError(f"{name} is already being done by {lease.holder()}; wait for it or end it")
        time.sleep(0.2)


def _renew(lease: Lease, done: threading.Event) -> None:
    """Renew until done. A cluster that is down for a moment is asked again; only another process can take the lock."""
    while not done.wait(TTL / 4):
        try:
            lease.renew()
        except LockedError as error:
            log.error("lock lost", reason=str(error))
            return
        except EngineError as error:
            log.warning("lock not renewed, trying again", reason=str(error))


def _ensure(client: Elasticsearch, index: str) -> None:
    if client.indices.exists(index=index):
        return
    mappings = {"dynamic": "strict", "properties": FIELDS}
    try:
        client.indices.create(index=index, mappings=mappings, settings={"auto_expand_replicas": "0-1"})
    except BadRequestError as error:
        # Another process made it in between.
        if error.error != "resource_already_exists_exception":
            raise
