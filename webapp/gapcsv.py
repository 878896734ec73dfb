"""A list of gaps as CSV: for spreadsheets, safe to open, and saying by itself what it is and of when."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from flask import Response, stream_with_context
from flask_babel import gettext as _

from indexer.clock import today
from indexer.register.storage import parts
from indexer.search import duties
from indexer.search.duties import GapFilters, Reader
from indexer.search.moment import Moment
from webapp import gaplist, moments, results
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
    at = moments.asked()
    rows = _rows(filters, reader, at)
    whole = chain([_header(reader)], list(islice(rows, 1)), rows)
    name = f"qingce-gaps-{at.day or today().isoformat()}.csv"
    lines = chain([BOM], (_line(cells) for cells in whole))
    answer = Response(stream_with_context(lines), mimetype="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _rows(filters: GapFilters, reader: Reader, at: Moment) -> Iterator[list[Any]]:
    """The cells of every row; then, each in a row of its own, why rows are missing."""
    left = most = services().settings.export_rows
    query, order = duties.gaps(filters, reader, at), duties.order_of("enterprise", at)
    changed = 0
    for batch in parts(results.every(duties.index(at), query, order, most + 1), results.BATCH):
        told = gaplist.rows(batch[:left], reader, at)
        yield from (_cells(view, reader, at) for view in told.views)
        changed += told.changed
        if len(batch) > left:
            yield [_("已截断：本文件最多 %(most)s 行，请缩小筛选范围。", most=most)]
        left -= len(batch)
    yield from ([words] for words in (gaplist.behind(at), changed and gaplist.changed_words(changed)) if words)


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


def _cells(view: DutyView, reader: Reader, at: Moment) -> list[Any]:
    duty = view.duty
    looks = "; ".join(f"{look['source']}: {' '.join(look['good'])}" for look in view.channels if look["good"])
    day = f"?{at.how}={at.day}" if at.day else ""
    nature = _("示例数据") if services().settings.demo else _("线索，非结论")
    row = [
        nature, duty["enterprise"], duty["enterprise_name"], (duty["region_path"] or [""])[-1], duty["obligation"],
        duty["item"], duty["period"], view.state, str(view.words.label), view.reason, duty["due"], duty["due_words"],
        duty["basis"], duty["first_seen"], duty["published"], view.delay_days, "、".join(view.missing_fields),
        view.severity, " / ".join(finding["words"] for finding in view.findings), looks,
        f"/enterprise/{duty['enterprise']}/duty/{duty['obligation']}/{duty['period']}{day}", duty["as_of"],
        duty["rules_version"], duty["vocabulary_version"],
    ]  # fmt: skip
    return [*row, duty["audience"], duty["decision_kind"]] if reader == "staff" else row
