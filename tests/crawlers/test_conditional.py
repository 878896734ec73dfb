"""A page that did not change is asked for by its validators, and a 304 is as good a look as the page itself."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawlers.extract import extract
from crawlers.opencapture import read_captures
from crawlers.run import crawl
from tests.crawlers.scripted import DIRECTORY, Answer, Asked, Site, Told, read_run, serving, write_source
from tests.crawlers.sites import good

NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


def validating(asked: Asked) -> Answer:
    """The good site with an ETag on enterprises' pages, which are long enough to be stored once."""
    told = good(asked)
    if asked.path != "/info.jsp":
        return told
    told = Answer(told.data + b"<!--" + b"." * 600 + b"-->")
    etag = f'"{hashlib.sha256(told.data).hexdigest()[:16]}"'
    if asked.headers.get("If-None-Match") == etag:
        return Answer(b"", 304, headers={"ETag": etag})
    return Answer(told.data, headers={"ETag": etag})


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[list[Told], Site]]:
    """Two crawls of the site, and the second one read again without it."""
    folder = tmp_path_factory.mktemp("conditional")
    patch = pytest.MonkeyPatch()
    patch.setenv("QINGCE_SOURCES", str(folder / "sources"))
    with serving(validating) as site:
        write_source(folder / "sources", "validating", site.url, **DIRECTORY)
        found = [crawl(["validating"], folder / "var")[0] for _ in range(2)]
    found.append(extract(found[1].folder, folder / "var"))
    patch.undo()
    yield [read_run(result.folder) for result in found], site


def _said(run: Told) -> list[tuple[str, str, object]]:
    return sorted((r["kind"], r["place"], str(r["fields"])) for r in run.records)


def test_the_second_crawl_is_told_that_nothing_changed_and_says_the_same(runs: tuple[list[Told], Site]) -> None:
    (first, second, again), site = runs
    asked = [one for one in site.asked if one.path == "/info.jsp"]
    assert [bool(one.headers.get("If-None-Match")) for one in asked] == [False] * 3 + [True] * 3
    assert len(first.records) > 3 and _said(first) == _said(second) == _said(again)
    assert first.looks("profile") == second.looks("profile") == dict.fromkeys(first.looks("profile"), "found")
    assert second.facts["status"] == "finished" and second.facts["counts"]["bytes"] < first.facts["counts"]["bytes"]


def test_a_304_is_a_revisit_that_leads_to_the_stored_answer(runs: tuple[list[Told], Site]) -> None:
    (first, second, _), _site = runs
    with next(second.folder.glob("captures-*.warc.gz")).open("rb") as stream:
        found = [r.rec_headers for r in ArchiveIterator(stream) if r.rec_headers.get_header("WARC-Profile")]
    unmodified = [h for h in found if h.get_header("WARC-Profile") == NOT_MODIFIED]
    assert len(unmodified) == 3
    originals = {c.url: c for c in read_captures(first.folder)}
    for header in unmodified:
        origin = originals[header.get_header("WARC-Target-URI")]
        assert header.get_header("WARC-Refers-To-Date") == origin.at
        assert header.get_header("WARC-Payload-Digest") is None
        assert header.get_header("Qingce-Entity-Digest") == origin.digest
    read = {c.url: c for c in read_captures(second.folder)}
    assert all(read[c.url].body == c.body and read[c.url].status == 200 for c in originals.values() if "info" in c.url)


def test_standard_tools_find_nothing_wrong(runs: tuple[list[Told], Site]) -> None:
    files = [str(path) for run in runs[0][:2] for path in run.folder.glob("captures-*.warc.gz")]
    done = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", *files], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "digest pass" in done.stdout and "failed" not in done.stdout


def test_an_answer_whose_bytes_are_lost_is_asked_for_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The original's file is damaged between two crawls: the page is fetched again, nothing is read from it."""
    monkeypatch.setenv("QINGCE_SOURCES", str(tmp_path / "sources"))
    with serving(validating) as site:
        write_source(tmp_path / "sources", "validating", site.url, **DIRECTORY)
        first = crawl(["validating"], tmp_path / "var")[0]
        file = next(first.folder.glob("captures-*.warc.gz"))
        file.write_bytes(b"\0" * file.stat().st_size)
        second = read_run(crawl(["validating"], tmp_path / "var")[0].folder)
    assert second.facts["status"] == "finished" and set(second.looks("profile").values()) == {"found"}
    assert all(b"<!--" in (c.body or b"") for c in read_captures(second.folder) if "info" in c.url)


def test_a_page_that_changed_is_remembered_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QINGCE_SOURCES", str(tmp_path / "sources"))
    version: list[str] = []

    def changing(asked: Asked) -> Answer:
        """Its pages change between the first and the second crawl."""
        if asked.path == "/list.jsp" and asked.values["currentPage"] == "1":
            version.append("one" if not version else "two")
        told = good(asked)
        if asked.path != "/info.jsp":
            return told
        if asked.headers.get("If-None-Match") == version[-1]:
            return Answer(b"", 304)
        return Answer(told.data + f"<p>{version[-1]}</p>".encode(), headers={"ETag": version[-1]})

    with serving(changing) as site:
        write_source(tmp_path / "sources", "changing", site.url, **DIRECTORY)
        folders = [crawl(["changing"], tmp_path / "var")[0].folder for _ in range(3)]
    bodies = [{c.body[-10:] for c in read_captures(f) if "info" in c.url and c.body} for f in folders]
    assert bodies == [{b"<p>one</p>"}, {b"<p>two</p>"}, {b"<p>two</p>"}]
    assert {c.kind for c in read_captures(folders[2]) if "info" in c.url} == {"revisit"}
