"""A firm of 甲市 on the lists of 2026, looked at on three days: what the commands on the law are asked about."""

from __future__ import annotations

import json
from pathlib import Path

from tests.indexer.register.folder import SOURCE, Folder
from tests.webapp.cli.conftest import Tool

TODAY = "2026-11-25"
FIRM = {"name": "甲化工有限公司", "external_id": "a", "region": "甲一区"}
LISTS = {"2026年重点排污单位名录": "2026-03-20", "2026年环境信息依法披露企业名单": "2026-03-25"}
MEMBERSHIP = {
    "class_by": {"title": {"重点排污": "KPU", "依法披露": "EL"}}, "year_from": "title", "published": "published_at",
}  # fmt: skip
COVERS = [
    {"kinds": ["listing", "profile", "annual_report"], "classes": ["KPU", "EL"], "regions": ["99"],
     "channel": "eid_system"},
]  # fmt: skip
DEFINITION = {**SOURCE, "membership": MEMBERSHIP, "covers": COVERS}


def written(var: Path) -> None:
    """The run folders and the enabled source."""
    (var / "sources").mkdir(parents=True, exist_ok=True)
    (var / "sources" / "demo.json").write_text(json.dumps(DEFINITION, ensure_ascii=False), encoding="utf-8")
    for day in ("2026-03-28", "2026-04-02", "2026-05-02"):
        folder = Folder(var, f"{day}T02:00:00Z", source=DEFINITION)
        for title, published in LISTS.items():
            folder.record("listing", FIRM, {"单位名称": FIRM["name"]}, title=title, published_at=published)
        folder.page("annual_report", FIRM, "absent")
        folder.walk("listing")
        folder.write()


def judged(var: Path, qingce: Tool) -> None:
    """The same, indexed and scanned."""
    written(var)
    for words in (("index",), ("scan",)):
        result = qingce(*words)
        assert result.exit_code == 0, result.output + result.stderr
