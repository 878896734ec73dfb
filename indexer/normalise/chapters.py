"""Chapters of the annual report (年度报告, 生态环境部令第24号 art. 12): headings and fields → ``G0`` … ``G10``."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from indexer.normalise.data import load

_PREFIX = re.compile(r"^(?:第[一二三四五六七八九十\d]+[章节部分]+|[(]?[一二三四五六七八九十]+[、.)]|\d{1,2}[、.])")


@lru_cache(maxsize=8)
def _headings(kind: str) -> dict[str, str]:
    return {
        heading.lower(): group for group, spec in load("chapters").get(kind, {}).items() for heading in spec["headings"]
    }


def group_of(kind: str, heading: str) -> str | None:
    """The group a heading (blanks folded, numbering in front allowed) names, or None."""
    if not _headings(kind):
        return None
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", heading))
    return _headings(kind).get(_PREFIX.sub("", text).lower())


def groups_present(kind: str, keys: set[str]) -> set[str]:
    """The groups of which at least one field is in ``keys`` (those that carry a value, or that are stated as 无)."""
    return {group for group, fields in _filling(kind) if not fields.isdisjoint(keys)}


@lru_cache(maxsize=64)
def _filling(kind: str) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((group, frozenset(spec["fields"])) for group, spec in load("chapters").get(kind, {}).items())


def groups_in_text(kind: str, text: str | None) -> set[str]:
    """The groups whose headings stand on a line of their own in a document's text."""
    if not text or not _headings(kind):
        return set()
    found = (group_of(kind, line) for line in re.split(r"[\n\r]+", text) if 2 <= len(line.strip()) <= 40)
    return {group for group in found if group}
