"""Files that are promised (INC-03, 附件失效) or hold pictures alone (INC-07, 仅图片): told by what the site answered.

A look that failed because the site was down or blocked us has another reason and is no proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from indexer.gaps.checks import duties
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule
from indexer.law.facts import Found, Look, Try
from indexer.normalise.links import links

_FILE = re.compile(r"(?i)attachment|附件|\bfile\b|文件|\.(?:pdf|docx?|xlsx?|zip|rar|jpe?g|png)\b")


def dead(view: View, rule: GapRule) -> Iterator[Observation]:
    """INC-03: a standing document names a file, and on so many days the site had none or an unreadable one."""
    needed = int(rule.number("days"))
    linked = _linked(view, rule)
    told: set[str] = set()
    for source, kind in sorted(view.evidence.looks):
        tries = _answers(view, source, kind, rule.texts("dead"))
        if len({look.day for look in tries}) >= needed:
            for item in view.found(kind):
                if item.source == source and promises(item, rule):
                    yield from _dead(view, rule, item, tries, told)
    for kind in sorted(view.evidence.found) if linked else ():
        for item in view.found(kind):
            for url in links(item.url, item.fields):
                yield from _dead(view, rule, item, linked.get(url, []), told)


def _linked(view: View, rule: GapRule) -> dict[str, list[Try]]:
    """By address the tries since it was last read well at which the site itself said that there is nothing."""
    dead: dict[str, list[Try]] = {}
    for one in view.subject.tries:
        if one.day > view.as_of:
            continue
        if one.outcome in ("found", "absent"):
            dead[one.url] = []
        elif one.outcome in ("unreadable", "failed") and one.reason and _any(rule.texts("dead")).search(one.reason):
            dead.setdefault(one.url, []).append(one)
    return {url: tries for url, tries in dead.items() if tries}


def _dead(
    view: View, rule: GapRule, item: Found, tries: Sequence[Look | Try], told: set[str]
) -> Iterator[Observation]:  # fmt: skip
    needed, mine = int(rule.number("days")), [look for look in tries if look.day >= item.first_seen]
    days = sorted({look.day for look in mine})
    if len(days) < needed or item.id in told:
        return
    told.add(item.id)
    obligation, period = duties.place(view, item)
    words = (
        f"“{item.title or item.kind}”称有附件；{'、'.join(map(str, days[:needed]))}共{len(days)}日{len(mine)}次读取"
        f"均无效：{mine[-1].reason}"
    )
    yield Observation(
        rule.severity(), "medium", words, days[needed - 1], obligation, period, item.id, item.captures,
        tuple(dict.fromkeys(look.visit for look in mine)), (item.id,),
    )  # fmt: skip


def promises(item: Found, rule: GapRule) -> bool:
    """True where a document speaks of its file, by a value or by a column for files that holds something."""
    said = _any(rule.texts("promised"))
    return bool(said.search(f"{item.title} {item.text}")) or any(
        said.search(value) or (value and said.search(header)) for header, value in item.fields.items()
    )


def pictures(view: View, rule: GapRule) -> Iterator[Observation]:
    """INC-07: the document was there, and holds no text that a machine or a blind reader could read."""
    for source, kind in sorted(view.evidence.looks):
        told = [
            look for look in view.evidence.looks[source, kind]
            if look.day <= view.as_of and look.outcome == "unreadable" and look.reason
            and _any(rule.texts("reasons")).search(look.reason)
        ]  # fmt: skip
        read = [item for item in view.found(kind) if item.source == source and (item.text or item.present)]
        days = sorted({look.day for look in told})
        if len(days) >= int(rule.number("days")) and not any(item.last_seen >= days[-1] for item in read):
            duty = next(duties.of_kind(view, kind), None)
            words = (
                f"{source}的{kind}于{'、'.join(map(str, days[:3]))}共{len(days)}次读到图片文件，无文字层："
                f"{told[-1].reason}"
            )
            yield Observation(
                rule.severity(), "medium", words, days[int(rule.number("days")) - 1],
                duty.obligation.id if duty else None, None, f"{source}|{kind}",
                visits=tuple(dict.fromkeys(look.visit for look in told)),
            )  # fmt: skip


def _answers(view: View, source: str, kind: str, patterns: tuple[str, ...]) -> list[Look]:
    """The looks at which the site itself said that the file is not there or is none."""
    return [
        look for look in view.evidence.looks[source, kind]
        if look.day <= view.as_of and look.outcome in ("unreadable", "failed") and look.reason
        and _FILE.search(look.reason) and _any(patterns).search(look.reason)
    ]  # fmt: skip


@lru_cache(maxsize=8)
def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
