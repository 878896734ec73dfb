"""What the engine raises: callers of this wing never see an exception of the Elasticsearch client."""

from __future__ import annotations


class EngineError(Exception):
    """One line that says what failed and what to do; ``status`` is the HTTP status where the cluster answered.

    Raised by every module of ``indexer.engine``. 400 is a bad query, 404 a missing index (run ``ensure``),
    None a cluster that could not be reached or a node that could not be started.
    """

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(" ".join(message.split()))
        self.status = status


class LockedError(EngineError):
    """Another process holds the data directory or a lock in the cluster; ``pid`` is the holder where known."""

    def __init__(self, message: str, pid: int | None = None) -> None:
        super().__init__(message)
        self.pid = pid
