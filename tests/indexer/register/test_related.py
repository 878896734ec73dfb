"""Parents, branches and sites under one code are linked, and never more than that."""

from __future__ import annotations

from typing import Any

from indexer.engine.store import Store
from indexer.normalise import fields
from indexer.register import enterprises, privacy, related
from indexer.register.documents import Enterprise, IdentityDoc
from indexer.register.resolution import resolve
from tests.indexer.register.test_resolution import CODE, OTHER, identity


def made(*found: IdentityDoc) -> list[Enterprise]:
    return [enterprises.build(cluster, []) for cluster in resolve(found)]


def test_a_branch_its_parent_and_another_site_are_told_apart() -> None:
    parent, branch, site, stranger = made(
        identity("a", "1", "丰泰纸业有限公司", uscc=CODE, at="2021-01-01T00:00:00Z"),
        identity("a", "2", "丰泰纸业有限公司新桥分公司", uscc=OTHER, at="2021-01-02T00:00:00Z"),
        identity("a", "3", "丰泰第二造纸厂", uscc=CODE, at="2021-01-03T00:00:00Z"),
        identity("a", "4", "丰泰纸业有限公司销售有限公司", at="2021-01-04T00:00:00Z"),
    )
    assert related.relation(parent, branch) == "branch" and related.relation(branch, parent) == "parent"
    assert related.relation(parent, site) == "same_code" == related.relation(site, parent)
    assert related.relation(parent, stranger) is None and related.relation(branch, site) is None


def test_relatives_are_found_by_exact_keys(store: Store) -> None:
    found = made(
        identity("a", "1", "丰泰纸业有限公司", uscc=CODE, at="2021-01-01T00:00:00Z"),
        identity("a", "2", "丰泰纸业有限公司新桥分公司", at="2021-01-02T00:00:00Z"),
        identity("a", "3", "丰泰第二造纸厂", uscc=CODE, at="2021-01-03T00:00:00Z"),
        identity("a", "5", "无关水泥有限公司", at="2021-01-05T00:00:00Z"),
    )
    store.bulk("enterprises", found)
    store.refresh("enterprises")
    hits: list[Any] = [hit["_source"] for hit in store.search("enterprises", related.query(found[0]))["hits"]["hits"]]
    assert {one["name"]: related.relation(found[0], one) for one in hits} == {
        "丰泰纸业有限公司新桥分公司": "branch", "丰泰第二造纸厂": "same_code",
    }  # fmt: skip


def test_a_table_of_parents_and_listed_companies_is_understood() -> None:
    row = {
        "企业名称": "丰泰纸业有限公司", "母公司": "示例纸业集团有限公司", "股票代码": "600000",
        "证券简称": "示例纸业", "持股比例（%）": "51.2", "实际控制人": "示例人名", "截止日期": "2023年12月31日",
    }  # fmt: skip
    said = fields.interpret("ownership", row)
    assert said.unknown == [] and said.problems == []
    assert {key: said.facts[key] for key in ("parent", "stock_code", "listed_company", "share", "as_of")} == {
        "parent": "示例纸业集团有限公司", "stock_code": "600000", "listed_company": "示例纸业", "share": 51.2,
        "as_of": "2023-12-31",
    }  # fmt: skip
    split = privacy.split(row, said.headers)
    assert "实际控制人" in split.staff and "controller" not in privacy.public_facts(said.facts)
