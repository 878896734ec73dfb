"""What each reader's score may rest on: nothing for staff alone, nothing unproven, reaches the public's."""

from __future__ import annotations

import pytest

from indexer.scoring import rows
from tests.indexer.scoring.rows import duty, finding, told

LATE = {"delay_days": 20, "findings": [told()]}


def test_law_from_memory_and_rows_for_staff_are_no_items_of_the_public() -> None:
    for hidden in ({"law_seen": False}, {"audience": "staff"}, {"audience": "confirmed_only"}):
        assert rows.item(duty(**hidden), "quarter", "public") is None
        assert rows.item(duty(**hidden), "quarter", "staff") is not None
    confirmed = duty(audience="confirmed_only", decision_kind="confirmed")
    assert rows.item(confirmed, "quarter", "public") is not None


def test_what_is_not_owed_is_no_item() -> None:
    for state in ("exempt", "not_due"):
        assert rows.item(duty(state=state), "quarter", "staff") is None


def test_a_delay_counts_for_the_public_only_with_a_finding_it_may_see() -> None:
    shown = rows.item(duty(state="late", **LATE), "quarter", "public")
    assert shown is not None and (shown.delay, shown.lenient) == (20, False)
    weak = {"delay_days": 20, "findings": [told("LAT-02", confidence="low")]}
    hidden = duty(state="late", public_state="disclosed", **weak)
    public, staff = rows.item(hidden, "quarter", "public"), rows.item(hidden, "quarter", "staff")
    assert public is not None and staff is not None
    assert (public.state, public.delay, public.lenient, public.seen) == ("disclosed", 0, True, True)
    assert (staff.state, staff.delay, staff.lenient) == ("late", 20, False)
    # A partial one whose lateness the public may not see.
    partial = duty(
        state="partial", completeness=0.5, delay_days=20, findings=[told("INC-01"), told("LAT-01", audience="staff")]
    )
    mixed = rows.item(partial, "quarter", "public")
    assert mixed is not None and (mixed.delay, mixed.completeness) == (0, 0.5)


def test_a_lack_counts_for_the_public_only_with_a_finding_it_may_see() -> None:
    partial = duty(
        state="partial", public_state="disclosed", completeness=0.5, findings=[told("INC-01", audience="staff")]
    )
    public, staff = rows.item(partial, "quarter", "public"), rows.item(partial, "quarter", "staff")
    assert public is not None and public.completeness == 1 and public.lenient
    assert staff is not None and staff.completeness == 0.5


def test_missing_that_the_public_may_not_be_told_is_not_observable() -> None:
    made = rows.item(duty(state="missing", public_state="not_observable"), "quarter", "public")
    assert made is not None and not made.standing.observed and not made.seen


def test_a_false_alarm_leaves_for_everybody() -> None:
    wrong = duty(state="late", public_state="disclosed", decision_kind="false_alarm", severity="S4", **LATE)
    for reader in rows.READERS:
        made = rows.item(wrong, "quarter", reader)
        assert made is not None and (made.state, made.delay, made.confirmed) == ("disclosed", 0, None)
    lead = rows.lead(finding(decision_kind="false_alarm"), "staff")  # type: ignore[arg-type]
    assert lead is not None and lead.rejected


def test_what_was_seen_keeps_its_time_where_the_channel_is_unproven() -> None:
    unproven = duty(state="not_observable", reason="channel_unproven", found=["d-1"], delay_days=9, completeness=0.8)
    staff, public = rows.item(unproven, "quarter", "staff"), rows.item(unproven, "quarter", "public")
    assert staff is not None and (staff.delay, staff.completeness, staff.seen) == (9, 0.8, True)
    assert public is not None and (public.delay, public.completeness, public.seen) == (0, 1.0, True)


def test_unknown_times_stay_unknown() -> None:
    made = rows.item(duty(timeliness_known=False, delay_days=None), "quarter", "staff")
    assert made is not None and made.delay is None and not made.lenient


def test_a_confirmed_gap_that_was_filled_later() -> None:
    made = rows.item(duty(state="late", decision_kind="confirmed", severity="S4", **LATE), "quarter", "public")
    assert made is not None and made.intervened and made.confirmed == "S4"
    still = rows.item(duty(state="missing", decision_kind="confirmed", severity="S4"), "quarter", "public")
    assert still is not None and not still.intervened and still.confirmed == "S4"


@pytest.mark.parametrize(
    ("more", "readers"),
    [
        ({}, 2),
        ({"audience": "staff"}, 1),
        ({"law_seen": False}, 1),
        ({"confidence": "medium"}, 1),
        ({"audience": "confirmed_only"}, 1),
        ({"audience": "confirmed_only", "confidence": "medium", "decision_kind": "confirmed"}, 2),
        ({"audience": "confirmed_only", "law_seen": False, "decision_kind": "confirmed"}, 1),
        ({"to_authority": True}, 0),
    ],
)
def test_findings_that_each_reader_may_see(more: dict[str, object], readers: int) -> None:
    seen = [reader for reader in rows.READERS if rows.lead(finding(**more), reader) is not None]
    assert seen == ["public", "staff"][2 - readers :]
