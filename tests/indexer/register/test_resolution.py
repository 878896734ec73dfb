"""Resolution: who is one enterprise, who stays apart, who is only suggested; whatever the order."""

from __future__ import annotations

import random
from typing import Any

import pytest

from indexer.register import enterprises, identities, likeness, sourcefile, traits
from indexer.register.documents import IdentityDoc
from indexer.register.identities import Gathered, who
from indexer.register.resolution import Cluster, Pair, resolve
from tests.indexer.register.folder import SOURCE

CODE, OTHER = "91330100799655058B", "914403001922038216"


def identity(
    source: str, external: str | None, name: str, *, uscc: str | None = None, address: str | None = None,
    region: str = "甲一区", permit: str | None = None, at: str = "2021-01-01T00:00:00Z", run: str = "r1",
) -> IdentityDoc:  # fmt: skip
    """What one source says of one subject."""
    made = sourcefile.parse(SOURCE | {"name": source})
    person = who(made, {"name": name, "uscc": uscc, "external_id": external, "region": region})
    assert person is not None
    gathered = Gathered(person, made, recorded=True)
    gathered.see(person, uscc, at)
    gathered.name(person.name, "profile", at)
    facts: dict[str, Any] = {key: value for key, value in (("address", address), ("permit_no", permit)) if value}
    gathered.describe("profile", facts, at)
    gathered.kinds.add("profile")
    return gathered.document(run)


def groups(found: list[IdentityDoc], decided: list[Pair] | None = None) -> set[frozenset[str]]:
    """The clusters as sets of keys, the same for every order of the identities."""
    answers = []
    for seed in range(4):
        shuffled = list(found)
        random.Random(seed).shuffle(shuffled)
        answers.append({frozenset(m["key"] for m in c.members) for c in resolve(shuffled, decided or [])})
    assert all(answer == answers[0] for answer in answers)
    return answers[0]


def doubts(found: list[IdentityDoc], decided: list[Pair] | None = None) -> dict[str, set[str]]:
    return {c.members[0]["key"]: c.doubtful for c in resolve(found, decided or []) if c.doubtful}


def test_brackets_do_not_part_an_enterprise() -> None:
    a = identity("a", "1", "阿仨希工业科技（上海）有限公司", uscc=CODE)
    b = identity("b", None, "阿仨希工业科技(上海)有限公司", uscc=CODE)
    assert len(groups([a, b])) == 1


def test_sites_under_one_code_stay_apart_and_the_other_source_finds_its_own() -> None:
    one = identity("a", "1", "甲公司一厂", uscc=CODE, address="一路1号")
    two = identity("a", "2", "甲公司二厂", uscc=CODE, address="二路2号")
    same = identity("b", "x", "甲公司二厂", uscc=CODE, address="二路2号")
    assert groups([one, two, same]) == {frozenset({"a|1"}), frozenset({"a|2", "b|x"})}


def test_two_ids_of_one_source_with_all_the_same_never_merge() -> None:
    one, two = (identity("a", n, "甲公司", uscc=CODE, address="一路1号") for n in ("1", "2"))
    third = identity("b", "x", "甲公司", uscc=CODE, address="一路1号")
    assert groups([one, two, third]) == {frozenset({"a|1"}), frozenset({"a|2"}), frozenset({"b|x"})}
    assert doubts([one, two, third])["b|x"] == {"a|1", "a|2"}


def test_one_name_in_two_cities_is_two_enterprises() -> None:
    assert len(groups([identity("a", "1", "环保厂"), identity("b", None, "环保厂", region="乙一区")])) == 2


def test_one_name_in_one_city_is_one() -> None:
    assert len(groups([identity("a", "1", "环保厂", region="甲市"), identity("b", None, "环保厂")])) == 1


def test_one_name_with_two_valid_codes_is_only_doubtful() -> None:
    found = [identity("a", "1", "环保厂", uscc=CODE), identity("b", None, "环保厂", uscc=OTHER)]
    assert len(groups(found)) == 2
    assert doubts(found)["a|1"] == {found[1]["key"]}


def test_a_wrong_code_proves_nothing() -> None:
    found = [
        identity("a", "1", "甲厂", uscc="913101167800233824"),
        identity("b", "2", "乙厂", uscc="913101167800233824"),
    ]
    assert len(groups(found)) == 2


def test_one_code_alone_is_a_suggestion() -> None:
    found = [identity("a", "1", "甲厂", uscc=CODE), identity("b", "2", "乙厂", uscc=CODE)]
    assert len(groups(found)) == 2
    assert doubts(found) == {"a|1": {"b|2"}, "b|2": {"a|1"}}


def test_the_permit_number_outweighs_a_changed_name() -> None:
    number = f"{CODE}001P"
    found = [identity("a", "1", "旧名厂", permit=number), identity("b", "2", "新名厂", permit=number)]
    assert len(groups(found)) == 1


def test_a_former_name_in_brackets_joins() -> None:
    found = [identity("a", "1", "新名厂（原旧名厂）"), identity("b", None, "旧名厂")]
    assert len(groups(found)) == 1
    document = enterprises.build(resolve(found)[0], [])
    assert {entry["name"] for entry in document["names"]} == {"新名厂", "旧名厂"}
    assert "旧名厂" in document["search_names"]


