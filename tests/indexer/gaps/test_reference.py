"""The reference page says what the rules files say."""

from __future__ import annotations

from pathlib import Path

from indexer.gaps import params
from indexer.gaps.reference import render
from indexer.law.rules import default

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "rules.md"


def test_the_reference_page_is_fresh() -> None:
    remedy = "run: python -m indexer.gaps.reference > docs/reference/rules.md"
    assert PAGE.read_text(encoding="utf-8") == render(default(), params.load()), remedy


def test_every_rule_is_on_it() -> None:
    page = render(default(), params.load())
    rules = default()
    for key in (*rules.obligations, *rules.instruments, *rules.classes, *rules.groups, *params.load().rules):
        assert f"| {key} |" in page, key
