"""What is marked of a printed text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.highlight import answers, mark
from indexer.search.queries import words


def shown(text: str, query: str) -> str:
    return "".join(f"[{piece.text}]" if piece.hit else piece.text for piece in mark(text, words(query)))


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("上海金山化工有限公司", "金山", "上海[金山]化工有限公司"),
        ("宝钢（上海） 有限公司", "宝钢(上海)", "[宝钢（上海）] 有限公司"),
        ("華電電廠", "华电", "[華電]電廠"),
        ("91310000ma1abcde0x", "MA1ABC", "91310000[ma1abc]de0x"),
        ("金山金山", "金山", "[金山金山]"),
        ("上海金山化工", "化工 上海", "[上海]金山[化工]"),
        ("甲厂", "乙", "甲厂"),
        ("甲厂", "", "甲厂"),
    ],
)
def test_marks_what_answers_as_it_is_printed(text: str, query: str, marked: str) -> None:
    assert shown(text, query) == marked


@given(st.text(), st.text(max_size=5))
def test_the_pieces_joined_are_the_text(text: str, query: str) -> None:
    assert "".join(piece.text for piece in mark(text, words(query))) == text


def test_answers_by_folded_text() -> None:
    assert answers("華電（集團）", ["华电("]) and not answers("华电", ["钢"])
