"""A crawl asks first for whom a duty falls due, then for whom was not looked at for longest."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawlers import frontier
from crawlers.clock import read
from crawlers.run import crawl
from tests.crawlers.scripted import (
    DIRECTORY,
    Answer,
    Asked,
    info_page,
    list_page,
    read_run,
    rows_answer,
    serving,
    write_source,
)

TODAY = date(2026, 11, 20)
FIRMS = [(str(number), f"企业{number}有限公司") for number in range(1, 9)]


def _put(var: Path, rows: list[dict[str, Any]]) -> None:
    (var / "frontier").mkdir(parents=True)
    lines = "".join(f"{json.dumps(row)}\n" for row in rows)
    (var / "frontier" / "ordered.jsonl").write_text(lines, encoding="utf-8")


@pytest.mark.parametrize(
    ("due", "looked", "level"),
    [
        ([TODAY + timedelta(days=14)], TODAY, 9),
        ([TODAY - timedelta(days=10)], TODAY, 9),
        ([TODAY + timedelta(days=15)], TODAY, 0),
        ([], None, 6),
        ([], TODAY - timedelta(days=90), 5),
        ([], TODAY - timedelta(days=7), 2),
        ([], TODAY - timedelta(days=6), 0),
    ],
)
def test_levels(due: list[date], looked: date | None, level: int, tmp_path: Path) -> None:
    row = {"external_id": "1", "due": [day.isoformat() for day in due], "looked": looked and looked.isoformat()}
    _put(tmp_path, [row])
    assert frontier.load(tmp_path, "ordered", TODAY).urgency({"external_id": "1"}) == level


def test_without_a_file_all_are_alike_and_a_broken_one_is_said(tmp_path: Path) -> None:
    assert len(frontier.load(tmp_path, "ordered", TODAY)) == 0
    _put(tmp_path, [])
    (tmp_path / "frontier" / "ordered.jsonl").write_text('{"external_id": ', encoding="utf-8")
    broken = frontier.load(tmp_path, "ordered", TODAY)
    assert len(broken) == 0 and "`qingce scan` writes it anew" in str(broken.problem)


def test_the_order_in_which_a_site_is_asked(tmp_path: Path, sources: Path) -> None:
    """One subject after the other, each read to its end, the urgent first."""

    def script(asked: Asked) -> Answer:
        match asked.path:
            case "/robots.txt":
                return Answer("", content_type="text/plain")
            case "/list.jsp":
                return Answer(list_page(FIRMS))
            case "/info.jsp":
                return Answer(info_page(dict(FIRMS)[asked.values["id"]], asked.values["id"]))
            case _:
                return rows_answer([{"stProject": "氨氮"}])

    today = read().today()
    rest = {"due": [], "looked": today.isoformat()}
    rows = [{"external_id": number, **rest} for number, _ in FIRMS if number not in ("3", "5", "6")]
    rows += [
        {"external_id": "3", "due": [], "looked": None},
        {"external_id": "5", "due": [today.isoformat()], "looked": today.isoformat()},
        {"external_id": "6", "due": [], "looked": (today - timedelta(days=40)).isoformat()},
    ]
    _put(tmp_path / "var", rows)
    pace = {"delay": 0, "concurrency": 1, "autothrottle": False, "timeout": 5, "retries": 0}
    with serving(script) as site:
        write_source(sources, "ordered", site.url, **{**DIRECTORY, "pace": pace})
        (result,) = crawl(["ordered"], tmp_path / "var")
    pages = [asked for asked in site.asked if asked.path == "/info.jsp"]
    order = [asked.values["id"] for asked in pages]
    # One page is on its way before the page's last row is known.
    assert order[1:4] == ["5", "3", "6"], order
    assert len(order) == 8 and result.status == "finished" and read_run(result.folder).issues == []
    paths = [asked.path for asked in site.asked if asked.path in ("/info.jsp", "/jcdw.do")]
    ahead = [paths[:place].count("/info.jsp") - paths[:place].count("/jcdw.do") for place in range(len(paths) + 1)]
    assert max(ahead) <= 4, "all are begun before any is read to its end"