def test_people_outweigh_evidence() -> None:
    found = [identity("a", "1", "甲厂", uscc=CODE), identity("b", "2", "甲厂", uscc=CODE), identity("c", "3", "乙厂")]
    assert len(groups(found)) == 2
    assert len(groups(found, [Pair("keep_apart", "a|1", "b|2")])) == 3
    assert len(groups(found, [Pair("split", "a|1")])) == 3
    assert len(groups(found, [Pair("merge", "b|2", "c|3")])) == 1
    assert doubts(found, [Pair("keep_apart", "a|1", "b|2")]) == {}


def test_a_person_may_merge_two_ids_of_one_source() -> None:
    found = [identity("a", "1", "甲厂"), identity("a", "2", "乙厂")]
    assert len(groups(found, [Pair("merge", "a|1", "a|2")])) == 1


def test_the_founding_identity_gives_the_id_and_every_member_an_alias() -> None:
    late = identity("a", "1", "甲厂", uscc=CODE, at="2021-02-01T00:00:00Z")
    early = identity("b", "2", "甲厂", uscc=CODE, at="2021-01-01T00:00:00Z", run="r0")
    (cluster,) = resolve([late, early])
    document = enterprises.build(cluster, [])
    assert document["id"] == identities.enterprise_id("b|2")
    assert set(document["aliases"]) == {identities.enterprise_id("a|1"), identities.enterprise_id("b|2")}


def test_a_renamed_enterprise_keeps_its_id_and_shows_both_names() -> None:
    before = identity("a", "1", "旧名厂", at="2021-01-01T00:00:00Z")
    after = identity("a", "1", "新名厂", at="2021-06-01T00:00:00Z", run="r2")
    merged = identities.merge(before, after)
    assert {**merged, "block": []} == {**identities.merge(after, before), "block": []}
    document = enterprises.build(Cluster([merged]), [])
    assert document["name"] == "新名厂"
    assert [(n["name"], n["first"], n["last"], n["current"]) for n in document["names"]] == [
        ("新名厂", "2021-06-01", "2021-06-01", True), ("旧名厂", "2021-01-01", "2021-01-01", False),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["梅山猪育种中心（上海市嘉定...", "梅山猪育种中心（上海市嘉定…"])
def test_a_cut_name_joins_nobody(name: str) -> None:
    assert len(groups([identity("a", "1", name), identity("b", None, name)])) == 2


def test_names_of_two_places_are_two_whatever_else_is_alike() -> None:
    found = [
        identity("a", "1", "上海市松江区精神卫生中心", region="甲市"),
        identity("b", None, "上海市长宁区精神卫生中心", region="甲市"),
    ]
    assert len(groups(found)) == 2 and doubts(found) == {}


def test_a_generic_name_is_no_proof_and_waits_for_a_person() -> None:
    found = [identity("a", "1", "污水处理厂"), identity("b", None, "甲一区污水处理厂")]
    assert len(groups(found)) == 2
    assert doubts(found)["a|1"] == {found[1]["key"]}


def test_a_permit_number_says_whose_credit_code_it_is() -> None:
    found = [identity("a", "1", "甲厂", permit=f"{CODE}001P"), identity("b", None, "甲厂", uscc=CODE, region="甲市")]
    assert len(groups(found)) == 1


def test_a_branch_stays_apart_from_its_parent() -> None:
    found = [identity("a", "1", "甲纸业有限公司", uscc=CODE), identity("b", "2", "甲纸业有限公司乙分公司", uscc=CODE)]
    assert len(groups(found)) == 2


def test_a_code_one_slip_away_supports_and_a_score_can_be_read() -> None:
    one = identity("a", "1", "宏泰精细化工有限公司", uscc=CODE)
    other = identity("b", "2", "宏泰精细化公有限公司", uscc=CODE[:-1] + "9")
    likely = likeness.compare(traits.of(one), traits.of(other))
    assert dict(likely.evidence) == {"uscc_near": 2.5, "name_near": 2.0, "city_same": 0.5, "county_same": 1.0}
    assert likely.points == 6.0 and likely.merges and len(groups([one, other])) == 1


def test_an_enterprise_stands_where_its_area_lies_today_and_in_its_industry() -> None:
    made = sourcefile.parse(SOURCE | {"name": "a", "regions": {}, "covers": SOURCE["covers"]})
    person = who(made, {"name": "旧城化工厂", "uscc": None, "external_id": "1", "region": "371202"})
    assert person is not None
    gathered = Gathered(person, made, recorded=True)
    gathered.see(person, None, "2018-01-01T00:00:00Z")
    gathered.name(person.name, "profile", "2018-01-01T00:00:00Z")
    gathered.describe("profile", {"industry": "有机化学原料制造"}, "2018-01-01T00:00:00Z")
    document = enterprises.build(Cluster([gathered.document("r")]), [])
    assert document["region"] == "370116" and document["region_path"] == ["37", "3701", "370116"]
    assert document["region_name"] == "山东省济南市莱芜区"
    assert document["industry_path"] == ["26", "261", "2614", "C"]
