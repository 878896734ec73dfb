"""What a name is found by, by value."""

from __future__ import annotations

import pytest

from indexer.normalise import characters, forms


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("上海赫腾精细化工有限公司", {"上海赫腾精细化工", "赫腾精细化工"}),
        ("佩特化工（上海）有限公司", {"佩特化工有限公司", "佩特化工"}),
        ("上海市金山区精神卫生中心", {"金山区精神卫生中心", "精神卫生中心"}),
        ("上海汇众汽车制造有限公司安亭轿车底盘厂", {"汇众汽车制造安亭轿车底盘厂"}),
        ("上海金山石油化工股份有限公司", {"上海金山石化"}),
        ("上海宝鋼（集團）股份有限公司", {"上海宝钢"}),
        ("示川市江北化工厂", {"江北化工厂"}),
    ],
)
def test_short_names_are_what_is_left_without_place_and_legal_form(name: str, short: set[str]) -> None:
    assert short <= set(forms.short(name))


def test_nothing_is_shortened_to_nothing() -> None:
    assert forms.short("公司") == () and forms.short("上海") == ()
    assert all(len(form) >= 2 for name in ("上海市", "上海公司", "(上海)") for form in forms.short(name))


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("宝山钢铁股份有限公司", ["宝钢", "宝钢股份"]),
        ("武漢鋼鐵有限公司", ["武钢"]),
        ("上海石油化工有限公司", ["上石化"]),
        ("上海赫腾精细化工有限公司", []),
        ("钢铁有限公司", []),
    ],
)
def test_only_a_place_and_a_trade_are_abbreviated(name: str, spoken: list[str]) -> None:
    assert forms.abbreviations(name) == spoken


def test_forms_hold_every_name_first_and_each_once() -> None:
    made = forms.of(["上海ABB工程有限公司", "上海ＡＢＢ工程有限公司"])
    assert made.names[0] == "上海ABB工程有限公司" and len(made.names) == len(set(made.names))
    assert "shanghaiabbgongcheng" in made.pinyin and "shabbgc" in made.initials and "abbgc" in made.initials
    assert made.syllables == ["shang hai abb gong cheng you xian gong si"]


def test_traditional_characters_become_simplified_one_for_one() -> None:
    assert characters.simplified("寶山鋼鐵股份有限公司ABB") == "宝山钢铁股份有限公司ABB"
    assert characters.simplified("乾宇裏的后著") == "乾宇里的后著"
