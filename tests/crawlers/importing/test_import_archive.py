"""WARCs that browser tools save: captures of an import, read by the source's own walk where it has one."""

from __future__ import annotations

import gzip
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers.importing import ImportRefusedError, import_archive
from crawlers.opencapture import read_captures
from crawlers.run import crawl
from tests.crawlers.scripted import DIRECTORY, Told, read_run, serving, write_source
from tests.crawlers.sites import good

PAGE = "<html><body>甲钢铁有限公司 公开信息</body></html>".encode() * 30


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Told]:
    """A whole visit of a site as one WARC, the folder of its source's YAML, and what a crawl had read of it."""
    folder = tmp_path_factory.mktemp("saved")
    patch = pytest.MonkeyPatch()
    patch.setenv("QINGCE_SOURCES", str(folder / "sources"))
    with serving(good) as site:
        write_source(folder / "sources", "good", site.url, **DIRECTORY)
        run = crawl(["good"], folder / "var")[0].folder
    patch.undo()
    shutil.copyfile(run / "captures-00001.warc.gz", folder / "visit.warc.gz")
    return folder / "visit.warc.gz", folder / "sources", read_run(run)


@pytest.fixture
def sources(saved: tuple[Path, Path, Told], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QINGCE_SOURCES", str(saved[1]))


def written(path: Path, *records: tuple[str, dict[str, Any], bytes], at: str = "2021-03-01T04:00:00Z") -> Path:
    """A WARC of another tool, not compressed: (type, HTTP headers, body) of each record."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="1.1")
    for number, (kind, headers, body) in enumerate(records):
        http = None if kind == "resource" else StatusAndHeaders("200 OK", list(headers.items()), protocol="HTTP/1.1")
        record = writer.create_warc_record(
            f"http://site.example/{number}", kind, BytesIO(body), len(body), http_headers=http,
            warc_content_type=headers.get("Content-Type", "") if kind == "resource" else "",
            warc_headers_dict={"WARC-Date": at},
        )  # fmt: skip
        writer.write_record(record)
    path.write_bytes(out.getvalue())
    return path


def said(run: Told) -> list[tuple[str, str, str]]:
    return sorted((r["kind"], r["place"], str(r["fields"])) for r in run.records)


def test_a_saved_visit_is_read_like_a_crawl(sources: None, saved: tuple[Path, Path, Told], tmp_path: Path) -> None:
    file, _, crawled = saved
    found = import_archive(file, "good", tmp_path / "var")
    assert found.run is not None and found.read is not None and found.read.status == "finished"
    assert found.issues == [] and found.answers == crawled.facts["counts"]["captures"]
    kept, read = read_run(found.run), read_run(found.read.folder)
    assert (kept.facts["kind"], read.facts["kind"], read.facts["of"]) == ("import", "extract", found.run.name)
    assert said(read) == said(crawled) and read.looks("emission") == crawled.looks("emission")
    assert {r["captured_at"] for r in read.records} == {r["captured_at"] for r in crawled.records}
    captures = {c.url: c.body for c in read_captures(found.run)}
    assert captures == {c.url: c.body for c in read_captures(crawled.folder)}


def test_pages_that_are_not_in_the_file_are_bad_looks(sources: None, tmp_path: Path) -> None:
    file = written(tmp_path / "one.warc", ("response", {"Content-Type": "text/html"}, PAGE))
    found = import_archive(file, "good", tmp_path / "var")
    assert found.read is not None and found.read.status == "stopped" and "not captured" in str(found.read.reason)
    assert {v["outcome"] for v in read_run(found.read.folder).visits} == {"failed"}


def test_bodies_are_kept_as_sent_without_chunks(sources: None, tmp_path: Path) -> None:
    packed = gzip.compress(PAGE)
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    headers = {"Content-Type": "text/html", "Content-Encoding": "gzip", "Transfer-Encoding": "chunked"}
    file = written(
        tmp_path / "a.warc", ("response", headers, chunks), ("resource", {"Content-Type": "image/png"}, b"x")
    )
    found = import_archive(file, "good", tmp_path / "var")
    assert found.run is not None and (found.answers, found.resources) == (1, 1)
    answer, picture = read_captures(found.run)
    assert answer.body == packed and ("Transfer-Encoding", "chunked") not in answer.headers
    assert (picture.kind, picture.body) == ("resource", b"x")


def test_what_was_altered_since_it_was_saved_is_left_out_and_said(sources: None, tmp_path: Path) -> None:
    file = written(tmp_path / "a.warc", ("response", {}, PAGE), ("response", {}, b"whole"))
    file.write_bytes(file.read_bytes().replace("甲".encode(), "乙".encode(), 1))
    found = import_archive(file, "good", tmp_path / "var", dry_run=True)
    assert found.answers == 1 and [one.code for one in found.issues] == ["digest-differs"]


def test_a_torn_file_gives_what_it_has(sources: None, saved: tuple[Path, Path, Told], tmp_path: Path) -> None:
    torn = tmp_path / "torn.warc.gz"
    data = saved[0].read_bytes()
    torn.write_bytes(data[: len(data) * 2 // 3])
    found = import_archive(torn, "good", tmp_path / "var", dry_run=True)
    assert 0 < found.answers < saved[2].facts["counts"]["captures"]


@pytest.mark.parametrize(("name", "content", "source", "message"), [
    ("page.html", b"<html>no archive</html>", "good", "no WARC can be read"),
    ("empty.warc", b"", "good", "holds no answer"),
    ("page.warc", None, "unknown", "source: unknown is unknown"),
])  # fmt: skip
def test_a_refusal_is_one_line_and_leaves_nothing(
    sources: None, tmp_path: Path, name: str, content: bytes | None, source: str, message: str
) -> None:
    file = tmp_path / name
    if content is None:
        written(file, ("response", {}, PAGE))
    else:
        file.write_bytes(content)
    with pytest.raises(ImportRefusedError, match=message):
        import_archive(file, source, tmp_path / "var")
    assert not (tmp_path / "var").exists()


def test_pages_of_the_future_are_refused(sources: None, tmp_path: Path) -> None:
    file = written(tmp_path / "a.warc", ("response", {}, PAGE), at="2099-01-01T00:00:00Z")
    with pytest.raises(ImportRefusedError, match="in the future"):
        import_archive(file, "good", tmp_path / "var")
