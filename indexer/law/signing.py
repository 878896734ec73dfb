"""Rows from memory (待核对) that two people have read in the official text: from then on they count as seen. Pure.

A signature holds for the wording that was signed: a row whose articles, days or fields change later is unread again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from indexer.law.model import Basis, FieldGroup, Instrument, Obligation
from indexer.law.rules import Rules

Sort = Literal["obligation", "fields", "instrument"]
SIGNERS = 2
"""People who must have read a row."""


@dataclass(frozen=True)
class Unread:
    """A row that rests, in whole or in part, on law from memory; ``obligations`` are those that rest on it."""

    row: str
    sort: Sort
    title: str
    words: str
    obligations: tuple[str, ...]
    digest: str


@dataclass(frozen=True)
class Signed:
    """A row and the wording of it that enough people signed."""

    row: str
    digest: str


def unread(rules: Rules) -> dict[str, Unread]:
    """Every row from memory by its key; obligations first, then lists of fields, then instruments."""
    found = [*_obligations(rules), *_groups(rules), *_instruments(rules)]
    return {item.row: item for item in found}


def signed(rules: Rules, rows: Iterable[Signed]) -> Rules:
    """The rules with these rows seen, under a version of their own; rows that read otherwise now change nothing."""
    known = unread(rules)
    holding = sorted({one.row for one in rows if one.row in known and known[one.row].digest == one.digest})
    if not holding:
        return rules
    groups = {key: replace(g, seen="S") if key in holding else g for key, g in rules.groups.items()}
    obligations = {key: _seen(row, key in holding, groups) for key, row in rules.obligations.items()}
    instruments = {key: replace(i, seen="S") if key in holding else i for key, i in rules.instruments.items()}
    named = "".join(f"{row} {known[row].digest}\n" for row in holding)
    return replace(
        rules, groups=groups, obligations=obligations, instruments=instruments, version=versioned(rules.version, named)
    )


def versioned(version: str, text: str) -> str:
    """The version that follows from ``version`` and what was added to it: sixteen hex digits."""
    return hashlib.sha256(f"{version}\n{text}".encode()).hexdigest()[:16]


def _seen(row: Obligation, own: bool, groups: dict[str, FieldGroup]) -> Obligation:
    basis = tuple(replace(item, seen="S") for item in row.basis) if own else row.basis
    wanted = row.required
    if wanted is not None and wanted.group in groups and groups[wanted.group].seen == "S":
        wanted = replace(wanted, seen=True)
    return replace(row, basis=basis, required=wanted)


def _obligations(rules: Rules) -> Iterator[Unread]:
    for key, row in rules.obligations.items():
        memory = [item for item in row.basis if item.seen == "M"]
        if memory:
            words = "；".join(_articles(item, rules) for item in memory)
            yield Unread(key, "obligation", row.item, words, (key,), _digest(_duty(row)))


def _groups(rules: Rules) -> Iterator[Unread]:
    for key, group in rules.groups.items():
        if group.seen == "M":
            users = tuple(
                name
                for name, row in rules.obligations.items()
                if row.required is not None and row.required.group == key
            )
            yield Unread(
                key, "fields", group.title, "、".join(f.zh for f in group.fields), users, _digest(_list(group))
            )


def _instruments(rules: Rules) -> Iterator[Unread]:
    for key, row in rules.instruments.items():
        if row.seen == "M":
            users = tuple(
                name for name, duty in rules.obligations.items() if any(item.instrument == key for item in duty.basis)
            )
            span = f"{row.start}起施行" + (f"，至{row.end}" if row.end else "")
            yield Unread(key, "instrument", row.title, f"{row.number}，{span}", users, _digest(_law(row)))


def _articles(item: Basis, rules: Rules) -> str:
    return f"{rules.instruments[item.instrument].number} {'、'.join(item.articles)}".strip()


def _digest(told: Any) -> str:
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def _duty(row: Obligation) -> Any:
    """What is read in a text of a duty: who owes what, by when, where, on what articles."""
    return [
        row.id, row.item, row.kinds, row.classes, row.trigger, row.period, row.due.text if row.due else None,
        row.must, row.also, [[item.instrument, item.articles] for item in row.basis],
        str(row.effective_from), str(row.effective_to),
    ]  # fmt: skip


def _list(group: FieldGroup) -> Any:
    return [group.key, group.title, [[f.key, f.zh, f.need] for f in group.fields]]


def _law(row: Instrument) -> Any:
    return [row.key, row.title, row.number, str(row.start), str(row.end), row.successor]
