"""Lists as files: CSV for spreadsheets, safe to open, and JSON lines for programs; a row at a time, however many."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

from flask import Response, stream_with_context, url_for
from flask_babel import gettext as _

from indexer.clock import today
from webapp import gapcsv, moments
from webapp.services import services

Row = dict[str, Any]
Columns = Sequence[tuple[str, Callable[[Row], Any]]]
TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson; charset=utf-8"}


def enterprises(rows: Iterable[Row], form: str) -> Response:
    """Enterprises as ``csv`` or ``jsonl``; ``rows`` hold one more than an export may, where there are more."""
    columns: Columns = [
        (_("编号"), lambda e: e["id"]),
        (_("企业"), lambda e: e["name"]),
        (_("曾用名"), lambda e: "；".join(n["name"] for n in e["names"] if n["name"] != e["name"])),
        (_("统一社会信用代码"), lambda e: "；".join(e["usccs"])),
        (_("排污许可证编号"), lambda e: "；".join(e["permit_nos"])),
        (_("地区"), lambda e: e["region_name"]),
        (_("行业"), lambda e: e["industry"]),
        (_("类别"), lambda e: "；".join(e["classes"])),
        (_("首次收录"), lambda e: e["first_seen"]),
        (_("网址"), lambda e: url_for("public.enterprise", enterprise=e["id"], _external=True)),
    ]
    return file(rows, columns, form, "qingce-enterprises")


def file(rows: Iterable[Row], columns: Columns, form: str, name: str) -> Response:
    """A download ``<name>-<day>``: CSV with these columns, or JSON lines with the rows' own keys; longer ones say so.

    The first row is fetched before the answer begins, so that a failure is an error page.
    """
    day = moments.asked().day or today().isoformat()
    found = iter(rows)
    whole = chain(list(islice(found, 1)), found)
    made = _csv(whole, columns, day) if form == "csv" else _lines(whole)
    response = Response(stream_with_context(made), content_type=TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{day}.{form}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def most() -> int:
    """Rows to ask for: one more than a file may have, which tells that it was cut."""
    return services().settings.export_rows + 1


def _csv(rows: Iterable[Row], columns: Columns, day: str) -> Iterator[str]:
    nature = [_("示例数据")] if services().settings.demo else []
    yield gapcsv.BOM + _line([*nature, *(title for title, _cell in columns), _("截至")])
    for number, row in enumerate(rows, start=1):
        if number == most():
            yield _line([_("已截断：本文件最多 %(most)s 行，请缩小筛选范围。", most=most() - 1)])
            return
        yield _line([*nature, *(cell(row) for _title, cell in columns), day])


def _line(cells: Iterable[Any]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([gapcsv.safe(cell) for cell in cells])
    return line.getvalue()


def _lines(rows: Iterable[Row]) -> Iterator[str]:
    for number, row in enumerate(rows, start=1):
        if number == most():
            yield json.dumps({"cut": True, "rows": most() - 1}) + "\n"
            return
        yield json.dumps(row, ensure_ascii=False) + "\n"
