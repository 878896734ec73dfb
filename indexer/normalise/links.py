"""Addresses that a document prints in its columns (附件链接, 下载地址): what it promises to show behind them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urljoin

_LINK = re.compile(r"(?:https?:/|\.{0,2})/\S+")


def links(base: str, fields: Mapping[str, str]) -> tuple[str, ...]:
    """The whole addresses under any header, each once; ``base`` is the address of the page that prints them."""
    found = (_joined(base, value) for value in fields.values() if "/" in value[:9] and _LINK.fullmatch(value))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=10_000)
def _joined(base: str, value: str) -> str:
    return urljoin(base, value)
