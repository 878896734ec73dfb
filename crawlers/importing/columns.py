"""The headers under which files of Chinese agencies name a subject."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawlers.grids.headers import Header
from crawlers.subjects import Subject

KNOWN: dict[str, str] = {
    "name": "企业名称|单位名称|企业详细名称|排污单位名称|重点排污单位名称|重点监管单位名称|企业（单位）名称"
    "|企事业单位名称|公司名称|被检单位名称|受检单位|建设单位|行政相对人名称|当事人名称|企业|name",
    "uscc": "统一社会信用代码|社会信用代码|信用代码|注册号/统一社会信用代码|组织机构代码"
    "|统一社会信用代码（组织机构代码）|uscc",
    "external_id": "污染源编码|企业编码|external_id|url_id",
    "region": "区县|县(市、区)|所在区县|行政区|行政区划|所属区县|县区|县（区）|所在地区|所属区域|所在区域|辖区|area",
}
"""Part of a subject → headers met (sources.md, city sites and provincial sheets), the commonest first."""


def wanted(own: Mapping[str, str], source: Mapping[str, Any] | None) -> dict[str, str]:
    """Headers to look for, by part: the person's own first, then the source's YAML, then the known ones."""
    stated = {part: choice for part, choice in (source or {}).items() if isinstance(choice, str)}
    return {part: "|".join(filter(None, [own.get(part), stated.get(part), known])) for part, known in KNOWN.items()}


def mapping(header: Header, headers: Mapping[str, str]) -> dict[str, str]:
    """Part of the subject → the header of this table that gives it."""
    columns = {part: header.column(names) for part, names in headers.items()}
    return {part: header.names[column] for part, column in columns.items() if column is not None}


def subject(fields: Mapping[str, str], mapped: Mapping[str, str], enterprise: str | None, region: str) -> Subject:
    """Whom a row is about, as printed; the file's own region where the row has none."""
    values = {part: fields.get(header) or None for part, header in mapped.items()}
    return Subject(
        name=values.get("name") or enterprise,
        uscc=values.get("uscc"),
        external_id=values.get("external_id"),
        region=values.get("region") or region,
    )
