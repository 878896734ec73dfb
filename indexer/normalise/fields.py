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

from indexer.normalise import chapters, facts, money, units, values
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
    ``headers`` header → key (shared by all records of these headers: only read); ``unknown`` headers without a key;
    ``problems`` (header, value, words) not understood; ``lacks`` (header, part of the vocabulary, word it lacks).
    """

    facts: dict[str, Any] = field(default_factory=dict)
    present: set[str] = field(default_factory=set)
    not_produced: set[str] = field(default_factory=set)
    headers: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    problems: list[tuple[str, str, str]] = field(default_factory=list)
    lacks: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """What a table's headers mean, found out once for all its rows: ``known`` in order, with the entry of each."""

    known: tuple[tuple[str, Entry], ...]
    headers: dict[str, str]
    unknown: tuple[str, ...]


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
            entry = _entry(key, spec)
            merged.update({fold_header(word): entry for word in spec["as"]})
    return merged


@lru_cache(maxsize=64)
def entries(kind: str) -> dict[str, Entry]:
    """Canonical key → entry of a kind, for headers that a source maps by itself."""
    vocabulary = load("fields")
    return {
        key: _entry(key, spec) for section in (vocabulary["common"], vocabulary[kind]) for key, spec in section.items()
    }


def _entry(key: str, spec: dict[str, Any]) -> Entry:
    """``is`` files a value read in its own way under another key: 万元 (``amount_wan``) under ``amount``."""
    return Entry(spec.get("is", key), spec.get("type", "text"), spec.get("implies"))


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
    folded = fold_header(header)
    return folded in ignored() or any(re.search(shape, folded) for shape in load("fields")["ignored_shapes"])


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


@lru_cache(maxsize=5_000)
def plan(kind: str, headers: tuple[str, ...], mapped: tuple[tuple[str, str], ...] = ()) -> Plan:
    """The plan of a table of ``kind``; ``mapped`` are the source's own headers with their keys."""
    own = {kind: dict(mapped)}
    found = [(header, lookup(kind, header, own) or _taken(kind, header)) for header in headers]
    known = tuple((header, entry) for header, entry in found if entry is not None)
    unknown = tuple(header for header, entry in found if entry is None and not is_ignored(header))
    return Plan(known, {header: entry.key for header, entry in known}, unknown)


def _taken(kind: str, header: str) -> Entry | None:
    """What a header means in a kind whose headers this one's rows print too: a list may carry whole profiles."""
    found = (lookup(other, header) for other in load("takes_in").get(kind, ()))
    return next((entry for entry in found if entry is not None), None)


@lru_cache(maxsize=5_000)
def _attachments(headers: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(header for header in headers if fold_header(header).startswith(("附件", "file")))


def attached(raw: dict[str, str]) -> bool:
    """True where a column for attachments holds something, so that 详见附件 says something."""
    return any(raw[header] for header in _attachments(tuple(raw)))


def interpret(kind: str, raw: dict[str, str], own: Own | None = None, attached: bool = False) -> Interpreted:
    """What one record's ``fields`` say; the first header with a value wins where several mean one key."""
    mapped = own.get(kind) if own else None
    table = plan(kind, tuple(raw), tuple(mapped.items()) if mapped else ())
    out = Interpreted(headers=table.headers, unknown=list(table.unknown))
    for header, entry in table.known:
        text = raw[header]
        if text:
            _take(out, header, entry, text, attached)
    if kind == "penalty":
        _fine(out)
    out.present |= chapters.groups_present(kind, out.present)
    # A chapter of which nothing is said but that there was none of it (行政处罚：无) is stated too.
    out.not_produced |= chapters.groups_present(kind, out.not_produced)
    out.not_produced -= out.present
    return out


def _fine(out: Interpreted) -> None:
    """The fine in yuan from the decision's words where no column states it; two that differ are a problem."""
    header = next((name for name, key in out.headers.items() if key == "content"), None)
    words, stated = out.facts.get("content"), out.facts.get("amount")
    if header is None or not isinstance(words, str):
        return
    found = money.fine(words)
    if found.problem:
        out.problems.append((header, words, found.problem))
    elif found.yuan is not None and money.agrees(stated, found.yuan):
        # A bare number in the column is told by the words whether it is in yuan or in 万元.
        out.problems = [problem for problem in out.problems if out.headers.get(problem[0]) != "amount"]
        out.facts["amount"] = found.yuan
        out.present.add("amount")
    elif found.yuan is not None and isinstance(stated, float) and found.yuan != stated:
        out.problems.append((header, words, f"the words state a fine of {found.yuan:g}, the column {stated:g} yuan"))


def _take(out: Interpreted, header: str, entry: Entry, text: str, attached: bool) -> None:
    """Files one value under its key: absent, stated as not produced, or read by its type."""
    found = _plainly(entry.type, text)
    if found is None:
        found = _said(entry.type, text, attached) if len(text) < _LONG else _read(entry.type, text, attached)
    if found is ABSENT:
        return
    if found is NOT_PRODUCED:
        out.not_produced.add(entry.key)
        return
    out.present.add(entry.key)
    if entry.implies:
        out.present.add(entry.implies)
    if entry.key in out.facts:
        return
    out.facts[entry.key] = found.value
    if found.problem:
        out.problems.append((header, text, found.problem))
        out.lacks += [(header, what, word) for what, word in found.lacks]


ABSENT, NOT_PRODUCED = facts.Read(None), facts.Read(None)
"""What stands for no value at all and for the statement that there is none."""
_LONG = 100
"""Characters of a text that hardly comes twice."""
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?")
_CODE = re.compile(r"[0-9][!-~]*(?: [!-~]+)*")


def _plainly(kind_of_value: str, text: str) -> facts.Read | None:
    """A plain number or a text that begins with a digit: most of monitoring, and hardly any comes twice."""
    if kind_of_value == "text":
        return facts.Read(text) if _CODE.fullmatch(text) else None
    return facts.Read(float(text)) if kind_of_value == "value" and _NUMBER.fullmatch(text) else None


@lru_cache(maxsize=50_000)
def _said(kind_of_value: str, text: str, attached: bool) -> facts.Read:
    return _read(kind_of_value, text, attached)


def _read(kind_of_value: str, text: str, attached: bool) -> facts.Read:
    if values.is_absent(text, attached):
        return ABSENT
    return NOT_PRODUCED if values.is_not_produced(text) else facts.read(kind_of_value, text)
