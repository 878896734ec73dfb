"""Names: what is made equal and what stays apart."""

import pytest

from indexer.normalise import names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("阿仨希工业科技（上海）有限公司", "阿仨希工业科技(上海)有限公司"),
        ("上海ＡＢＢ工程有限公司", "上海ABB工程有限公司"),
        ("上海 宝钢 有限公司", "上海宝钢有限公司"),
        ("3m中国有限公司", "３Ｍ中国有限公司"),
        ("碧海环境科技有限公司－翠湖再生水厂", "碧海环境科技有限公司-翠湖再生水厂"),
        ("華電廠", "华电厂"),
    ],
)
def test_typing_variants_fold_to_one(one: str, other: str) -> None:
    assert names.fold(one) == names.fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("上海爱森肉食品有限公司（畜牧六场）", "上海爱森肉食品有限公司"),
        ("3M中国有限公司", "3M中国有限公司新桥工厂"),
        ("大庆石化分公司（化肥）", "大庆石化分公司（炼油）"),
    ],
)
def test_sites_and_branches_stay_apart(one: str, other: str) -> None:
    assert names.fold(one) != names.fold(other)


def test_former_names_in_brackets_are_taken_out() -> None:
    name, former = names.split_former("北京清河北苑水务有限公司（原北京威立雅污水处理有限责任公司）")
    assert name == "北京清河北苑水务有限公司"
    assert former == ["北京威立雅污水处理有限责任公司"]
    assert names.split_former("甲厂（曾用名：乙厂）") == ("甲厂", ["乙厂"])
    assert names.split_former("宏茂微电子（上海）有限公司") == ("宏茂微电子（上海）有限公司", [])


def test_a_name_cut_by_the_site_is_known_as_cut() -> None:
    assert names.is_cut("梅山猪育种中心（上海市嘉定区动物疫病预防控制...")
    assert not names.is_cut("梅山猪育种中心")


def test_addresses_compare_without_their_city() -> None:
    assert names.fold_address("上海市徐汇区田林路222号") == names.fold_address("田林路２２２号")
