"""Headers of a site → canonical field keys, and what the values under them say.

The keys are those of the law's field lists (``name``, ``pollutant``, ``eia_doc``, ``plan`` …); chapters of the annual
report (``G0`` … ``G10``) stand beside them. A header that no vocabulary knows is returned as unknown, never dropped.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from indexer.normalise import chapters, facts, units, values
from indexer.normalise.data import load

Own = dict[str, dict[str, str]]
"""A source's own additions: kind → header → canonical key."""

_NUMBERING = re.compile(
    r"^(?:第[一二三四五六七八九十\d]+[章节条部分]+|[(]?[一二三四五六七八九十]+[、.)]|[(]?\d{1,2}[、.)](?!\d))+"
)


@dataclass
class Interpreted:
    """What the fields of one record say.

    ``facts`` key → normalised value; ``present`` keys that carry a value; ``not_produced`` keys stated as 无 or 未产生;
    ``headers`` header → key; ``unknown`` headers without a key; ``problems`` (header, value, words) not understood.
    """

    facts: dict[str, Any] = field(default_factory=dict)
    present: set[str] = field(default_factory=set)
    not_produced: set[str] = field(default_factory=set)
    headers: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    problems: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Entry:
    """One canonical key of a kind: how its values are read and which key it carries with it."""

    key: str
    type: str = "text"
    implies: str | None = None


@lru_cache(maxsize=50_000)
def fold_header(header: str) -> str:
    """A header for comparison: NFKC, no blanks, no numbering in front, no colon behind, lower case."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", header)).strip(":*")
    return (_NUMBERING.sub("", text) or text).lower()


@lru_cache(maxsize=64)
def table(kind: str) -> dict[str, Entry]:
    """Folded header → entry, the kind's own over the common ones. Raises KeyError for an unknown kind."""
    vocabulary = load("fields")
    merged: dict[str, Entry] = {}
    for section in (vocabulary["common"], vocabulary[kind]):
        for key, spec in section.items():
            entry = Entry(key, spec.get("type", "text"), spec.get("implies"))
            merged.update({fold_header(word): entry for word in spec["as"]})
    return merged


@lru_cache(maxsize=64)
def entries(kind: str) -> dict[str, Entry]:
    """Canonical key → entry of a kind, for headers that a source maps by itself."""
    vocabulary = load("fields")
    return {
        key: Entry(key, spec.get("type", "text"), spec.get("implies"))
        for section in (vocabulary["common"], vocabulary[kind])
        for key, spec in section.items()
    }


@lru_cache(maxsize=1)
def ignored() -> frozenset[str]:
    """Folded headers that only place a row."""
    return frozenset(fold_header(word) for word in load("fields")["ignored"])


@lru_cache(maxsize=1)
def positional() -> frozenset[str]:
    """Folded headers left out of the content hash."""
    return frozenset(fold_header(word) for word in load("fields")["positional"])


def lookup(kind: str, header: str, own: Own | None = None) -> Entry | None:
    """The entry a header stands for: the source's own map first, then the vocabulary, then without its unit."""
    mapped = (own or {}).get(kind, {}).get(header)
    return _known(kind, header) if mapped is None else _mapped(kind, mapped)


def _mapped(kind: str, key: str) -> Entry:
    """The entry of a key that a source's own map names; a key the vocabulary lacks is text."""
    return entries(kind).get(key, Entry(key))


@lru_cache(maxsize=50_000)
def is_ignored(header: str) -> bool:
    """True for a header that only places a row."""
    return fold_header(header) in ignored()


@lru_cache(maxsize=50_000)
def is_positional(header: str) -> bool:
    """True for a header left out of the content hash."""
    return fold_header(header) in positional()


@lru_cache(maxsize=50_000)
def _known(kind: str, header: str) -> Entry | None:
    folded = fold_header(header)
    known = table(kind)
    if folded in known:
        return known[folded]
    bare = re.sub(r"\(([^()]*)\)$", lambda match: "" if units.normal(match[1]) else match[0], folded)
    if bare in known:
        return known[bare]
    chapter = chapters.group_of(kind, folded)
    return Entry(chapter) if chapter else None


def interpret(kind: str, raw: dict[str, str], own: Own | None = None, attached: bool = False) -> Interpreted:
    """What one record's ``fields`` say; the first header with a value wins where several mean one key."""
    out = Interpreted()
    mapped = (own or {}).get(kind, {})
    for header, text in raw.items():
        entry = _mapped(kind, mapped[header]) if header in mapped else _known(kind, header)
        if entry is not None:
            out.headers[header] = entry.key
            if text:
                _take(out, header, entry, text, attached)
        elif not is_ignored(header):
            out.unknown.append(header)
    out.present |= chapters.groups_present(kind, out.present)
    out.not_produced -= out.present
    return out


def _take(out: Interpreted, header: str, entry: Entry, text: str, attached: bool) -> None:
    """Files one value under its key: absent, stated as not produced, or read by its type."""
    if values.is_absent(text, attached):
        return
    if values.is_not_produced(text):
        out.not_produced.add(entry.key)
        return
    out.present.add(entry.key)
    if entry.implies:
        out.present.add(entry.implies)
    if entry.key in out.facts:
        return
    read = facts.read(entry.type, text)
    out.facts[entry.key] = read.value
    if read.problem:
        out.problems.append((header, text, read.problem))
