"""WARC captures: bytes as sent, revisits that find them again, alterations that show."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawlers.captures import Archive, CaptureRef, Exchange
from crawlers.errors import CaptureError
from crawlers.opencapture import open_capture, read_captures
from crawlers.originals import Originals

PAGE = "<html>甲钢铁有限公司</html>".encode("gb18030") * 60


def exchange(body: bytes = PAGE, url: str = "http://site.example/a?b=1", at: str = "2021-03-01T04:00:00Z") -> Exchange:
    headers = [
        ("Content-Type", "text/html"),
        ("Transfer-Encoding", "chunked"),
        ("X-中".encode().decode("latin-1"), "y"),
    ]
    return Exchange("POST", url, [("User-Agent", "Qingce")], b"page=2", 200, "OK", headers, body, at)


def archived(runs: Path, run: str, *exchanges: Exchange, keep: str = "bytes") -> list[CaptureRef]:
    (runs / run).mkdir(parents=True)
    archive = Archive(runs / run, 1, Originals(runs / "cache.sqlite", runs), keep)
    refs = [archive.write(one) for one in exchanges]
    archive.close()
    return refs


def test_a_capture_opens_at_its_offset_with_the_bytes_as_sent(tmp_path: Path) -> None:
    refs = archived(tmp_path, "r1", exchange(), exchange(b"short", "http://site.example/c"))
    found = open_capture(tmp_path / "r1", refs[1]["file"], refs[1]["offset"])
    assert (found.body, found.url, found.kind) == (b"short", "http://site.example/c", "response")
    first = open_capture(tmp_path / "r1", refs[0]["file"], refs[0]["offset"])
    assert first.body == PAGE and first.digest == refs[0]["digest"] and first.status == 200
    assert dict(first.headers) == {"Content-Type": "text/html", "X-%C3%A4%C2%B8%C2%AD": "y"}


def test_the_file_is_valid_warc_1_1_with_request_and_response(tmp_path: Path) -> None:
    archived(tmp_path, "r1", exchange())
    with (tmp_path / "r1/captures-00001.warc.gz").open("rb") as stream:
        records = [(r.rec_type, r.rec_headers.protocol, r.content_stream().read()) for r in ArchiveIterator(stream)]
    assert [(kind, protocol) for kind, protocol, _ in records] == [
        ("warcinfo", "WARC/1.1"), ("response", "WARC/1.1"), ("request", "WARC/1.1"),
    ]  # fmt: skip
    assert records[1][2] == PAGE and records[2][2] == b"page=2"


def test_unchanged_bytes_of_an_earlier_run_become_a_revisit_that_leads_to_them(tmp_path: Path) -> None:
    archived(tmp_path, "r1", exchange())
    (ref,) = archived(tmp_path, "r2", exchange(at="2021-07-05T04:00:00Z"))
    (third,) = archived(tmp_path, "r3", exchange(at="2021-07-10T04:00:00Z"))
    found = open_capture(tmp_path / "r2", ref["file"], ref["offset"])
    assert found.kind == "revisit" and found.body == PAGE and found.at == "2021-07-05T04:00:00Z"
    assert open_capture(tmp_path / "r3", third["file"], third["offset"]).body == PAGE
    sizes = [(tmp_path / run / ref["file"]).stat().st_size for run in ("r1", "r2")]
    assert ref["run"] == "r2" and sizes[1] < 2 * sizes[0]


def test_an_original_that_is_gone_is_stored_anew(tmp_path: Path) -> None:
    archived(tmp_path, "r1", exchange())
    (tmp_path / "r1/captures-00001.warc.gz").unlink()
    (ref,) = archived(tmp_path, "r2", exchange())
    assert open_capture(tmp_path / "r2", ref["file"], ref["offset"]).kind == "response"


def test_what_was_not_synced_is_no_original(tmp_path: Path) -> None:
    (tmp_path / "r1").mkdir()
    originals = Originals(tmp_path / "cache.sqlite", tmp_path)
    Archive(tmp_path / "r1", 1, originals).write(exchange())
    originals.close()
    (ref,) = archived(tmp_path, "r2", exchange())
    assert open_capture(tmp_path / "r2", ref["file"], ref["offset"]).kind == "response"


def test_a_revisit_names_its_original_by_its_record_id_and_says_that_it_was_cut(tmp_path: Path) -> None:
    archived(tmp_path, "r1", exchange())
    archived(tmp_path, "r2", exchange())
    heads = []
    for run in ("r1", "r2"):
        with (tmp_path / run / "captures-00001.warc.gz").open("rb") as stream:
            heads.append([record.rec_headers for record in ArchiveIterator(stream)])
    original, revisit, request = heads[0][1], heads[1][1], heads[1][2]
    assert revisit.get_header("WARC-Refers-To") == original.get_header("WARC-Record-ID")
    assert revisit.get_header("WARC-Truncated") == "length"
    assert revisit.get_header("WARC-Payload-Digest") == original.get_header("WARC-Payload-Digest")
    assert request.get_header("WARC-Concurrent-To") == revisit.get_header("WARC-Record-ID")


@pytest.mark.parametrize("keep", ["bytes", "digest", "none"])
def test_every_record_carries_digests_that_standard_tools_confirm(tmp_path: Path, keep: str) -> None:
    for run in ("r1", "r2"):
        archived(tmp_path, run, exchange(), exchange(b"short", "http://site.example/c"), keep=keep)
    files = [str(path) for path in sorted(tmp_path.glob("*/captures-*.warc.gz"))]
    done = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", *files], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and "failed" not in done.stdout and "no digest" not in done.stdout, done.stdout
    with Path(files[0]).open("rb") as stream:
        digests = [record.rec_headers.get_header("WARC-Block-Digest") for record in ArchiveIterator(stream)]
    assert len(digests) == 5 and all(str(digest).startswith("sha256:") for digest in digests)


def test_altered_bytes_are_refused(tmp_path: Path) -> None:
    (ref,) = archived(tmp_path, "r1", exchange())
    other = archived(tmp_path, "r2", exchange(PAGE + b"!"))
    path = tmp_path / "r1" / ref["file"]
    path.write_bytes((tmp_path / "r2" / ref["file"]).read_bytes())
    assert open_capture(tmp_path / "r1", ref["file"], other[0]["offset"]).digest != ref["digest"]
    path.write_bytes(path.read_bytes()[: other[0]["offset"] + 40])
    with pytest.raises(CaptureError, match=r"no readable record|no response begins here"):
        open_capture(tmp_path / "r1", ref["file"], other[0]["offset"])


@pytest.mark.parametrize("file", ["../r1/captures-00001.warc.gz", "/etc/passwd", "run.json", "captures-00009.warc.gz"])
def test_only_capture_files_of_the_folder_are_opened(tmp_path: Path, file: str) -> None:
    archived(tmp_path, "r1", exchange())
    with pytest.raises(CaptureError):
        open_capture(tmp_path / "r1", file, 0)


@pytest.mark.parametrize("keep", ["digest", "none"])
def test_bytes_that_are_not_kept_are_absent_not_empty(tmp_path: Path, keep: str) -> None:
    (ref,) = archived(tmp_path, "r1", exchange(), keep=keep)
    found = open_capture(tmp_path / "r1", ref["file"], ref["offset"])
    assert found.body is None and found.digest == ref["digest"]
    assert bool(found.headers) == (keep == "digest")


def test_reading_all_gives_requests_and_leaves_a_torn_end_out(tmp_path: Path) -> None:
    archived(tmp_path, "r1", exchange(), exchange(b"x", "http://site.example/2"))
    path = tmp_path / "r1/captures-00001.warc.gz"
    path.write_bytes(path.read_bytes()[:-30])
    found = list(read_captures(tmp_path / "r1"))
    assert (found[0].url[-4:], found[0].method, found[0].request_body) == ("?b=1", "POST", b"page=2")
    assert len(found) == 2
