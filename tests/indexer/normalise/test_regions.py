"""Regions: words in many shapes, ambiguity, a source's own codes."""

import pytest

from indexer.normalise import regions


@pytest.mark.parametrize(
    ("text", "within", "code"),
    [
        ("310000000000", (), "31"), ("徐汇区", ("31",), "310104"), ("上海市徐汇区", (), "310104"),
        ("浙江省-衢州市-柯城区", (), "330802"), ("吉林省-延边朝鲜族自治州", (), "2224"), ("长春市", (), "2201"),
        ("朝阳区", (), None), ("朝阳区", ("11",), "110105"), ("上海市-市辖区", (), "31"), ("鹿城", ("33",), "330302"),
        ("", (), None), ("火星市", (), None), ("上海化工区", (), "31"),
    ],
)  # fmt: skip
def test_words_to_codes(text: str, within: tuple[str, ...], code: str | None) -> None:
    assert regions.china().find(text, within) == code


def test_paths_and_names() -> None:
    table = regions.china()
    assert table.path("330302") == ["33", "3303", "330302"]
    assert table.path("310104") == ["31", "310104"]
    assert table.name("330302") == "浙江省温州市鹿城区"
    assert table.path(None) == []


def test_a_source_brings_its_own_codes() -> None:
    table = regions.china().extended({"99": "示例省", "9901": "甲市", "990101": "甲一区"})
    assert table.find("甲一区", ("99",)) == "990101"
    assert table.find("示例省-甲市") == "9901"
    assert table.path("990101") == ["99", "9901", "990101"]
    assert table.name("990101") == "示例省甲市甲一区"
    assert regions.china().find("甲一区") is None


def test_old_names_are_found() -> None:
    assert regions.china().find("北京市崇文区") == "110103"


def test_cities() -> None:
    assert regions.city("330302") == "3303"
    assert regions.city("310104") == "31"
    assert regions.city("33") is None
