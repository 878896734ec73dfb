"""A person's own look: a visit of that day, a picture as its proof, of the person the role alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crawlers.errors import CrawlError
from crawlers.importing import ImportRefusedError, PersonalLook, record_look
from crawlers.opencapture import read_captures
from crawlers.subjects import Subject
from indexer.register.records import visit_error
from tests.crawlers.scripted import read_run

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
WHO = Subject(name="甲化工有限公司", uscc=None, external_id="7", region="徐汇区")


@pytest.fixture
def look(tmp_path: Path) -> PersonalLook:
    (tmp_path / "look.png").write_bytes(PNG)
    return PersonalLook(
        "shanghai-eic", "profile", WHO, "absent", "http://site.example/7", "2021-04-02", "officer",
        tmp_path / "look.png", "2021",
    )  # fmt: skip


def test_a_look_is_a_page_visit_with_its_picture(look: PersonalLook, tmp_path: Path) -> None:
    run = read_run(record_look(look, tmp_path / "var"))
    (visit,) = run.visits
    assert visit_error(visit) is None and run.facts["kind"] == "import" and run.facts["status"] == "finished"
    assert (visit["scope"], visit["outcome"], visit["at"]) == ("page", "absent", "2021-04-02T04:00:00Z")
    assert visit["subject"] == WHO and visit["period"] == "2021"
    assert visit["reason"] == "looked at by a person (officer)"
    (capture,) = read_captures(run.folder)
    assert (capture.kind, capture.body, capture.url) == ("resource", PNG, "http://site.example/7")
    assert visit["capture"] == capture.ref and dict(capture.headers)["Content-Type"] == "image/png"


@pytest.mark.parametrize(("change", "message"), [
    ({"source": "no-such"}, "source: no-such is unknown"),
    ({"kind": "annual_report"}, "covered by shanghai-eic"),
    ({"role": "王小明"}, "a role, never a name"),
    ({"outcome": "blocked"}, "one of found, absent"),
    ({"url": "site.example"}, "http or https address"),
    ({"at": "2099-01-01"}, "in the future"),
    ({"at": "yesterday"}, "write for example"),
    ({"subject": Subject(name=None, uscc=None, external_id=None, region="徐汇区")}, "an enterprise's name or its id"),
])  # fmt: skip
def test_what_cannot_be_is_refused(look: PersonalLook, tmp_path: Path, change: dict[str, Any], message: str) -> None:
    with pytest.raises(ImportRefusedError, match=message):
        record_look(replace(look, **change), tmp_path / "var")
    assert not (tmp_path / "var").exists()


def test_only_a_picture_or_a_pdf_is_proof(look: PersonalLook, tmp_path: Path) -> None:
    look.screenshot.write_bytes(b"<html>")
    with pytest.raises(ImportRefusedError, match="no PNG, JPEG or PDF"):
        record_look(look, tmp_path / "var")


def test_a_simulated_date_is_refused_for_a_real_site(
    look: PersonalLook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QINGCE_CLOCK", "2021-07-05")
    with pytest.raises(CrawlError, match="outside loopback"):
        record_look(look, tmp_path / "var")
