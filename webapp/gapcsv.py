"""A list of gaps as CSV: for spreadsheets, safe to open, and saying by itself what it is and of when."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from flask import Response, stream_with_context
from flask_babel import gettext as _

from indexer.clock import today
from indexer.search import duties
from indexer.search.duties import GapFilters, Reader
from webapp import dutyview, results
from webapp.dutyview import DutyView
from webapp.services import services

BOM = "﻿"
"""Without it spreadsheets read UTF-8 Chinese as garbage."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula: a leading ``= + - @`` gets an apostrophe before it."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def response(filters: GapFilters, reader: Reader) -> Response:
    """The file, streamed. Its first batch is asked for before the answer begins, so that a failure is an error page."""
    most = services().settings.export_rows
    found = results.every("duties", duties.gaps(filters, reader), duties.ORDERS["enterprise"], most + 1)
    first = next(found, None)
    name = f"qingce-gaps-{today().isoformat()}.csv"
    answer = Response(stream_with_context(_lines(first, found, reader, most)), mimetype="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _lines(first: Any, rest: Iterator[Any], reader: Reader, most: int) -> Iterator[str]:
    yield BOM + _line(_header(reader))
    if first is None:
        return
    yield _line(_cells(dutyview.view(first, reader), reader))
    for number, duty in enumerate(rest, start=2):
        if number > most:
            yield _line([_("已截断：本文件最多 %(most)s 行，请缩小筛选范围。", most=most)])
            return
        yield _line(_cells(dutyview.view(duty, reader), reader))


def _line(cells: list[Any]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow([safe(cell) for cell in cells])
    return text.getvalue()


def _header(reader: Reader) -> list[str]:
    columns = [
        _("数据性质"), _("企业编号"), _("企业"), _("区划代码"), _("事项编号"), _("事项"), _("期间"), _("状态代码"),
        _("状态"), _("说明"), _("最迟应公开日"), _("应公开日由来"), _("依据"), _("首次见到"), _("页面载明公开日"),
        _("逾期天数"), _("缺少内容"), _("严重程度"), _("线索"), _("有效查看"), _("页面"), _("截至日"), _("规则版本"),
        _("词表版本"),
    ]  # fmt: skip
    return [*columns, _("可见范围"), _("最近认定")] if reader == "staff" else columns


def _cells(view: DutyView, reader: Reader) -> list[Any]:
    duty = view.duty
    looks = "; ".join(f"{look['source']}: {' '.join(look['good'])}" for look in view.channels if look["good"])
    nature = _("示例数据") if services().settings.demo else _("线索，非结论")
    row = [
        nature, duty["enterprise"], duty["enterprise_name"], (duty["region_path"] or [""])[-1], duty["obligation"],
        duty["item"], duty["period"], view.state, str(view.words.label), view.reason, duty["due"], duty["due_words"],
        duty["basis"], duty["first_seen"], duty["published"], view.delay_days, "、".join(view.missing_fields),
        view.severity, " / ".join(finding["words"] for finding in view.findings), looks,
        f"/enterprise/{duty['enterprise']}/duty/{duty['obligation']}/{duty['period']}", duty["as_of"],
        duty["rules_version"], duty["vocabulary_version"],
    ]  # fmt: skip
    return [*row, duty["audience"], duty["decision_kind"]] if reader == "staff" else row
