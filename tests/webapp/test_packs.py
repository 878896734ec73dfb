"""A duty's evidence pack as a download on its page for staff; nobody else gets one."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest
from flask.testing import FlaskClient

from tests.webapp.samples import ID

DUTY = f"/review/enterprise/{ID}/duty/O31-1/once:2020"
PERSONAL = ("王小明", "13800138000", "欧阳保密")


def downloaded(officer: FlaskClient, path: str) -> tuple[str, dict[str, bytes]]:
    answer = officer.get(path)
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as pack:
        files = {name.split("/", 1)[1]: pack.read(name) for name in pack.namelist()}
    for line in files["MANIFEST.sha256"].decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(files[name]).hexdigest() == digest
    return answer.headers["Content-Disposition"], files


def test_an_officer_takes_the_pack_from_the_page(officer: FlaskClient) -> None:
    assert f"{DUTY}/evidence.zip" in officer.get(DUTY).text
    name, files = downloaded(officer, f"{DUTY}/evidence.zip")
    assert "evidence-" in name and "captures.warc.gz" in files
    record = json.loads(files["record.json"])
    assert record["audience"] == "staff" and record["duties"][0]["id"].endswith(":O31-1:once:2020")
    assert "仅供工作人员" in files["index.html"].decode() and "欧阳保密" in files["record.json"].decode()


def test_the_public_pack_holds_no_personal_data(officer: FlaskClient) -> None:
    _, files = downloaded(officer, f"{DUTY}/evidence.zip?public=1")
    assert "captures.warc.gz" not in files and any(name.startswith("renditions/") for name in files)
    for name, data in files.items():
        assert not [word for word in PERSONAL if word in data.decode()], name


@pytest.mark.parametrize(("path", "status"), [
    (f"/review/enterprise/{ID}/duty/O31-6/once:2020/evidence.zip?public=1", 404),
    (f"/review/enterprise/{ID}/duty/O99/once:2020/evidence.zip", 404),
])  # fmt: skip
def test_what_is_not_there_or_not_public_is_not_packed(officer: FlaskClient, path: str, status: int) -> None:
    assert officer.get(path).status_code == status


def test_a_visitor_gets_none(client: FlaskClient) -> None:
    assert client.get(f"{DUTY}/evidence.zip").status_code in (302, 401, 403)
