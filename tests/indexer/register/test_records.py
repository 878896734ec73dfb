"""The plain checks pass only what the schemas pass."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from indexer.register import records

CAPTURE = {"run": "r", "file": "captures-00001.warc.gz", "offset": 0, "digest": "sha256:" + "0" * 64}
SUBJECT = {"name": "甲厂", "uscc": None, "external_id": "1", "region": "甲市"}
RECORD = {
    "source": "demo", "kind": "profile", "url": "http://127.0.0.1/", "captured_at": "2021-05-01T02:00:00Z",
    "capture": CAPTURE, "place": "rows[0]", "key": None, "fields": {"单位名称": "甲厂"}, "title": None, "text": "文",
    "published_at": "2021-04-30", "subject": SUBJECT, "rows": 1,
}  # fmt: skip
VISIT = {
    "scope": "page", "source": "demo", "kind": "profile", "subject": SUBJECT, "period": None,
    "url": "http://127.0.0.1/", "at": "2021-05-01T02:00:00Z", "outcome": "found", "reason": None, "capture": CAPTURE,
}  # fmt: skip
ODD = st.sampled_from(
    [None, "", 0, -1, 1, True, 1.5, [], {}, "nonsense", "2021-05-01", "2021-05-01T02:00:00Z", {"a": 1}]
)


def paths(value: dict[str, Any], before: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = []
    for name, inner in value.items():
        found.append((*before, name))
        found += paths(inner, (*before, name)) if isinstance(inner, dict) else []
    return found


def changed(value: dict[str, Any], path: tuple[str, ...], odd: Any, gone: bool) -> dict[str, Any]:
    copied: dict[str, Any] = copy.deepcopy(value)
    place = copied
    for name in path[:-1]:
        place = place[name]
    if gone:
        del place[path[-1]]
    else:
        place[path[-1]] = odd
    return copied


@given(st.sampled_from(paths(RECORD)), ODD, st.booleans())
def test_records(path: tuple[str, ...], odd: Any, gone: bool) -> None:
    data = changed(RECORD, path, odd, gone)
    assert records.record_error(RECORD) is None
    assert (records.record_error(data) is None) == (not records.RecordSchema().validate(data))


@given(st.sampled_from(paths(VISIT)), ODD, st.booleans())
def test_visits(path: tuple[str, ...], odd: Any, gone: bool) -> None:
    data = changed(VISIT, path, odd, gone)
    by_rule = not records.VisitSchema().validate(data) and not (
        (data["scope"] == "page" and data.get("subject") is None)
        or (data["scope"] == "walk" and "complete" not in data)
    )
    assert records.visit_error(VISIT) is None
    assert (records.visit_error(data) is None) == by_rule


def test_a_field_that_no_page_visit_has_is_left_to_the_schema() -> None:
    assert records.visit_error({**VISIT, "complete": "perhaps"}) is not None
    assert records.visit_error({**VISIT, "rows_seen": 3}) is None
