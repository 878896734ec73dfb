"""Answers of a look-up in the words of the page, the file and the API."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from indexer.search.lookup import Answer

DOUBTS: dict[str, Any] = {
    "none": _l("确定"),
    "several": _l("有几家同名或同码，请核对"),
    "former": _l("按曾用名找到"),
    "short": _l("按简称找到"),
    "near": _l("只是相近，请核对"),
    "code_differs": _l("名称与代码不是同一家"),
    "not_found": _l("没有找到"),
    "empty": _l("这一行没有名称或代码"),
}
TONES = {
    "none": "good", "several": "warn", "former": "calm", "short": "calm", "near": "warn", "code_differs": "bad",
    "not_found": "bad", "empty": "calm",
}  # fmt: skip


def row(answer: Answer) -> dict[str, Any]:
    """``{line, text, id, name, region, uscc, score, doubt, others: [{id, name, region}]}``; nothing personal in it."""
    found = answer.found
    return {
        "line": answer.line.number,
        "text": answer.line.text,
        "id": found["id"] if found else None,
        "name": found["name"] if found else None,
        "region": found["region_name"] if found else None,
        "uscc": found["usccs"][0] if found and found["usccs"] else None,
        "score": answer.score,
        "doubt": answer.doubt,
        "others": [{"id": one["id"], "name": one["name"], "region": one["region_name"]} for one in answer.others],
    }


def tally(rows: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """How many lines have each doubt, in the order of ``DOUBTS``."""
    counts = {doubt: sum(one["doubt"] == doubt for one in rows) for doubt in DOUBTS}
    return [(doubt, count) for doubt, count in counts.items() if count]
