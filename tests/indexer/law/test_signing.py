"""Rows from memory: which there are, what two signatures change, and that a changed row is unread again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from indexer.gaps import params
from indexer.law.basis import basis_on
from indexer.law.rules import default
from indexer.law.signing import Signed, signed, unread


def test_every_row_from_memory_is_listed_with_what_rests_on_it() -> None:
    rules, found = default(), unread(default())
    assert found["O31-7"].sort == "obligation" and "第31号" in found["O31-7"].words.replace("部令", "")
    assert found["M3"].sort == "fields" and "M23-1" in found["M3"].obligations
    assert found["EP4"].sort == "instrument" and "EP4-1" in found["EP4"].obligations
    assert all(row not in found for row in ("O24-Y", "F1", "O24"))
    marked = {key for key, row in rules.obligations.items() if any(item.seen == "M" for item in row.basis)}
    assert marked == {key for key, item in found.items() if item.sort == "obligation"}


def test_a_signed_row_counts_as_seen_under_a_version_of_its_own() -> None:
    rules = default()
    row, fields = unread(rules)["O31-7"], unread(rules)["M3"]
    after = signed(rules, [Signed(row.row, row.digest), Signed(fields.row, fields.digest)])
    assert after.version != rules.version and after.version == signed(rules, [
        Signed(fields.row, fields.digest), Signed(row.row, row.digest)]).version  # fmt: skip
    day = date(2015, 6, 1)
    assert not basis_on(rules.obligations["O31-7"].basis, rules.instruments, day).seen
    assert basis_on(after.obligations["O31-7"].basis, after.instruments, day).seen
    required = after.obligations["M23-1"].required
    assert required is not None and required.seen and "O31-7" not in unread(after) and "M3" not in unread(after)


def test_a_row_that_reads_otherwise_now_is_unread_again() -> None:
    rules = default()
    before = unread(rules)["O31-7"]
    changed = replace(rules.obligations["O31-7"], classes=("KPU",))
    later = replace(rules, obligations={**rules.obligations, "O31-7": changed})
    assert unread(later)["O31-7"].digest != before.digest
    assert signed(later, [Signed("O31-7", before.digest), Signed("X-1", "0")]) is later


def test_a_gap_rule_rests_on_rows_that_exist() -> None:
    rules = default()
    known = {*rules.obligations, *rules.groups, *rules.instruments}
    named = {key for rule in params.load().rules.values() for key in rule.rests_on}
    assert named and named <= known and named <= rules.memory, "read now: take it from rests_on"


def test_signing_a_row_takes_it_from_memory() -> None:
    rules = default()
    row = unread(rules)["M3"]
    assert "M3" in rules.memory and "M3" not in signed(rules, [Signed("M3", row.digest)]).memory
    assert "GOV-1" not in rules.memory, "one of its articles was read"
