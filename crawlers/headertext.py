"""Texts of HTTP headers: sites send names of files in raw GBK, which neither archives nor readers of headers take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from crawlers.filenames import decoded


def readable(headers: Mapping[bytes, Iterable[bytes]]) -> dict[Any, Any]:
    """An answer's headers in UTF-8."""
    return {name: [decoded(value).encode() for value in values] for name, values in headers.items()}
