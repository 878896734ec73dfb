"""Placeholders (INC-02, 占位充数): a required field filled with nothing, or with the words that many others use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from indexer.gaps.checks import duties
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule
from indexer.law.facts import Found
from indexer.normalise import fields
from indexer.normalise.prints import passages, print_of

NONE = "无"


def check(view: View, rule: GapRule) -> Iterator[Observation]:
    """Each required field of each standing document, and each of its texts that several firms have alike."""
    for kind in sorted(view.evidence.found):
        required = duties.required_keys(view, kind)
        if required:
            for item in view.found(kind):
                yield from _values(view, rule, item, required)
        if view.shared.texts and kind in rule.texts("prose"):
            for item in view.found(kind):
                yield from _templates(view, rule, item)


def _values(view: View, rule: GapRule, item: Found, required: frozenset[str]) -> Iterator[Observation]:
    attached = fields.attached(item.fields) if item.fields else False
    for header, value in item.fields.items():
        entry = fields.lookup(item.kind, header) if value else None
        if entry is None or entry.key not in required:
            continue
        # What another column of the same document says is not lacking.
        said_elsewhere = entry.key in item.present and item.facts.get(entry.key) != value
        if not said_elsewhere and is_placeholder(value, entry.key, attached, rule):
            obligation, period = duties.place(view, item)
            words = f"“{header}”填“{value[:20]}”，为占位符，共{len(fold(value))}字，未载明内容"
            yield Observation(
                rule.severity(), "high", words, item.first_seen, obligation, period, f"{item.id}|{header}",
                item.captures, found=(item.id,),
            )  # fmt: skip


def is_placeholder(value: str, key: str, attached: bool, rule: GapRule) -> bool:
    """True where a whole value is one of the patterns; 无 only under what nobody can have none of."""
    text = fold(value)
    if text == NONE:
        return key in rule.texts("never_none")
    if _one_of(rule.texts("patterns")).fullmatch(text):
        return True
    return not attached and bool(_one_of(rule.texts("attached")).fullmatch(text))


def fold(value: str) -> str:
    """A value without blanks, in one kind of width."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", value))


@lru_cache(maxsize=8)
def _one_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _templates(view: View, rule: GapRule, item: Found) -> Iterator[Observation]:
    least, firms = int(rule.number("characters")), int(rule.number("firms"))
    for text in passages(item.text, item.fields.values(), least):
        others = view.shared.texts.get(print_of(text), ())
        if len(others) + 1 >= firms:
            obligation, period = duties.place(view, item)
            words = (
                f"{len(text)}字的文字与另外至少{len(others)}家（{'、'.join(others[:3])}等）完全相同，"
                f"合计至少{len(others) + 1}家：“{text[:30]}…”"
            )
            yield Observation(
                rule.severity(), "medium", words, item.first_seen, obligation, period, f"{item.id}|~{print_of(text)}",
                item.captures, found=(item.id,),
            )  # fmt: skip
