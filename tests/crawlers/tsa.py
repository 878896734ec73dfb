"""A time-stamp service (RFC 3161) on loopback with an authority of its own, both made when a test asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from asn1crypto import algos, cms, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

POLICY = "1.2.3.4.1"


class Authority:
    """A certificate authority and one signer of time stamps under it."""

    def __init__(self, name: str = "试验时间戳") -> None:
        self._root_key = rsa.generate_private_key(65537, 2048)
        self._key = rsa.generate_private_key(65537, 2048)
        root_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name} CA")])
        self.root = _certificate(root_name, root_name, self._root_key.public_key(), self._root_key, authority=True)
        own = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.signer = _certificate(own, root_name, self._key.public_key(), self._root_key, authority=False)

    def write(self, path: Path) -> Path:
        """The root as a PEM file."""
        path.write_bytes(self.root.public_bytes(Encoding.PEM))
        return path

    def answer(self, request: bytes, at: datetime) -> bytes:
        """The whole answer to a request, in DER."""
        asked = tsp.TimeStampReq.load(request)
        info = tsp.TSTInfo({
            "version": 1, "policy": POLICY, "message_imprint": asked["message_imprint"], "serial_number": 7,
            "gen_time": at.replace(microsecond=0), "nonce": asked["nonce"].native,
        })  # fmt: skip
        granted = tsp.PKIStatusInfo({"status": "granted"})
        return bytes(tsp.TimeStampResp({"status": granted, "time_stamp_token": self._signed(info)}).dump())

    def _signed(self, info: tsp.TSTInfo) -> cms.ContentInfo:
        content, own = info.dump(), asn1_x509.Certificate.load(self.signer.public_bytes(Encoding.DER))
        certificate_hash = tsp.ESSCertIDv2({"cert_hash": sha256(own.dump()).digest()})
        attributes = cms.CMSAttributes([
            cms.CMSAttribute({"type": "content_type", "values": ["tst_info"]}),
            cms.CMSAttribute({"type": "message_digest", "values": [sha256(content).digest()]}),
            cms.CMSAttribute({"type": "signing_certificate_v2",
                              "values": [tsp.SigningCertificateV2({"certs": [certificate_hash]})]}),
        ])  # fmt: skip
        signer = cms.SignerInfo({
            "version": "v1",
            "sid": cms.SignerIdentifier({"issuer_and_serial_number": cms.IssuerAndSerialNumber(
                {"issuer": own.issuer, "serial_number": own.serial_number})}),
            "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
            "signed_attrs": attributes,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa"}),
            "signature": self._key.sign(attributes.dump(), padding.PKCS1v15(), SHA256()),
        })  # fmt: skip
        data = cms.SignedData({
            "version": "v3", "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha256"})],
            "encap_content_info": {"content_type": "tst_info", "content": cms.ParsableOctetString(content)},
            "certificates": [own], "signer_infos": [signer],
        })  # fmt: skip
        return cms.ContentInfo({"content_type": "signed_data", "content": data})


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: Any, signing: rsa.RSAPrivateKey, authority: bool
) -> x509.Certificate:
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=not authority, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=authority, crl_sign=authority, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    made = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False)
    )  # fmt: skip
    if not authority:
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return made.sign(signing, SHA256())


@contextmanager
def stamping(authority: Authority, status: int = 200, body: bytes | None = None) -> Iterator[str]:
    """The address of a running service; with ``status`` or ``body`` one that fails."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = self.rfile.read(int(self.headers["Content-Length"]))
            told = authority.answer(request, datetime.now(UTC)) if body is None else body
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_: Any) -> None:
            """Silent."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsa"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
