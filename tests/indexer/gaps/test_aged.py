"""Things to be kept and renewed: how old a stated day may be."""

from __future__ import annotations

from dataclasses import replace

from indexer.gaps.transitions import survey
from indexer.law.facts import Subject
from indexer.law.rules import default
from tests.indexer.gaps.conftest import D, found, state_of, subject

WASTE = frozenset({"solid_waste", "amount"})


def stated(published: str | None, *seen: str) -> Subject:
    days = tuple(D(day) for day in seen)
    item = replace(
        found(seen[0], "annual_report", WASTE), published=D(published) if published else None, sightings=days,
        last_seen=days[-1],
    )  # fmt: skip
    return subject(found=(item,))


def test_a_stated_day_longer_ago_than_a_year_is_stale() -> None:
    who = stated("2021-03-15", "2021-04-01", "2022-02-20", "2022-06-01")
    assert state_of(who, "SW-1", "2022-03-15", "2022").state == "met"
    old = state_of(who, "SW-1", "2022-03-16", "2022")
    assert (old.state, old.reason, old.public_state) == ("stale", "freshness", "disclosed")
    assert state_of(who, "SW-1", "2023-06-01", "2021").state == "met", "the year in which it was fresh stays met"
    changes = survey(who, D("2022-12-31"), default()).transitions["e-1:SW-1:2022"]
    assert [(str(change.day), change.after) for change in changes][-1] == ("2022-03-16", "stale")


def test_a_document_without_a_day_has_no_age() -> None:
    assert state_of(stated(None, "2021-04-01", "2022-06-01"), "SW-1", "2022-12-31", "2022").state == "met"


def test_rows_without_a_term_never_age() -> None:
    who = subject(found=(replace(found("2021-06-01"), published=D("2015-01-05")),))
    assert state_of(who, "O31-1", "2021-12-31").state == "met"
