"""Rows can be chosen and sizes set; what is wrong is told in one line."""

from __future__ import annotations

import pytest

from bench.options import ROWS, Options, parse


def test_without_words_everything_is_measured() -> None:
    assert parse([]) == Options()
    assert parse([]).rows == ROWS


def test_rows_are_measured_in_the_table_s_order_whatever_order_they_are_asked_in() -> None:
    assert parse(["search", "crawl", "search"]).rows == ("crawl", "search")


def test_sizes() -> None:
    found = parse(["index", "--enterprises", "200", "--values", "9", "--documents", "8", "--rounds", "2", "--json"])
    assert found == Options(("index",), 200, values=9, documents=8, rounds=2, as_json=True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["crawl", "fly"], "no row 'fly'; there are memory, crawl, index"),
        (["--enterprises", "39"], "'39' is not a whole number of 40 or more"),
        (["--rounds", "0"], "'0' is not a whole number of 1 or more"),
        (["--requests", "200"], "'200' is not a whole number of 1000 or more"),
        (["--searches", "many"], "'many' is not a whole number of 20 or more"),
    ],
)
def test_wrong_options(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(arguments)
    assert ended.value.code == 2
    assert words in capsys.readouterr().err
