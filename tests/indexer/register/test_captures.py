"""Captures: one member, digest checked, codings undone, revisits followed."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pytest

from indexer.register.captures import CaptureError, open_capture
from tests.indexer.register.folder import Folder

AT = "2021-03-01T02:00:00Z"
BODY = "<html>企业名单</html>".encode()


def test_exactly_the_member_at_the_offset_is_opened(tmp_path: Path) -> None:
    folder = Folder(tmp_path, AT)
    folder.capture(b"first")
    ref = folder.capture(BODY, url="http://127.0.0.1/list")
    folder.capture(b"third")
    folder.write()
    capture = open_capture(tmp_path / "runs", "demo", ref)
    assert (capture.body, capture.url, capture.status, capture.content_type) == (
        BODY,
        "http://127.0.0.1/list",
        200,
        "text/html",
    )
    assert capture.captured_at == AT and capture.kept


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "identity"])
def test_the_digest_is_of_the_bytes_as_sent_and_the_body_is_decoded(tmp_path: Path, coding: str) -> None:
    import brotli

    sent = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "identity": bytes}[coding](BODY)
    folder = Folder(tmp_path, AT)
    ref = folder.capture(sent, coding)
    folder.write()
    assert open_capture(tmp_path / "runs", "demo", ref).body == BODY


def test_a_revisit_leads_to_the_stored_original(tmp_path: Path) -> None:
    first = Folder(tmp_path, AT)
    ref = first.capture(BODY)
    first.write()
    second = Folder(tmp_path, "2021-03-02T02:00:00Z")
    again = second.revisit(ref, BODY)
    second.write()
    capture = open_capture(tmp_path / "runs", "demo", again)
    assert capture.body == BODY and capture.ref["run"] == first.name
    assert capture.captured_at == second.at and capture.warc_type == "revisit"


def test_changed_bytes_are_refused(tmp_path: Path) -> None:
    folder = Folder(tmp_path, AT)
    ref = folder.capture(BODY)
    folder.write()
    with pytest.raises(CaptureError, match="the archive was changed"):
        open_capture(tmp_path / "runs", "demo", {**ref, "digest": "sha256:" + "0" * 64})


@pytest.mark.parametrize("wrong", [{"offset": 7}, {"file": "captures-00009.warc.gz"}, {"offset": 10**9}])
def test_what_cannot_be_read_says_where(tmp_path: Path, wrong: dict[str, object]) -> None:
    folder = Folder(tmp_path, AT)
    ref = folder.capture(BODY)
    folder.write()
    with pytest.raises(CaptureError, match="cannot be read"):
        open_capture(tmp_path / "runs", "demo", {**ref, **wrong})  # type: ignore[typeddict-item]


def test_a_reference_cannot_leave_the_source_s_folder(tmp_path: Path) -> None:
    ref = {"run": "../..", "file": "secret", "offset": 0, "digest": "sha256:" + "0" * 64}
    with pytest.raises(CaptureError, match="points outside"):
        open_capture(tmp_path / "runs", "demo", ref)  # type: ignore[arg-type]
