"""CON-21: more than a few per cent of a month's hours carry a mark (标记时段偏多)."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from indexer.gaps.checks.excused import is_marked
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.steps import HOURLY, beyond, captures_of, month_of, place, step
from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule

PARAMS = ("share", "severity", "marks")


def run(view: View, rule: GapRule) -> Iterator[Observation]:
    """Of the hours of the whole month, so that a month that is not over is not judged by its first days."""
    for series in view.series:
        hours = step(series)
        if hours not in HOURLY or hours is None:
            continue
        marked = (point for point in series.points if is_marked(point, rule))
        for month, some in groupby(marked, key=month_of):
            own = list(some)
            whole = monthrange(own[0].time.year, own[0].time.month)[1] * 24
            taken = len({point.time for point in own}) * hours
            if beyond(taken, rule.number("share") * whole):
                kinds = Counter(point.mark for point in own).most_common()
                told = "、".join(f"{_WORDS.get(mark or '', mark)}{count * hours}小时" for mark, count in kinds)
                words = f"{place(series)}{month}共{whole}小时，其中{taken}小时（{taken / whole:.1%}）带有标记：{told}"
                yield Observation(
                    rule.severity(), "high", words, max(point.first_seen for point in own), period=month,
                    about=place(series), captures=captures_of(series, own),
                )  # fmt: skip


_WORDS = {
    "stopping": "停炉过程", "stopped": "停运", "starting": "启动", "maintenance": "维护", "calibration": "校准",
    "accident": "事故", "fault": "故障", "communication": "通信中断",
}  # fmt: skip
