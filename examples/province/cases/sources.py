"""The source files of the cases: what each site publishes of whom, through which channel (JSON is YAML too)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .cast import CITIES, REGIONS
from .plants.listed import HEADERS
from .sites import COLUMNS, FILES, MANUAL, MEASURED, SITES

PREFIX = "cases-"
ALL = "99"
KPU = ["KPU", "KPU.W", "KPU.A", "KPU.GW", "KPU.N"]

LISTED = [*KPU, "GK", "SOIL", "RISK", "CP", "CP.1", "CP.2", "CP.3", "EL", "INC", "TOXW", "PK", "PS", "EMG", "BLD", "SW"]
EL = ["EL", "CP", "CP.1", "CP.2", "CP.3", "LST", "BND"]
ITEMS = ["profile", "emission", "facility", "eia", "emergency_plan", "other", "social_report", "monitoring_plan"]
SELF = ["monitoring", "monitoring_plan"]
CITY_CODES = sorted(CITIES)
FULL, EL_CITIES = ["9911"], ["9911", "9912", "9913"]
Cover = dict[str, Any]
CLASSES = {
    "水环境重点排污单位": "KPU.W",
    "大气环境重点排污单位": "KPU.A",
    "地下水污染防治重点排污单位": "KPU.GW",
    "噪声重点排污单位": "KPU.N",
    "国家重点监控企业": "GK",
    "土壤污染重点监管单位": "SOIL",
    "环境风险重点管控单位": "RISK",
    "环境信息依法披露企业": "EL",
    "强制性清洁生产审核企业（超标超总量）": "CP.1",
    "强制性清洁生产审核企业（高耗能）": "CP.2",
    "强制性清洁生产审核企业（有毒有害）": "CP.3",
    "上市公司": "LST",
    "发债企业": "BND",
    "生活垃圾焚烧发电厂": "INC",
    "有毒有害水污染物名录单位": "TOXW",
    "全国碳排放权交易重点排放单位": "ETS",
}
"""Word in the column 类别 of a list → class."""


def _cover(kinds: list[str], classes: list[str], regions: list[str]) -> Cover:
    return {"kinds": kinds, "classes": classes, "regions": regions}


_COVERS: dict[str, tuple[str, list[Cover]]] = {
    "bureau": ("city_bureau", [_cover(["listing"], LISTED, CITY_CODES), _cover(["penalty", "inspection"], [], [ALL])]),
    "eid": ("eid_system", [_cover(["annual_report", "interim_report"], EL, EL_CITIES)]),
    "platform": (
        "other",
        [
            _cover([*ITEMS, "incident", "cleaner_production", "carbon"], LISTED, FULL),
            _cover(ITEMS, KPU, ["9912", "9913"]),
        ],
    ),
    "permit": (
        "permit_platform",
        [_cover(["permit_report", "emission"], ["PK", "PS"], FULL), _cover(["permit"], ["PK", "PS"], [ALL])],
    ),
    "selfmon": ("self_monitoring", [_cover(SELF, ["PK", "PS", "GK", "INC"], FULL)]),
    "own": (
        "own_site",
        [
            _cover([*ITEMS, "incident", "cleaner_production", "soil"], LISTED, FULL),
            _cover(ITEMS, KPU, ["9912", "9913"]),
            _cover(["annual_report", "interim_report", "monitoring", "permit_report"], [], [ALL]),
        ],
    ),
    **dict.fromkeys((*MEASURED, *MANUAL), ("self_monitoring", [_cover(SELF, [], ["9913"])])),
    FILES: ("other", [_cover(["social_report"], [], ["9912"])]),
    **{
        site: ("eid_system", [_cover([*ITEMS, "annual_report", "interim_report"], LISTED, [region])])
        for site, region in {"down": "9914", "blocked": "9915", "changed": "9916", "flaky": "9917"}.items()
    },
}
TITLES = {
    "bureau": "名录、处罚和检查",
    "eid": "企业环境信息依法披露系统",
    "platform": "企业环境信息公开平台",
    "permit": "排污许可证管理信息平台",
    "selfmon": "自行监测信息公开平台",
    "own": "企业自有网站",
    "down": "卯川市披露系统",
    "blocked": "辰川市披露系统",
    "changed": "巳川市披露系统",
    "flaky": "午川市披露系统",
    FILES: "丑川市企业社会责任报告",
    **dict.fromkeys((*MEASURED, *MANUAL), "寅川市自行监测平台"),
}


def source_name(site: str) -> str:
    """Name of a site's source."""
    return PREFIX + site


