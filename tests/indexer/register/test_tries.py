"""Visits at addresses that a disclosure links, told from other visits."""

from __future__ import annotations

from typing import Any

import pytest

from indexer.normalise.links import links
from indexer.register.tries import tries

LIST = "https://city.example/open/list?page=2"


def visit(url: str | None, day: int, outcome: str, reason: str | None = None) -> Any:
    at = f"2024-03-{day:02}T17:00:00Z"
    return {"id": f"v-{url}-{day}-{outcome}", "url": url, "at": at, "outcome": outcome, "reason": reason}


@pytest.mark.parametrize(("value", "address"), [
    ("/files/f1", "https://city.example/files/f1"), ("../f1.pdf", "https://city.example/f1.pdf"),
    ("https://other.example/f1.pdf", "https://other.example/f1.pdf"), ("见 /files/f1", None), ("无/不适用", None),
    ("", None), ("2024/03/01", None), ("附件.pdf", None),
])  # fmt: skip
def test_addresses_in_columns(value: str, address: str | None) -> None:
    assert links(LIST, {"附件链接": value, "名称": "甲"}) == ((address,) if address else ())


def test_visits_at_linked_addresses_by_day_in_shanghai_good_ones_last() -> None:
    document: Any = {"url": LIST, "fields": {"附件链接": "/files/f1"}}
    file = "https://city.example/files/f1"
    made = tries([document], [
        visit(file, 20, "found"), visit(file, 20, "failed", "status 404"), visit(LIST, 19, "found"),
        visit(None, 19, "found"), visit(file, 18, "unreadable", "empty answer where a page is due"),
    ])  # fmt: skip
    assert [(str(one.day), one.outcome) for one in made] == [
        ("2024-03-19", "unreadable"), ("2024-03-21", "failed"), ("2024-03-21", "found"),
    ]  # fmt: skip
    assert tries([{**document, "fields": {}}], [visit(file, 20, "found")]) == ()
