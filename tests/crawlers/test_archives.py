"""Archives opened in memory, within bounds, with names in any encoding."""

from __future__ import annotations

import builtins
import io
import random
import zipfile
from typing import Any

import libarchive
import pytest

from crawlers.archives import Bounds, opened
from examples.province.pages.rar import rar, rar5

CSV = "企业名称,监测日期\n甲厂,2019-03-05\n".encode()
NAME = "监测结果/废水.csv"


def zipped(files: dict[str, bytes], encoding: str = "gb18030") -> bytes:
    """A ZIP as Windows writes it: names in the machine's code page, no flag that says so."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for number, (name, data) in enumerate(files.items()):
            target.writestr(f"{number}".ljust(len(name.encode(encoding)), "#"), data)
    data = buffer.getvalue()
    for number, name in enumerate(files):
        raw = name.encode(encoding)
        data = data.replace(f"{number}".ljust(len(raw), "#").encode(), raw)
    return data


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_zip_names_without_a_flag_are_told_by_their_bytes(encoding: str) -> None:
    archive = opened(zipped({NAME: CSV, "说明.txt": b"x"}, encoding), "附件.zip")
    assert [(m.name, m.data) for m in archive.members] == [(NAME, CSV), ("说明.txt", b"x")] and not archive.issues


def test_zip_names_with_the_flag_are_utf8() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        target.writestr("目录/", b"")
        target.writestr(NAME, CSV)
    assert [m.name for m in opened(buffer.getvalue(), "附件.zip").members] == [NAME]


@pytest.mark.parametrize("made", [rar, rar5], ids=["rar", "rar5"])
def test_rar_is_opened_by_libarchive(made: Any) -> None:
    archive = opened(made({NAME: CSV, "内/说明.txt": b"x" * 70_000}), "附件.rar")
    assert [(m.name, len(m.data)) for m in archive.members] == [(NAME, len(CSV)), ("内/说明.txt", 70_000)]
    assert not archive.issues


def test_without_libarchive_a_rar_is_unreadable_and_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    ordinary = builtins.__import__

    def refuse(name: str, *rest: Any) -> Any:
        if name == "libarchive":
            raise TypeError("LoadLibrary() argument 1 must be str, not None")
        return ordinary(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    (issue,) = opened(rar({NAME: CSV}), "附件.rar").issues
    assert issue.code == "unreadable" and issue.place == "附件.rar"
    assert "cannot be opened here" in issue.message and "apt-get install libarchive13" in issue.message


def test_an_archive_inside_is_opened_once_and_no_deeper() -> None:
    inner = zipped({"甲.csv": CSV})
    archive = opened(zipped({"内层.zip": zipped({"最内.zip": inner, "乙.csv": CSV})}), "附件.zip")
    assert [m.name for m in archive.members] == ["内层.zip!乙.csv"]
    (issue,) = archive.issues
    assert issue.place == "内层.zip!最内.zip" and "unpack it and import its files" in issue.message


def test_an_office_file_inside_is_a_file_not_an_archive() -> None:
    book = zipped({"xl/workbook.xml": b"<x/>"}, "utf-8")
    assert [m.name for m in opened(zipped({"名录.xlsx": book}), "附件.zip").members] == ["名录.xlsx"]


BOMBS = {
    "ratio": (zipped({"零.csv": bytes(9_000_000)}), Bounds(), "archive bomb"),
    "bytes": (zipped({"零.csv": bytes(2_000)}), Bounds(inflated=1_000), "more than 1000 bytes"),
    "members": (zipped({f"{n}.csv": b"x" for n in range(5)}), Bounds(members=4), "more than 4 files"),
    "nested": (zipped({"内.zip": zipped({"零.csv": bytes(9_000_000)})}), Bounds(), "archive bomb"),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_what_wants_more_than_the_bounds_is_refused(kind: str) -> None:
    data, bounds, words = BOMBS[kind]
    archive = opened(data, "附件.zip", bounds)
    assert sum(len(member.data) for member in archive.members) <= 5_000
    assert any(words in issue.message for issue in archive.issues)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (zipped({"甲.csv": CSV})[:60], "truncated or damaged"),
        (rar({"甲.csv": CSV})[:40], "packed in a way that is not read"),
        (b"Rar!\x1a\x07\x09" + bytes(50), "only ZIP, RAR and 7z"),
        (b"\x1f\x8b" + bytes(50), "only ZIP, RAR and 7z"),
    ],
)
def test_what_cannot_be_opened_is_an_issue(data: bytes, words: str) -> None:
    archive = opened(data, "附件")
    assert not archive.members and [words in issue.message for issue in archive.issues] == [True]


def test_a_locked_member_does_not_hide_the_others() -> None:
    data = bytearray(zipped({"甲.csv": CSV, "乙.csv": CSV}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    data[6] |= 1
    archive = opened(bytes(data), "附件.zip")
    assert [m.name for m in archive.members] == ["乙.csv"]
    assert [i.message for i in archive.issues if "password-protected" in i.message]


@pytest.mark.parametrize("made", [zipped, rar, rar5], ids=["zip", "rar", "rar5"])
def test_no_damage_raises_and_none_is_silent(made: Any) -> None:
    whole = made({NAME: CSV * 50, "b.csv": CSV})
    for seed in range(100):
        rng = random.Random(seed)
        data = bytearray(whole)
        for _ in range(rng.choice((1, 3, 12))):
            place = rng.randrange(len(data))
            data[place : place + rng.randrange(3)] = rng.randbytes(rng.randrange(4))
        archive = opened(bytes(data[: rng.randrange(len(data) // 2, len(data) + 1)]), "附件")
        assert archive.members or archive.issues


def test_seven_zip_is_opened_by_libarchive() -> None:
    parts: list[bytes] = []
    with libarchive.custom_writer(lambda data: parts.append(bytes(data)) or len(data), "7zip") as target:
        target.add_file_from_memory(NAME, len(CSV), CSV)
    archive = opened(b"".join(parts), "附件.7z")
    assert [(m.name, m.data) for m in archive.members] == [(NAME, CSV)] and not archive.issues
