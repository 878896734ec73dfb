"""The rules files as they come, and what is said of broken ones."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from indexer.gaps.params import FOLDER as GAPS
from indexer.gaps.params import load as load_gaps
from indexer.law.deadlines import Anchors, due_of
from indexer.law.errors import RulesError
from indexer.law.model import Obligation
from indexer.law.rules import FOLDER, Rules, default, load

ENTERPRISES = {
    *(f"O31-{number}" for number in range(1, 10)), "O31-V", "O24-Y", "O24-Y-CP", "O24-Y-FIN",
    *(f"O24-T{number}" for number in range(1, 7)), "O24-C", "O24-S", "O24-E",
    *(f"A81-{number}" for number in range(1, 9)), "M23-1", "MON-1", "PR-1", "PR-2", "PR-3", "PR-4a", "PR-4b", "PR-5a",
    "PR-5b", "PR-6", "PR-7", "PR-8a", "PR-8b", "O34-1", "O34-2", "O34-3", "EP4-1", "EP4-2", "CP-1", "CP-2", "CP-3",
    "CP-4", "SOIL-1", "SOIL-2", "TOX-1", "SW-1", "INC-1", "ACC-1", "ACC-2", "ACC-3",
}  # fmt: skip
"""Every obligation of an enterprise; three rows of the table are two each (half-years and months, gas and water)."""
NEVER = {"O31-V", "A81-8"}
"""Voluntary disclosure, and a term of display: neither is a duty that could be unmet."""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the rules files to break."""
    return Path(shutil.copytree(FOLDER, tmp_path / "law", ignore=shutil.ignore_patterns("*.py", "__pycache__")))


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Replaces the first occurrence."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_judged_rows_are_those_of_the_contract() -> None:
    mine = {row.id for row in default().active if not row.id.startswith("GOV")}
    assert mine == ENTERPRISES
    assert {row.id for row in default().active if row.trigger == "none"} == NEVER
    assert len(ENTERPRISES) == 57 + 3  # the table's 57 rows of enterprises; PR-4, PR-5 and PR-8 are two each


@pytest.mark.parametrize("year", range(2013, 2031))
def test_every_due_expression_evaluates_in_every_year(year: int) -> None:
    rules = default()
    anchors = Anchors(
        listed=date(year, 3, 30),
        event=date(year, 6, 1),
        period_end=date(year, 9, 30),
        valid_to=date(year, 12, 31),
        start=date(year, 3, 1),
        year=year,
    )
    for row in rules.obligations.values():
        if row.due is not None:
            due = due_of(row.due, anchors, rules.calendar)
            assert due.latest >= date(year, 1, 1) and due.words, row.id
            assert due.provisional == (not rules.calendar.known(due.latest)), row.id


def test_every_basis_names_an_instrument_in_force_while_the_duty_is_made() -> None:
    rules = default()
    for row in rules.obligations.values():
        for day in (row.effective_from, row.effective_to or date(2026, 12, 1)):
            assert any(rules.instruments[basis.instrument].in_force(day) for basis in row.basis), (row.id, day)


@pytest.mark.parametrize("year", range(2013, 2031))
def test_every_basis_is_in_force_in_every_year_in_which_the_duty_is_made(year: int) -> None:
    rules, day = default(), date(year, 12, 31)
    for row in rules.obligations.values():
        if row.effective_from <= day and (row.effective_to is None or day <= row.effective_to):
            assert any(rules.instruments[basis.instrument].in_force(day) for basis in row.basis), (row.id, day)


def test_laws_that_the_code_replaced_need_review() -> None:
    rules = default()
    replaced = [row for row in rules.instruments.values() if row.successor == "CODE"]
    assert len(replaced) == 10
    assert all(row.end == date(2026, 8, 14) and row.needs_review and row.code_article is None for row in replaced)
    assert rules.instruments["CODE"].start == date(2026, 8, 15)


def test_no_two_rows_of_one_instrument_ask_for_the_same_by_different_days() -> None:
    seen: dict[tuple[object, ...], Obligation] = {}
    for row in default().obligations.values():
        asked = row.required.units if row.required else ()
        for basis in row.basis:
            key = (basis.instrument, row.kinds, row.classes, row.needs, row.trigger, row.events, row.printed, asked,
                   row.answer.words)  # fmt: skip
            other = seen.setdefault(key, row)
            apart = _ends_before(row, other) or _ends_before(other, row)
            same = (row.due and row.due.text) == (other.due and other.due.text)
            assert other is row or apart or same, (row.id, other.id)


def _ends_before(one: Obligation, other: Obligation) -> bool:
    return one.effective_to is not None and one.effective_to < other.effective_from


def test_terms_of_display_are_those_of_the_texts() -> None:
    rules = default()
    assert {row.id: row.term for row in rules.retention if row.term} == {
        "A81-8": "1y", "ACC-2": "20wd", "PR-RECORDS": "5y", "MON-RECORDS": "5y",
    }  # fmt: skip
    assert rules.terms["ACC-2"].ends(date(2024, 4, 1), rules.calendar) == date(2024, 4, 29)
    assert rules.terms["A81-2"].ends(date(2016, 2, 29), rules.calendar) == date(2017, 2, 28)
    assert rules.terms["O24-Y"].ends(date(2024, 4, 1), rules.calendar) is None
    assert not rules.terms["MON-1"].visible


def test_version_follows_every_byte(copy: Path) -> None:
    before = load(copy).version
    assert before == default().version
    change(copy, "overrides.yaml", "2024-02-29", "2024-03-01")
    assert load(copy).version != before


