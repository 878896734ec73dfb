"""Segments survive a torn end, and a new start never appends to an old file."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.segments import Lines, members, next_number, read_lines


def written(folder: Path, number: int, *flushes: list[str]) -> Path:
    lines = Lines(folder, "records", number)
    for rows in flushes:
        for row in rows:
            lines.add({"n": row})
        lines.flush()
    lines.close()
    return lines.path


def names(folder: Path) -> list[str]:
    return [row["n"] for row in read_lines(folder, "records")]


def test_one_flush_is_one_complete_member(tmp_path: Path) -> None:
    path = written(tmp_path, 1, ["甲", "乙"], ["丙"])
    assert [member.count(b"\n") for member in members(path.read_bytes())] == [2, 1]
    assert names(tmp_path) == ["甲", "乙", "丙"]


@pytest.mark.parametrize("lost", [1, 8, 20])
def test_a_torn_member_is_lost_alone_and_the_next_segment_goes_on(tmp_path: Path, lost: int) -> None:
    path = written(tmp_path, 1, ["a"], ["b"])
    path.write_bytes(path.read_bytes()[:-lost])
    written(tmp_path, next_number(tmp_path), ["c"])
    assert names(tmp_path) == ["a", "c"]


def test_nothing_behind_a_bad_member_of_the_same_file_is_read(tmp_path: Path) -> None:
    first, second = written(tmp_path, 1, ["a"]), written(tmp_path, 2, ["b"])
    first.write_bytes(first.read_bytes()[:-3] + second.read_bytes())
    assert names(tmp_path) == ["b"]


def test_numbers_are_shared_by_all_sorts_and_count_on(tmp_path: Path) -> None:
    assert next_number(tmp_path) == 1
    (tmp_path / "captures-00004.warc.gz").touch()
    (tmp_path / "records-00002.jsonl.gz").touch()
    (tmp_path / "run.json").touch()
    assert next_number(tmp_path) == 5


def test_a_file_that_exists_is_never_opened_again(tmp_path: Path) -> None:
    written(tmp_path, 1, ["a"])
    with pytest.raises(FileExistsError):
        written(tmp_path, 1, ["b"])


def test_half_a_surrogate_from_a_broken_page_does_not_end_a_run(tmp_path: Path) -> None:
    written(tmp_path, 1, ["x\ud800y"])
    assert names(tmp_path) == ["x\ud800y"]
