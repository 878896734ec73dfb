"""A file read by another process is read as here; one that takes it down is unreadable, and the next is read."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from reportlab.pdfgen import canvas

from crawlers.readers import read
from crawlers.readers.apart import Apart


@pytest.fixture
def apart() -> Iterator[Apart]:
    made = Apart()
    yield made
    made.close()


def pdf(words: str) -> bytes:
    """A page with a line of text."""
    out = io.BytesIO()
    page = canvas.Canvas(out)
    page.drawString(72, 700, words)
    page.save()
    return out.getvalue()


@pytest.mark.parametrize(
    "data", [pdf("penalty 2021"), b"", b"%PDF-1.4 broken", "企业名称,地址\n甲厂,一路\n".encode("gb18030")], ids=range(4)
)
def test_it_reads_what_is_read_here(apart: Apart, data: bytes) -> None:
    told = {"filename": "a.csv", "content_type": "text/csv"}
    assert apart.read(data, **told) == read(data, **told)


def test_a_process_that_is_gone_is_started_again(apart: Apart) -> None:
    assert apart.read(pdf("one")).readable
    assert apart._process is not None
    apart._process.kill()
    apart._process.wait()
    assert apart.read(pdf("two")).readable


def test_a_file_that_takes_too_long_is_unreadable_and_the_next_is_read() -> None:
    hasty = Apart(seconds=0.0)
    document = hasty.read(pdf("slow"))
    assert not document.readable and "took more than" in document.issues[0].message
    hasty._seconds = 60.0
    assert hasty.read(pdf("next")).readable
    hasty.close()


def test_it_can_begin_ahead_and_never_waits_for_a_file(apart: Apart) -> None:
    apart.begin()
    first = apart._process
    with apart._lock:
        apart.begin()
    assert first is not None and apart.read(pdf("ahead")).readable and apart._process is first
