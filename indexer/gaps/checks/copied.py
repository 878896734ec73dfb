"""Copied (STA-02, 照抄): this year's report is last year's, word for word and number for number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule
from indexer.law.facts import Found
from indexer.normalise import fields

_YEAR = re.compile(r"\d{4}")
# The day of a report and its year differ even in a copy; they are left out on both sides.
_DATES = re.compile(r"(?:19|20)\d{2}(?:年度?|[-/.])(?:\d{1,2}(?:月|[-/.]))?(?:\d{1,2}日?)?|(?<!\d)(?:19|20)\d{2}(?!\d)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def check(view: View, rule: GapRule) -> Iterator[Observation]:
    """Each year's report beside that of the year before, by the newest version of each."""
    years: dict[str, Found] = {}
    for item in view.found("annual_report"):
        if item.period and _YEAR.fullmatch(item.period) and len(item.text) >= rule.number("characters"):
            years[item.period] = item
    for period, item in sorted(years.items()):
        before = years.get(str(int(period) - 1))
        if before is not None:
            yield from _alike(view, rule, before, item)


def _alike(view: View, rule: GapRule, before: Found, item: Found) -> Iterator[Observation]:
    text, other = (content(one, frozenset(rule.texts("of_site"))) for one in (item, before))
    mine, theirs = numbers(text), numbers(other)
    if not mine or mine != theirs:
        return
    share = jaccard(text, other, int(rule.number("gram")))
    if share >= rule.number("similarity"):
        words = (
            f"{item.period}年度报告与{before.period}年度报告5字片段相似度{share:.3f}（界限{rule.number('similarity'):g}），"
            f"{len(mine)}个数字全部相同"
        )
        yield Observation(
            rule.severity(), "high", words, max(item.first_seen, before.first_seen), "O24-Y", item.period, item.id,
            (*before.captures, *item.captures), found=(before.id, item.id),
        )  # fmt: skip


def content(item: Found, of_site: frozenset[str]) -> str:
    """A report's text without what the site prints around it: its own number of the row, of the enterprise."""
    text = item.text
    for header, value in item.fields.items():
        entry = fields.lookup(item.kind, header) if value else None
        if entry is not None and entry.key in of_site:
            text = text.replace(value, " ", 1)
    return text


@lru_cache(maxsize=256)
def _plain(text: str) -> str:
    return re.sub(r"\s+", "", _DATES.sub("", unicodedata.normalize("NFKC", text)))


def numbers(text: str) -> tuple[str, ...]:
    """Every number of a text in order, days and years left out."""
    return tuple(_NUMBER.findall(_DATES.sub(" ", unicodedata.normalize("NFKC", text))))


def jaccard(one: str, other: str, gram: int) -> float:
    """Shared pieces of ``gram`` characters of all pieces of both texts, 0..1; days, years and blanks left out."""
    left, right = _pieces(_plain(one), gram), _pieces(_plain(other), gram)
    return len(left & right) / len(left | right) if left | right else 0.0


def _pieces(text: str, gram: int) -> frozenset[str]:
    return frozenset(text[start : start + gram] for start in range(max(0, len(text) - gram + 1)))
