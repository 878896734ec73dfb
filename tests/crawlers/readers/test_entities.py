"""Office files are XML: entities in it reach no other file, no network, and do not multiply."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from crawlers.readers.reading import read

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def _docx() -> bytes:
    word, out = docx.Document(), io.BytesIO()
    table = word.add_table(2, 1)
    table.cell(0, 0).text, table.cell(1, 0).text = "企业名称", "MARK"
    word.save(out)
    return out.getvalue()


def _xlsx() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["企业名称"])
    book.active.append(["MARK"])
    book.save(out)
    return out.getvalue()


def _with(data: bytes, member: str, doctype: str, text: str) -> bytes:
    """The file with a document type in a member, and its mark replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name).decode("utf-8", "surrogateescape")
            if name == member:
                head, _, rest = content.partition("?>") if content.startswith("<?xml") else ("", "", content)
                assert "MARK" in rest
                content = f"{head}?>{doctype}{rest}" if head else f"{doctype}{rest}"
                content = content.replace("MARK", text)
            new.writestr(name, content.encode("utf-8", "surrogateescape"))
    return out.getvalue()


FILES = {"a.docx": (_docx, "word/document.xml"), "a.xlsx": (_xlsx, "xl/sharedStrings.xml")}


@pytest.mark.parametrize("name", FILES)
def test_no_other_file_is_read(name: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("s3cret", encoding="utf-8")
    make, member = FILES[name]
    doctype = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    document = read(_with(make(), member, doctype, "x&e;"), filename=name)
    assert "s3cret" not in repr(document)


@pytest.mark.parametrize("name", FILES)
def test_entities_do_not_multiply(name: str) -> None:
    make, member = FILES[name]
    doctype = f'<!DOCTYPE x [<!ENTITY l0 "laughter ">{LAUGHS}]>'
    document = read(_with(make(), member, doctype, "&l9;"), filename=name)
    cells = [cell for grid in document.grids for row in grid.rows for cell in row]
    assert all(len(cell) < 10_000 for cell in cells)