def write(urls: dict[str, str], folder: Path) -> list[Path]:
    """One file a site in ``folder`` (made where absent); ValueError where ``urls`` lacks a site."""
    if lacking := [site for site in SITES if site not in urls]:
        raise ValueError(f"no address for {', '.join(lacking)}; give all of {', '.join(SITES)}")
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for site in SITES:
        path = folder / f"{source_name(site)}.yaml"
        path.write_text(json.dumps(definition(site, urls[site]), ensure_ascii=False, indent=1), encoding="utf-8")
        paths.append(path)
    return paths


def definition(site: str, url: str) -> dict[str, Any]:
    """The whole definition of one source."""
    channel, covers = _COVERS[site]
    kinds = [kind for cover in covers for kind in cover["kinds"]]
    return {
        "name": source_name(site), "title": f"{TITLES[site]}(示例省,虚构)", "family": "json_api",
        "publisher": {"name": "示例省生态环境厅", "level": "province"}, "base_url": url,
        "robots": {"note": "the site serves its own robots.txt, which forbids /manage/"},
        "licence": "invented, as free as the project",
        "pace": {"delay": 0, "concurrency": 16, "autothrottle": False, "timeout": 20, "retries": 1},
        "cadence": "daily", "regions": REGIONS, "loopback": True, "demo": True, "enabled": True, "verified": "never",
        "channel": channel, "covers": covers, "active": {"from": "2016-01-01", "to": None},
        "membership": _membership(site), "key": {kind: ["编号"] for kind in kinds},
        "fields": {kind: {"栏目": "section", **_FIELDS.get(kind, {})} for kind in kinds},
        "walk": {"list": _list(kinds), **({"detail": _FILE} if site == FILES else {})},
    }  # fmt: skip


_FIELDS: dict[str, dict[str, str]] = {
    "permit": {"企业名称": "listed_name", "区县": "listed_region", "持证单位": "name", "所在地区": "region"},
    "permit_report": {"排放口编号": "outlet"},
    "annual_report": {"附件": "document"},
    "monitoring_plan": {"排放口编号": "outlet"},
    "emission": {},
}
"""Headers that the vocabulary lacks or that mean another thing here, by kind: a permit prints its own holder."""


for _kind, _headers in HEADERS.items():
    _FIELDS[_kind] = {**_FIELDS.get(_kind, {}), **_headers}


def _list(kinds: list[str]) -> dict[str, Any]:
    return {
        "url": "/api/open/list", "method": "GET", "page_param": "page", "rows": "data.rows", "total": "data.total",
        "answer": {"success": {"code": ["200"]}}, "required": ["栏目", "编号", "企业名称"], "published": "发布时间",
        "kind_by": {"column": "栏目", "map": {COLUMNS[kind]: kind for kind in kinds}},
        "subject": {"name": "企业名称", "uscc": "统一社会信用代码", "external_id": "企业编码", "region": "区县"},
    }  # fmt: skip


_FILE = {
    "url": "/files/{编号}",
    "via": "pairs",
    "kind": "social_report",
    "required": ["社会责任报告"],
    "subject": {"external_id": "企业编码"},
}


def _membership(site: str) -> dict[str, Any] | None:
    if site == "bureau":
        return {"class_by": {"column": "类别", "map": CLASSES}, "year_from": "年度", "published": "公布日期"}
    if site == "permit":
        classes = {"重点管理": "PK", "简化管理": "PS", "登记管理": "PREG"}
        return {"class_map": {"column": "管理类别", "map": classes}, "valid": {"from": "发证日期", "to": "有效期限"}}
    return None
