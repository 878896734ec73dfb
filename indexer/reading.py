"""Rows from memory (待核对) and the people who read them: what waits, who signs, what the second signature changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from indexer import lawbook
from indexer.gaps import params
from indexer.judging import Judge
from indexer.law.errors import RulesError
from indexer.law.rules import Rules
from indexer.law.signing import SIGNERS, Signed, Unread, unread
from indexer.register import decisions, readings
from indexer.register.storage import Storage, terms
from indexer.rulediff import Difference, compare, told
from indexer.settings import Settings

LARGEST = 50_000_000
"""Bytes of a text; the longest law as a scanned PDF stays below."""
MOST = 1_000
"""Obligations at most: some hundred rows of law."""


@dataclass(frozen=True)
class Waiting:
    """A row from memory; ``duties`` rest on it today, ``text`` is the SHA-256 of the text attached last."""

    row: str
    sort: str
    title: str
    words: str
    duties: int
    text: str | None
    cite: str | None
    signers: tuple[str, ...]


def ranked(store: Storage, settings: Settings) -> list[Waiting]:
    """Every row from memory and gap rule that rests on one, that which most of today's duties rest on first."""
    store.refresh("duties")
    counts, read = _counts(store), lawbook.read(settings)
    law = lawbook.current(settings)
    rows = unread(law)
    found = [_waiting(item, counts, read) for item in rows.values()]
    return sorted([*found, *_rules(law, rows, counts)], key=lambda item: (-item.duties, item.row))


def _rules(law: Rules, rows: dict[str, Unread], counts: dict[str, int]) -> Iterator[Waiting]:
    """The gap rules that rest on rows from memory: they are settled by signing those rows."""
    for rule in params.load().rules.values():
        memory = [rows[key] for key in rule.rests_on if key in law.memory]
        if memory:
            named = {key for item in memory for key in item.obligations}
            words = "、".join(item.row for item in memory)
            yield Waiting(
                rule.id, "gap rule", rule.title, words, sum(counts.get(key, 0) for key in named), None, None, ()
            )


def wanted(settings: Settings, row: str) -> Waiting:
    """The row from memory; raises RulesError where there is none of this id."""
    known = unread(lawbook.current(settings))
    if row not in known:
        raise RulesError(f"{row}: no row from memory has this id; `qingce rules unverified` lists them")
    return _waiting(known[row], {}, lawbook.read(settings))


def attach(settings: Settings, session: Session, row: str, data: bytes, name: str, cite: str, author: str) -> str:
    """Keeps an official text for a row and returns its SHA-256 (the caller commits).

    Raises RulesError where no row from memory has this id, the text is empty or too large, or nothing is cited.
    """
    wanted(settings, row)
    if not 0 < len(data) <= LARGEST:
        raise RulesError(f"{name}: {len(data)} bytes; expected a text of 1 to {LARGEST} bytes")
    if not cite.strip():
        raise RulesError(f"{row}: say where the text was published")
    digest = lawbook.keep_text(settings, data)
    readings.attach(session, row, digest, len(data), name[:300], cite.strip(), author)
    return digest


def sign(settings: Settings, row: str, person: str, role: str) -> list[str]:
    """Appends one person's signature under the text attached last; returns everybody who signed this wording.

    Raises RulesError where no text is attached or the person signed already.
    """
    about, read = unread(lawbook.current(settings))[row], lawbook.read(settings)
    text = read.text(row)
    if text is None:
        raise RulesError(f"{row}: no official text is attached; `qingce rules attach {row} FILE --cite …` first")
    if person in read.signers(row, about.digest):
        raise RulesError(f"{row}: {person} has signed already; another person must sign")
    engine = decisions.open_engine(settings.database)
    try:
        with Session(engine) as session, session.begin():
            readings.sign(session, row, about.digest, text.sha256, person, role)
    finally:
        engine.dispose()
    return lawbook.read(settings).signers(row, about.digest)


def settle(
    store: Storage, settings: Settings, row: str, person: str, role: str, day: date, progress: Callable[[int], None]
) -> tuple[list[str], Difference]:
    """The last signature: what it changes in the results is reckoned first and kept with the version that it makes.

    Returns everybody who signed, and the difference. Raises RulesError as ``sign`` does; then nothing is signed.
    """
    before, read = lawbook.current(settings), lawbook.read(settings)
    about, text = unread(before)[row], read.text(row)
    if person in read.signers(row, about.digest):
        raise RulesError(f"{row}: {person} has signed already; another person must sign")
    after = lawbook.edition(lawbook.notices(settings), (*read.signed(), Signed(row, about.digest)))
    found = compare(store, settings, day, Judge.by(before), Judge.by(after), concerned(store, about), progress)
    signers = sign(settings, row, person, role)
    why = {"signed": row, "title": about.title, "by": signers, "text": text.sha256 if text else None,
           "cite": text.cite if text else None}  # fmt: skip
    lawbook.keep_edition(settings, found.before, found.after, why, told(found))
    return signers, found


def concerned(store: Storage, about: Unread) -> list[str]:
    """The enterprises that have a duty which rests on the row."""
    store.refresh("duties")
    rows = store.scan("duties", terms("obligation", about.obligations), source=["enterprise"])
    return sorted({row["enterprise"] for row in rows})


def _counts(store: Storage) -> dict[str, int]:
    aggs: dict[str, Any] = {"by": {"terms": {"field": "obligation", "size": MOST}}}
    answer = store.search("duties", {"size": 0, "aggs": aggs})
    return {bucket["key"]: bucket["doc_count"] for bucket in answer["aggregations"]["by"]["buckets"]}


def _waiting(item: Unread, counts: dict[str, int], read: readings.Readings) -> Waiting:
    text = read.text(item.row)
    return Waiting(
        item.row, item.sort, item.title, item.words, sum(counts.get(key, 0) for key in item.obligations),
        text.sha256 if text else None, text.cite if text else None, tuple(read.signers(item.row, item.digest)),
    )  # fmt: skip


__all__ = ["SIGNERS", "Signed", "Waiting", "attach", "concerned", "ranked", "settle", "sign", "wanted"]
