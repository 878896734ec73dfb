"""Time stamps (RFC 3161) of a run's run.json: someone else's word that this chain of runs existed at an instant.

A token lies beside the run folder (``<run>.tsr``, the service's whole answer in DER): neither the folder nor its
run.json is touched. Only the head of a source's chain is stamped: it holds the hash of every run before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import requests
from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from crawlers.errors import CrawlError

SUFFIX = ".tsr"
SECONDS = 30
LARGEST = 1_000_000
"""Bytes of an answer; a token with its certificates has some thousand."""
Roots = Sequence[x509.Certificate]


class StampError(CrawlError):
    """A time stamp could not be had, or does not prove what it should; the run itself is whole."""


@dataclass(frozen=True)
class Stamp:
    """What a token says: ``at`` its instant, ``serial`` its number; ``proven`` where it leads to a known root."""

    at: datetime
    serial: int
    proven: bool


def path_of(run_dir: Path) -> Path:
    """Where the token of a run lies."""
    return run_dir.parent / f"{run_dir.name}{SUFFIX}"


def stamp(run_dir: Path, url: str, roots: Roots = ()) -> Stamp:
    """Have run.json stamped by the service at ``url`` and keep the token; raises StampError, and keeps nothing."""
    data = (run_dir / "run.json").read_bytes()
    asked = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).cert_request(
        cert_request=True
    ).build()  # fmt: skip
    answer = _post(url, asked.as_bytes())
    found = _checked(answer, data, roots, url, asked.nonce)
    draft = path_of(run_dir).with_name(f".{run_dir.name}{SUFFIX}.new")
    draft.write_bytes(answer)
    draft.replace(path_of(run_dir))
    return found


def read(run_dir: Path, roots: Roots = ()) -> Stamp | None:
    """The stamp beside a run, verified offline (to ``roots`` where given); None without one, StampError if bad."""
    path = path_of(run_dir)
    if not path.is_file():
        return None
    return _checked(path.read_bytes(), (run_dir / "run.json").read_bytes(), roots, path.name)


def roots(file: Path | None) -> list[x509.Certificate]:
    """The certificates of a PEM file, by which stamps are proven; none without a file."""
    if file is None:
        return []
    try:
        return x509.load_pem_x509_certificates(file.read_bytes())
    except (OSError, ValueError) as error:
        raise StampError(f"QINGCE_TIMESTAMP_CA: {file}: {error}; name a file of certificates in PEM") from error


def _post(url: str, body: bytes) -> bytes:
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    try:
        with requests.post(url, data=body, headers=headers, timeout=SECONDS, stream=True) as answer:
            answer.raise_for_status()
            found = answer.raw.read(LARGEST, decode_content=True)
    except requests.RequestException as error:
        raise StampError(f"{url}: no time stamp: {' '.join(str(error).split())[:300]}") from error
    return bytes(found)


def _checked(answer: bytes, data: bytes, known: Roots, where: str, nonce: int | None = None) -> Stamp:
    try:
        response = decode_timestamp_response(answer)
        if response.status != PKIStatus.GRANTED:
            raise StampError(f"{where}: the service refused: {PKIStatus(response.status).name.lower()}")
        info = response.tst_info
    except ValueError as error:
        raise StampError(f"{where}: no time stamp of RFC 3161: {error}") from error
    if info.message_imprint.message != sha256(data).digest():
        raise StampError(f"{where}: it stamps another run.json than the one beside it")
    if nonce is not None and info.nonce != nonce:
        raise StampError(f"{where}: an answer to another request (its nonce differs)")
    if known:
        _verify(response, data, known, where)
    return Stamp(info.gen_time, info.serial_number, bool(known))


def _verify(response: TimeStampResponse, data: bytes, known: Roots, where: str) -> None:
    builder = VerifierBuilder()
    for certificate in known:
        own = certificate.issuer == certificate.subject
        builder = (builder.add_root_certificate if own else builder.add_intermediate_certificate)(certificate)
    try:
        builder.build().verify(response, sha256(data).digest())
    except (VerificationError, ValueError) as error:
        raise StampError(f"{where}: the time stamp does not lead to QINGCE_TIMESTAMP_CA: {error}") from error
