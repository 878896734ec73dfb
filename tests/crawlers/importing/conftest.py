"""Files that people supply, made up: a good list, and the broken ones that real life brings."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from crawlers.importing import Material

REALDATA = Path(os.environ.get("QINGCE_REALDATA") or Path(__file__).parents[4] / "shared" / "realdata")


@pytest.fixture
def realdata() -> Path:
    """The folder of real files."""
    if not REALDATA.is_dir():
        pytest.skip(f"no real files at {REALDATA}; name their folder in QINGCE_REALDATA")
    return REALDATA


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, ...]:
    """An empty folder of sources: nothing has a YAML."""
    folder = tmp_path / "no-sources"
    folder.mkdir()
    return (folder,)


@pytest.fixture
def var(tmp_path: Path) -> Path:
    return tmp_path / "var"


@pytest.fixture
def material() -> Callable[..., Material]:
    """Facts of a list of Putian of 2022; named ones are replaced."""

    def make(**other: object) -> Material:
        facts: dict[str, object] = {
            "source": "putian-2022", "region": "350300", "year": 2022, "cls": "KPU",
            "url": "http://sthjj.putian.gov.cn/2022/list.xlsx", "retrieved_at": "2022-04-02",
        }  # fmt: skip
        return Material(**(facts | other))  # type: ignore[arg-type]

    return make


def sheet(*rows: list[object], title: str = "名录") -> bytes:
    """An XLSX file of one sheet."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = title
    for row in rows:
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


GOOD = sheet(
    ["水环境重点排污单位（3家）"],
    ["序号", "企业名称", "统一社会信用代码", "区县"],
    [1, "甲纸业有限公司", "913503000000000001", "荔城区"],
    [2, "乙化工有限公司", "913503000000000002", "涵江区"],
    [3, "丙污水处理厂", None, "城厢区"],
    ["注：按名称排序"],
)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "名录.xlsx"
    path.write_bytes(GOOD)
    return path
