"""Worked examples, the arithmetic by hand in the comments (docs/explanation/scores.md tells the first)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.gaps.scores import rubricfile
from indexer.gaps.scores.account import Account, Conduct
from indexer.gaps.scores.score import evaluate
from tests.indexer.gaps.scores.made import OURS, account, heads, item, late, lead, missing, scored


def test_the_example_of_the_documentation() -> None:
    made = scored(
        item("O24-Y", completeness=0.9, state="partial"),
        late(18, "PR-2", cadence="year"),
        late(15, "PR-3", cadence="quarter"),
        missing("PR-3", cadence="quarter"),
        leads=(lead(severity="S3"), lead(severity="S3", ref="f-2"), lead("CON-13", ref="f-3")),
        conduct=Conduct(voluntary=(("social_report", 2),)),
    )
    told = heads(made)
    # T: weights 5, 3, 1, 1; g = 1, 1-18/90 = .8, 1-15/30 = .5, 0: (5 + 2.4 + .5) / 10 = .79.
    assert told["T"] == pytest.approx(79)
    # P: a = 3/4; no event, so b is left out; c = 2/5; d = 4/4 (nothing speaks against it).
    # (.5·.75 + .2·.4 + .1·1) / .8 = .555 / .8 = .69375.
    assert told["P"] == pytest.approx(69.38)
    # C: fields (.9 + 1 + 1) / 3 = .96667, periods 3/4; no permit, so coverage is left out.
    # (.5·.96667 + .3·.75) / .8 = .885417.
    assert told["C"] == pytest.approx(88.54)
    # A: .85 · .85 · .95 = .686375.
    assert told["A"] == pytest.approx(68.64)
    # .3·79 + .15·69.375 + .3·88.5417 + .25·68.6375 = 23.7 + 10.40625 + 26.5625 + 17.159375 = 77.828125.
    assert made.total == pytest.approx(77.83) and made.grade == "B"
    assert (made.due, made.observed, made.doubt) == (4, 4, None)


def test_every_point_is_traced() -> None:
    made = scored(late(18, "PR-2"), missing("PR-3"), leads=(lead(),))
    assert made.total is not None
    assert sum(line.earned for line in made.lines) == pytest.approx(made.total, abs=0.01)
    assert sum(line.lost for line in made.lines) == pytest.approx(100 - made.total, abs=0.01)
    (found,) = [line for line in made.lines if line.about == "finding"]
    # One S2: .25 of the total · 100 · .05.
    assert found.ref == "f-1" and found.lost == pytest.approx(1.25)
    (delayed,) = [line for line in made.lines if line.part == "delay" and line.ref.startswith("e-1:PR-2")]
    # Weight 3 of 4, g .8: 30 · 3/4 · .2 lost.
    assert delayed.lost == pytest.approx(4.5) and "逾期18日，1－18÷90，得0.80" in delayed.words


def test_a_missing_year_report_caps_the_total() -> None:
    good = [item("PR-3", ref=f"e-1:PR-3:{number}") for number in range(30)]
    made = scored(missing(), *good)
    # T 30/35 = .857, P nearly 30/31, C nearly .99, A 1: far above 49.
    assert made.total == 49 and made.capped == ("年度报告未见公开",)
    (cap,) = [line for line in made.lines if line.head == "cap"]
    assert cap.lost == pytest.approx(-cap.earned) and cap.lost > 30
    assert all(total <= 49 for total in made.variants)


def test_only_a_confirmed_s4_caps() -> None:
    assert scored(item(), leads=(lead(severity="S4"),)).capped == ()
    made = scored(item(), leads=(lead(severity="S4", confirmed=True),))
    assert made.total == 59 and made.capped
    assert scored(item(confirmed="S4")).total == 59 and not scored(item(confirmed="S3")).capped


def test_what_a_person_rejected_leaves() -> None:
    assert heads(scored(item(), leads=(lead(severity="S4", rejected=True),)))["A"] == 100


def test_the_same_rule_counts_three_times_at_most() -> None:
    many = tuple(lead(severity="S2", ref=f"f-{number}") for number in range(5))
    made = scored(item(), leads=many)
    # .95 ** 3
    assert heads(made)["A"] == pytest.approx(85.74)
    left = [line for line in made.lines if line.about == "finding" and line.lost == 0]
    assert len(left) == 2 and "只计3条" in left[0].words
    worst = scored(item(), leads=(*many, lead(severity="S4", ref="f-9")))
    # The worst three of the rule: .65 · .95 · .95.
    assert heads(worst)["A"] == pytest.approx(58.66)


@pytest.mark.parametrize(("days", "g"), [(-30, 1), (0, 1), (1, 89 / 90), (45, 0.5), (90, 0), (500, 0)])
def test_a_delay_of_a_year_report_counts_over_ninety_days(days: int, g: float) -> None:
    state = "late" if days > 0 else "met"
    assert heads(scored(item(state=state, delay=days)))["T"] == pytest.approx(100 * g, abs=0.01)


@pytest.mark.parametrize(
    ("obligation", "cadence", "days", "g"),
    [("A81-3", "two_hours", 1, 0), ("M23-1", "quarter", 7, 0), ("PR-4b", "month", 3, 0.8), ("O24-T2", "event", 6, 0.8),
     ("PR-3", "quarter", 6, 0.8), ("SOIL-1", "year", 9, 0.9)],
)  # fmt: skip
def test_each_cadence_has_its_own_days(obligation: str, cadence: str, days: int, g: float) -> None:
    assert heads(scored(late(days, obligation, cadence=cadence)))["T"] == pytest.approx(100 * g)


def test_slots_weigh_together_as_one() -> None:
    slots = [item("A81-3", cadence="two_hours") for _ in range(9)] + [missing("A81-3", cadence="two_hours")]
    # Auto 4 · .9, the year report 5 · 0, of 9.
    assert heads(scored(*slots, missing()))["T"] == pytest.approx(40)


def test_unknown_times_and_heads_leave_their_weight_to_the_others() -> None:
    made = scored(item(delay=None), item("PR-3"))
    assert heads(made)["T"] == 100
    assert any("无从判断，不计" in line.words for line in made.lines)
    alone = scored(item(delay=None, state="partial", completeness=0.5))
    assert heads(alone)["T"] is None and alone.doubt == "head:T" and alone.grade is None
    # Weights .15, .30, .25 of .70: P 1·.5 + 0·.2 + 1·.1 of .8 = .75; C (.5·.5 + .3·1) / .8 = .6875; A 1.
    assert alone.total == pytest.approx((0.15 * 75 + 0.3 * 68.75 + 0.25 * 100) / 0.7, abs=0.01)


def test_below_seventy_percent_observable_there_is_no_grade() -> None:
    seven = [item("PR-3")] * 7
    assert scored(*seven, *[item("PR-3", "not_observable")] * 3).doubt is None
    made = scored(*seven, *[item("PR-3", "not_observable")] * 4)
    assert made.doubt == "few_observed" and made.grade is None and made.total is not None
    assert (made.observed, made.due, round(made.observable, 3)) == (7, 11, 0.636)
    nothing = scored(item(state="not_observable"))
    assert nothing.total is None and nothing.variants == () and nothing.doubt == "few_observed"


def test_of_nothing_due_there_is_no_score() -> None:
    assert evaluate(OURS, Account("e-1", ())) is None
    assert evaluate(rubricfile.load()["authority"], Account("e-1", ())) is None


def test_events_told_of_in_time() -> None:
    made = scored(item("O24-T2", cadence="event"), late(2, "O24-T1", cadence="event"))
    told = {line.words for line in made.lines if line.part == "events"}
    assert len(told) == 2
    # P: a 1, b 1/2, c 0, d 1: .5 + .1 + 0 + .1.
    assert heads(made)["P"] == pytest.approx(70)


def test_elsewhere_and_pressed_for_are_not_of_its_own_accord() -> None:
    made = scored(item("PR-3"), item("PR-3", "elsewhere_only"), late(3, "PR-3", intervened=True))
    # a 1/3, c 0, d 1: (.5/3 + .1) / .8.
    assert heads(made)["P"] == pytest.approx(33.33, abs=0.01)


def test_openness_loses_by_its_own_findings() -> None:
    made = scored(item("PR-3"), leads=(lead("INC-07", "S1", group="incomplete"),))
    (line,) = [line for line in made.lines if line.about == "finding"]
    # d is a tenth of P, which without events has .8: 15 · .125 / 4.
    assert line.lost == pytest.approx(15 * 0.125 / 4, abs=1e-4) and heads(made)["A"] == 100


def test_coverage_of_the_permit() -> None:
    owed = frozenset({("DW001", "COD"), ("DW001", "氨氮"), ("DA001", "SO2"), (None, "pH")})
    shown = frozenset({("DW001", "COD"), ("DA002", "SO2"), ("DW001", "pH")})
    made = scored(item("PR-3"), conduct=Conduct(owed=owed, shown=shown))
    # C: fields 1, periods 1, coverage 2/4: .5 + .3 + .2·.5.
    assert heads(made)["C"] == pytest.approx(90)
    assert {line.words for line in made.lines if line.part == "coverage" and line.lost} == {
        "排污许可证列明的DA001 SO2没有公开数值", "排污许可证列明的DW001 氨氮没有公开数值",
    }  # fmt: skip
    unseen = scored(item("PR-3"), conduct=Conduct(owed=owed))
    assert heads(unseen)["C"] == 100


def test_withdrawn_is_no_period_but_keeps_its_time() -> None:
    made = scored(item("PR-3"), item("PR-3", "withdrawn"))
    assert heads(made)["T"] == 100
    # fields 1 of the one still there, periods 1/2: (.5 + .15) / .8.
    assert heads(made)["C"] == pytest.approx(81.25)


def test_the_authority_has_a_score_of_its_own() -> None:
    rubric = rubricfile.load()["authority"]
    items = (
        late(45, "GOV-1"), item("GOV-2"), missing("GOV-4b", cadence="quarter"), item("GOV-4a", cadence="event"),
    )  # fmt: skip
    made = evaluate(rubric, account(*items))
    assert made is not None
    # T: (3·.5 + 3 + 0 + 1) / 8 = .6875. C: fields 1, periods 3/4: (.5 + .225) / .8 = .90625. Half each: 79.69.
    assert heads(made) == {"T": 68.75, "C": 90.62} and made.total == pytest.approx(79.69)


def test_words_of_items_read_in_the_subject_s_favour() -> None:
    made = scored(replace(item("PR-3", "disclosed"), lenient=True))
    assert any("按有利解释得1" in line.words for line in made.lines)
