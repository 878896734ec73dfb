"""Visits come back as they were laid down; of two looks at one page the later counts."""

from __future__ import annotations

from typing import Any

from indexer.register.spool import Spool


def visit(number: int, at: str = "2021-05-01T02:00:00Z", **more: Any) -> Any:
    return {"id": f"v-{number:016x}", "at": at, "kind": "profile", "scope": "page", "reason": "页面", **more}


def test_all_come_back_in_order_and_as_often_as_asked() -> None:
    spool = Spool()
    put = [visit(number, kind="profile" if number % 2 else "permit") for number in range(2000)]
    for one in put:
        spool.put(one)
    assert list(spool) == put and list(spool) == put
    assert len(spool) == 2000 and spool.kinds == {"profile", "permit"}


def test_of_two_looks_at_one_page_the_later_counts() -> None:
    spool = Spool()
    spool.put(visit(1, "2021-05-01T03:00:00Z", outcome="failed"))
    spool.put(visit(2))
    spool.put(visit(1, "2021-05-01T04:00:00Z", outcome="found"))
    spool.put(visit(1, "2021-05-01T02:00:00Z", outcome="blocked"))
    assert [(one["id"][-1], one.get("outcome")) for one in spool] == [("2", None), ("1", "found")]
    assert len(spool) == 2


def test_more_can_be_laid_down_after_reading() -> None:
    spool = Spool()
    spool.put(visit(1))
    assert len(list(spool)) == 1
    spool.put(visit(2))
    assert [one["id"][-1] for one in spool] == ["1", "2"]
