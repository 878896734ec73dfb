"""A page that did not change is asked for by its validators, and a 304 is as good a look as the page itself."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawlers.extract import extract
from crawlers.opencapture import read_captures
from crawlers.run import crawl
from tests.crawlers.scripted import DIRECTORY, Answer, Asked, Told, read_run, serving, write_source
from tests.crawlers.sites import good

NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


@dataclass
class Pages:
    """The good site with an ETag on enterprises' pages, long enough to be stored once; ``version`` changes."""

    version: str = "one"

    def __call__(self, asked: Asked) -> Answer:
        told = good(asked)
        if asked.path != "/info.jsp":
            return told
        if asked.headers.get("If-None-Match") == f'"{self.version}"':
            return Answer(b"", 304, headers={"ETag": f'"{self.version}"'})
        body = told.data + f"<!--{'.' * 600}{self.version}-->".encode()
        return Answer(body, headers={"ETag": f'"{self.version}"'})


@dataclass
class Story:
    """Four crawls: the pages, the same again, changed pages, these again but for the archive of the third, damaged."""

    crawls: list[Path]
    again: Path
    """The second crawl, read again without the site."""
    asked: list[list[str | None]]
    """The condition of each request for an enterprise's page, by crawl."""

    def bodies(self, crawl: int) -> set[bytes]:
        """The ends of the enterprises' pages of a crawl."""
        return {c.body[-6:-3] for c in read_captures(self.crawls[crawl]) if "info" in c.url and c.body}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    folder = tmp_path_factory.mktemp("conditional")
    patch = pytest.MonkeyPatch()
    patch.setenv("QINGCE_SOURCES", str(folder / "sources"))
    pages, told = Pages(), Story([], folder, [])
    with serving(pages) as site:
        write_source(folder / "sources", "validating", site.url, **DIRECTORY)
        for version in ("one", "one", "two", "two"):
            pages.version = version
            if len(told.crawls) == 3:
                archive = next(told.crawls[2].glob("captures-*.warc.gz"))
                archive.write_bytes(b"\0" * archive.stat().st_size)
            before = len(site.asked)
            told.crawls.append(crawl(["validating"], folder / "var")[0].folder)
            requests = [one for one in site.asked[before:] if one.path == "/info.jsp"]
            told.asked.append([one.headers.get("If-None-Match") for one in requests])
            if len(told.crawls) == 2:
                told.again = extract(told.crawls[1], folder / "var").folder
    patch.undo()
    yield told


def _said(run: Told) -> list[tuple[str, str, str]]:
    return sorted((r["kind"], r["place"], str(r["fields"])) for r in run.records)


def test_the_second_crawl_is_told_that_nothing_changed_and_says_the_same(story: Story) -> None:
    first, second, again = (read_run(folder) for folder in (*story.crawls[:2], story.again))
    assert story.asked[:2] == [[None] * 3, ['"one"'] * 3]
    assert len(first.records) > 3 and _said(first) == _said(second) == _said(again)
    assert first.looks("profile") == second.looks("profile") == dict.fromkeys(first.looks("profile"), "found")
    assert second.facts["status"] == "finished" and second.facts["counts"]["bytes"] < first.facts["counts"]["bytes"]


def test_a_304_is_a_revisit_that_leads_to_the_stored_answer(story: Story) -> None:
    with next(story.crawls[1].glob("captures-*.warc.gz")).open("rb") as stream:
        found = [r.rec_headers for r in ArchiveIterator(stream) if r.rec_headers.get_header("WARC-Profile")]
    unmodified = [h for h in found if h.get_header("WARC-Profile") == NOT_MODIFIED]
    assert len(unmodified) == 3
    originals = {c.url: c for c in read_captures(story.crawls[0])}
    for header in unmodified:
        origin = originals[header.get_header("WARC-Target-URI")]
        assert header.get_header("WARC-Refers-To-Date") == origin.at
        assert header.get_header("WARC-Payload-Digest") is None
        assert header.get_header("Qingce-Entity-Digest") == origin.digest
    read = {c.url: c for c in read_captures(story.crawls[1])}
    assert all(read[c.url].body == c.body and read[c.url].status == 200 for c in originals.values() if "info" in c.url)


def test_standard_tools_find_nothing_wrong(story: Story) -> None:
    files = [str(path) for folder in story.crawls[:2] for path in folder.glob("captures-*.warc.gz")]
    done = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", *files], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "digest pass" in done.stdout and "failed" not in done.stdout


def test_a_changed_page_is_remembered_and_one_whose_bytes_are_lost_is_asked_for_in_full(story: Story) -> None:
    assert story.asked[2] == ['"one"'] * 3  # and answered with the new pages
    # Of the third crawl's pages nothing can be read any more: no condition is put, and they are stored anew.
    assert story.asked[3] == [None] * 3 and story.bodies(3) == {b"two"}
    assert set(read_run(story.crawls[3]).looks("profile").values()) == {"found"}