BREAKS: list[tuple[str, str, str, str]] = [
    (
        "obligations/o31.yaml",
        "expr: L+90d",
        "expr: L+90",
        r"o31\.yaml: row O31-1: field due\.expr: not a due expression: 'L\+90'",
    ),
    (
        "obligations/o24.yaml",
        "kinds: [annual_report]",
        "kinds: [anual_report]",
        r"o24\.yaml: row O24-Y: field kinds\.0: Must be one of",
    ),
    ("obligations/o24.yaml", "classes: [EL]", "classes: [ELL]", r"row O24-Y: field classes: no class 'ELL'"),
    (
        "obligations/o24.yaml",
        "must: [eid_system]",
        "must: [eid]",
        r"o24\.yaml: row O24-Y: field channels\.must\.0: Must be one of",
    ),
    (
        "obligations/o24.yaml",
        "groups: [G0, G1",
        "groups: [G0, G99",
        r"o24\.yaml: row O24-Y: field required: no group 'G99'",
    ),
    ("obligations/permit.yaml", "{instrument: PR,", "{instrument: PRX,", r"row PR-2: field basis: no instrument 'PRX'"),
    (
        "obligations/permit.yaml",
        "    - {instrument: PM1, articles: [], seen: M}\n",
        "",
        r"row PR-2: field basis: no instrument of it is in force on 2018-01-10",
    ),
    (
        "obligations/monitoring.yaml",
        "active: true",
        "activ: true",
        r"monitoring\.yaml: row M23-1: field activ: Unknown field",
    ),
    ("obligations/monitoring.yaml", "id: M23-1", "id: O24-Y", r"row O24-Y: field id: stands in two files"),
    (
        "instruments.yaml",
        "from: 2008-05-01",
        "from: 2008-13-01",
        r"instruments\.yaml: row O35: field from: Not a valid date",
    ),
    ("instruments.yaml", "seen: M}", "seen: X}", r"instruments\.yaml: row O35: field seen: must be S"),
    (
        "overrides.yaml",
        "obligation: PR-2,",
        "obligation: PR-9,",
        r"overrides\.yaml: row 1: field obligation: no obligation 'PR-9'",
    ),
    (
        "fields.yaml",
        "单位名称, need: yes",
        "单位名称, need: maybe",
        r"fields\.yaml: row F1: field fields\.name\.value\.need: must be yes",
    ),
    ("subjects.yaml", "cls: KPU.W", "cls: KPU", r"subjects\.yaml: row KPU: field cls: stands twice"),
    ("events.yaml", "ref: document", "ref: dokument", r"events\.yaml: row 1: field ref: Must be one of"),
    (
        "obligations/o24.yaml",
        "events: [penalty]",
        "events: [penalties]",
        r"row O24-T2: field events: no event 'penalties' in events.yaml",
    ),
    (
        "obligations/permit.yaml",
        "printed: [quarter_report_due]",
        "printed: [quarterly]",
        r"row PR-3: field printed: no item 'quarterly' in prints.yaml",
    ),
    (
        "subjects.yaml",
        "by: [{classes: [CP, LST, BND]}]",
        "by: [{classes: [CPX]}]",
        r"subjects\.yaml: row EL: field by: no class 'CPX'",
    ),
    ("retention.yaml", "term: 1y", "term: 1x", r"retention\.yaml: row A81-8: field term: not a term: '1x'"),
    (
        "retention.yaml",
        "obligations: [ACC-2]",
        "obligations: [O24-Y]",
        r"row ACC-2: field obligations: 'O24-Y' is unknown or has a term already",
    ),
    ("calendar.yaml", '"01-01"', '"1 January"', r"calendar\.yaml: row \(file\): field fixed\.0: "),
    ("calendar.yaml", "fixed:", "fixed: [\nfixed:", r"calendar\.yaml: line \d+, column \d+: broken YAML"),
    (
        "obligations/o31.yaml",
        "  item: 基础信息\n",
        "  item: 基础信息\n  item: 其他\n",
        r"o31\.yaml: line \d+, column \d+: broken YAML: the key 'item' stands twice",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "message"), BREAKS, ids=[f"{b[0]}:{b[2][:20]!r}" for b in BREAKS])
def test_a_broken_file_is_one_clear_line(copy: Path, file: str, old: str, new: str, message: str) -> None:
    change(copy, file, old, new)
    with pytest.raises(RulesError, match=message) as caught:
        load(copy)
    assert "\n" not in str(caught.value)


def test_broken_gap_rules_are_named(tmp_path: Path) -> None:
    cases: list[tuple[str, Callable[[str], str], str]] = [
        ("missing", lambda t: t.replace("looks: 3", "looks: 0"), r"missing.yaml: row MIS-01 params: field looks"),
        ("late", lambda t: t.replace("LAT-04:", "LAT-4:"), r"missing rules: LAT-04"),
        ("late", lambda t: t.replace("audience: confirmed_only", "audience: all"), r"late.yaml: row LAT-04: field aud"),
        ("late", lambda t: t.replace("LAT-02:", "MIS-01:"), r"late.yaml: rule MIS-01: stands in two files"),
    ]
    for number, (group, spoil, message) in enumerate(cases):
        folder = tmp_path / str(number)
        shutil.copytree(GAPS, folder)
        path = folder / f"{group}.yaml"
        path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")
        with pytest.raises(RulesError, match=message):
            load_gaps(folder)


def test_rules_are_reached_by_their_keys() -> None:
    rules: Rules = default()
    assert rules.obligations["O31-1"].carries("KPU.W") and not rules.obligations["O31-1"].carries("KPUX")
    assert rules.obligations["O31-1"].lawful[-1] == "local_paper"
