"""Notices of days off: what is read, what is refused, and what they do to working days and due days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from indexer.law.calendar import LAST_YEAR
from indexer.law.deadlines import Anchors, due_of
from indexer.law.errors import RulesError
from indexer.law.expression import parse as expression
from indexer.law.holidays import dump, parse
from indexer.law.model import DueRule
from indexer.law.rules import default, with_notices

D = date.fromisoformat
YEAR = LAST_YEAR + 1
GOOD = f"""year: {YEAR}
citation: 关于{YEAR}年部分节假日安排的通知
checked: 2026-11-20
off: [{YEAR - 1}-12-31, {YEAR}-01-01..{YEAR}-01-03, {YEAR}-05-01..{YEAR}-05-05, {YEAR}-10-01..{YEAR}-10-03,
  {YEAR}-03-15]
work: [{{saturday}}]
"""
SATURDAY = next(D(f"{YEAR}-02-{n:02}") for n in range(1, 29) if D(f"{YEAR}-02-{n:02}").weekday() == 5)
TEXT = GOOD.format(saturday=SATURDAY)


def test_a_notice_says_which_days_are_worked_and_makes_its_year_known() -> None:
    plain = default().calendar
    made = with_notices(default(), (parse(TEXT, "n.yaml"),)).calendar
    assert not plain.known(SATURDAY) and made.known(SATURDAY)
    assert made.is_workday(SATURDAY) and not plain.is_workday(SATURDAY)
    assert not made.is_workday(D(f"{YEAR}-03-15")) and not made.is_workday(D(f"{YEAR - 1}-12-31"))
    assert plain.is_workday(D("2024-02-04")) and made.is_workday(D("2024-02-04")), "the library's years stay"


def test_a_due_day_is_provisional_until_the_notice_is_there() -> None:
    rule = DueRule(expression("Y+1-03-15"), "Y+1-03-15")
    before = due_of(rule, Anchors(year=YEAR - 1), default().calendar)
    after = due_of(rule, Anchors(year=YEAR - 1), with_notices(default(), (parse(TEXT, "n.yaml"),)).calendar)
    assert before.provisional and "暂定" in before.words
    assert not after.provisional and after.latest > D(f"{YEAR}-03-15") and "顺延" in after.words


def test_the_version_of_the_rules_names_the_notices() -> None:
    one = parse(TEXT, "n.yaml")
    other = replace(one, work=frozenset())
    versions = {with_notices(default(), notices).version for notices in ((), (one,), (other,))}
    assert len(versions) == 3
    assert with_notices(default(), (one,)).version == with_notices(default(), (parse(dump(one), "m.yaml"),)).version


def test_csv_says_the_same_as_yaml() -> None:
    one = parse(TEXT, "n.yaml")
    rows = [f"{day},{'work' if works else 'off'}" for day, works in sorted(one.days.items())]
    first, *rest = rows
    lines = ["year,day,status,citation,checked", f"{YEAR},{first},{one.citation},{one.checked}"]
    lines += [f",{row},," for row in rest]
    assert parse("\ufeff" + "\n".join(lines), "n.CSV") == one


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (f"{YEAR}-01-01..{YEAR}-01-03", f"{YEAR}-01-02", f"{YEAR}-01-01 is a day off in every year"),
        (f"work: [{SATURDAY}]", f"work: [{YEAR}-03-15]", "stands under off and under work"),
        (f"work: [{SATURDAY}]", f"work: [{YEAR}-03-16, {YEAR}-03-17, {YEAR}-03-18]", "is no Saturday or Sunday"),
        (f"{YEAR}-03-15]", f"{YEAR}-03-15, {YEAR}-03-15]", "stands twice"),
        (f"{YEAR}-03-15]", f"{YEAR + 1}-03-15]", "lies neither in"),
        (f"{YEAR}-03-15]", "15. März]", "is no day; write"),
        (f"{YEAR}-03-15]", f"{YEAR}-03-15..{YEAR}-03-01]", "must run forward"),
        ("citation:", "cite:", "Unknown field"),
        ("checked: 2026-11-20\n", "", "checked"),
        ("off: [", "off: [[", "broken YAML"),
    ],
)
def test_what_cannot_be_right_is_refused_in_one_line(old: str, new: str, words: str) -> None:
    with pytest.raises(RulesError) as error:
        parse(TEXT.replace(old, new), "n.yaml")
    assert words in str(error.value) and "n.yaml" in str(error.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [("day,status\n", "no column year, citation, checked"),
     (f"year,day,status,citation,checked\n{YEAR},{YEAR}-01-01,holiday,通知通知通知,2026-11-20\n", "row 2: status"),
     (f"year,day,status,citation,checked\n{YEAR},{YEAR}-01-01,off,通知甲通知,2026-11-20\n,{YEAR}-01-02,off,通知乙,\n",
      "row 3: citation")],
)  # fmt: skip
def test_a_csv_that_is_none_is_refused_in_one_line(text: str, words: str) -> None:
    with pytest.raises(RulesError, match=words):
        parse(text, "n.csv")
