"""What was added is always found; what was not nearly never."""

from __future__ import annotations

from indexer.register.seen import Seen


def test_nothing_added_is_ever_missed() -> None:
    seen = Seen()
    keys = [f"a|b|{number}" for number in range(20_000)]
    for key in keys:
        assert key not in seen
        seen.add(key)
    assert all(key in seen for key in keys)


def test_others_are_nearly_never_taken_for_added() -> None:
    seen = Seen()
    for number in range(20_000):
        seen.add(f"a|{number}")
    assert sum(f"b|{number}" in seen for number in range(20_000)) <= 2
