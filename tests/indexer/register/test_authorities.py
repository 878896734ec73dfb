"""Authorities are subjects: who publishes sources, who decided penalties and issued permits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from indexer import pipeline, settings
from indexer.engine.store import Store
from indexer.register import authorities
from tests.indexer.register.folder import Folder

FIRM = {"name": "甲厂（示例）有限公司", "external_id": "1", "region": "甲一区", "uscc": None}


@pytest.mark.parametrize(("facts", "name"), [
    ({"authority": "广州市生态环境局"}, "广州市生态环境局"),
    ({"issuer": "衢州市 环保局（柯城）"}, "衢州市环保局(柯城)"),
    ({"authority": "/"}, None), ({}, None),
])  # fmt: skip
def test_the_authority_of_a_disclosure(facts: dict[str, str], name: str | None) -> None:
    assert authorities.of(facts) == name


def test_publishers_and_issuers_are_listed_with_region_and_counts(store: Store, tmp_path: Path) -> None:
    own = replace(settings.load(), var=tmp_path, database_url="")
    folder = Folder(tmp_path, "2021-03-01T02:00:00Z")
    for number in ("1", "2"):
        row = {
            "行政处罚决定书文号": f"穗番环罚〔2019〕{number}号",
            "处罚机关": "广州市生态环境局",
            "处罚结果": "罚款8万元",
        }
        folder.record("penalty", FIRM, row, key=number)
    folder.record("permit", FIRM, {"许可证编号": "91330100799655058B001P", "发证机关": "惠济区环保局"}, key="p")
    assert pipeline.index_run(folder.write(), store, own).skipped is None
    store.refresh("disclosures")
    found = authorities.listed(
        store.search("disclosures", authorities.query()), [("demo", "广州市生态环境局"), ("x", "")]
    )
    told = [(one["name"], one["type"], one["region"], one["kinds"], one["sources"]) for one in found]
    assert told == [
        ("广州市生态环境局", "authority", "4401", {"penalty": 2}, ["demo"]),
        ("惠济区环保局", "authority", "410108", {"permit": 1}, []),
    ]
    assert found[0]["first_seen"] == "2021-03-01" and found[0]["region_name"] == "广东省广州市"
