"""Time stamps over run.json: had from a service, kept beside the run, verified offline, refused if they prove less."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers import stamps
from crawlers.stamps import StampError
from tests.crawlers.tsa import Authority, stamping


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture
def run(tmp_path: Path) -> Path:
    folder = tmp_path / "20260501T000000Z-abcdef"
    folder.mkdir()
    (folder / "run.json").write_text('{"run": "one"}')
    return folder


def test_a_token_is_kept_beside_the_run_and_verified_offline(run: Path, authority: Authority, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in run.iterdir()}
    with stamping(authority) as url:
        made = stamps.stamp(run, url, [authority.root])
    assert {path: path.read_bytes() for path in run.iterdir()} == before
    known = stamps.roots(authority.write(tmp_path / "ca.pem"))
    assert stamps.read(run, known) == made and made.proven and made.serial == 7
    unproven = stamps.read(run)
    assert unproven is not None and not unproven.proven and unproven.at == made.at


def test_a_run_without_a_stamp_has_none(run: Path) -> None:
    assert stamps.read(run) is None


def test_a_changed_manifest_shows(run: Path, authority: Authority) -> None:
    with stamping(authority) as url:
        stamps.stamp(run, url)
    (run / "run.json").write_text('{"run": "two"}')
    with pytest.raises(StampError, match=r"stamps another run\.json"):
        stamps.read(run)


def test_a_stamp_of_another_authority_is_refused(run: Path, authority: Authority) -> None:
    other = Authority("另一家")
    with stamping(other) as url:
        with pytest.raises(StampError, match="does not lead to QINGCE_TIMESTAMP_CA"):
            stamps.stamp(run, url, [authority.root])
        assert not stamps.path_of(run).exists()
        stamps.stamp(run, url)
    with pytest.raises(StampError, match="does not lead to QINGCE_TIMESTAMP_CA"):
        stamps.read(run, [authority.root])


def test_a_forged_signature_is_refused(run: Path, authority: Authority) -> None:
    with stamping(authority) as url:
        stamps.stamp(run, url)
    path = stamps.path_of(run)
    token = bytearray(path.read_bytes())
    token[-1] ^= 1
    path.write_bytes(token)
    with pytest.raises(StampError, match=r"does not lead to|no time stamp"):
        stamps.read(run, [authority.root])


@pytest.mark.parametrize(("status", "body", "said"), [
    (503, None, "no time stamp: 503"), (200, b"<html>", "no time stamp of RFC 3161"),
])  # fmt: skip
def test_a_service_that_fails_leaves_no_token(
    run: Path, authority: Authority, status: int, body: bytes | None, said: str
) -> None:
    with stamping(authority, status, body) as url, pytest.raises(StampError, match=said):
        stamps.stamp(run, url)
    assert not stamps.path_of(run).exists()


def test_an_answer_to_another_request_is_refused(run: Path, authority: Authority, tmp_path: Path) -> None:
    """A service that answers yesterday's answer again: the nonce tells."""
    with stamping(authority) as url:
        stamps.stamp(run, url)
    old = stamps.path_of(run).read_bytes()
    with stamping(authority, body=old) as url, pytest.raises(StampError, match="another request"):
        stamps.stamp(run, url)


def test_a_file_without_certificates_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("nothing")
    with pytest.raises(StampError, match="QINGCE_TIMESTAMP_CA"):
        stamps.roots(tmp_path / "ca.pem")
