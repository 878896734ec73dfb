"""Turn the client's exceptions into one line that says what was asked and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from elastic_transport import TransportError
from elasticsearch import ApiError

from indexer.engine.errors import EngineError


@contextmanager
def speaking(what: str) -> Iterator[None]:
    """Within the block every exception of the client becomes an EngineError that begins with ``what``."""
    try:
        yield
    except ApiError as error:
        raise EngineError(f"{what}: {words(error)}{_remedy(error)}", error.status_code) from error
    except TransportError as error:
        raise EngineError(f"{what}: Elasticsearch does not answer ({cause(error)}); see `qingce doctor`") from error


def words(error: ApiError) -> str:
    """Elasticsearch's own reason: the innermost type and reason where it gives them."""
    body = error.body if isinstance(error.body, dict) else {}
    reason = body.get("error", {})
    if not isinstance(reason, dict):
        return str(reason or error.message)
    deepest = (reason.get("root_cause") or [reason])[0]
    return f"{deepest.get('type', error.message)}: {deepest.get('reason', '')}".rstrip(": ")


def cause(error: TransportError) -> str:
    """The innermost reason: the client nests the same words several times."""
    return str(error).rsplit(": ", 1)[-1].rstrip(")") or type(error).__name__


def _remedy(error: ApiError) -> str:
    if error.status_code == 404:
        return "; if the indices were never made, `qingce index` or `qingce rebuild` makes them"
    return ""
