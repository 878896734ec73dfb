"""Planted identities: what many sites call the enterprises of a make-believe country, and which of them are one.

Names vary as people vary them (brackets, legal form, place left out, width, traditional characters, a slip of the pen),
codes are missing or mistyped, some codes are shared by several works, firms are renamed, one name stands in two cities,
and some names are one character apart without being one. Everything follows from the seed.

A line: ``{enterprise, source, external_id, name, uscc, region, address, permit_no, legal_rep, at}``; equal
``enterprise`` is one enterprise.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from . import identity
from .places import CITIES, City

Line = dict[str, Any]
SOURCES = ("p-list", "p-permit", "p-monitoring", "p-penalty", "p-credit")
"""The first two give ids of their own; the others only print names."""
OWN_IDS = frozenset(SOURCES[:2])
_TRADITIONAL = str.maketrans("业华东电机发产", "業華東電機發產")
_SLIPS = {
    "化": "花",
    "工": "公",
    "科": "料",
    "技": "枝",
    "环": "坏",
    "保": "堡",
    "制": "治",
    "造": "遭",
    "水": "永",
    "电": "申",
}
_TRADES = (
    "精细化工科技", "造纸印刷包装", "印染整理科技", "环保水务科技", "新型建材科技", "特种钢铁制造", "表面处理科技",
    "生物制药科技", "环保能源科技", "食品饮料制造", "电子材料科技", "机械设备制造", "橡胶制品制造", "有色金属材料",
)  # fmt: skip
_FIRST = "宏恒瑞鼎盛启晟嘉博信远泰景源润凯隆茂腾广天金银玉长安宝昌德富国海汇吉佳建康乐龙美明宁鹏庆荣"
_SECOND = "泰达丰和辉林诚通安祥元昌平新兴利康顺邦彩川春大顶东方飞丰福光贵豪弘基坚捷锦精巨峻开科朗立良"
_ROADS = ("创业路", "工业大道", "滨河路", "振兴街", "环城北路", "科技二路", "港口路", "纬七路")


def lines(seed: int = 7, enterprises: int = 1200) -> list[Line]:
    """All identities, shuffled; about two and a half an enterprise. Raises ValueError below 100 enterprises."""
    if enterprises < 100:
        raise ValueError(f"--count {enterprises}: at least 100 enterprises, so that every variation occurs")
    made = list(_enterprises(seed, enterprises))
    rows = [row for firm in made for row in _told(firm, identity.stream(seed, "told", firm["enterprise"]))]
    identity.stream(seed, "order").shuffle(rows)
    return rows


def _enterprises(seed: int, count: int) -> Iterator[Line]:
    """The enterprises: ordinary ones, works that share a code, namesakes in two cities, names one character apart."""
    rng = identity.stream(seed, "firms")
    names: set[str] = set()
    number = 0
    while number < count:
        brand = rng.choice(_FIRST) + rng.choice(_SECOND) + rng.choice(_SECOND)
        if brand in names:
            continue
        names.add(brand)
        match number % 20:
            case 3 if number + 2 <= count:
                group = _works(brand, number, rng)
            case 7 if number + 2 <= count:
                group = _namesakes(brand, number, rng)
            case 11 if number + 2 <= count:
                group = _twins(brand, number, rng)
            case _:
                group = [_firm(brand, number, rng, rng.choice(list(CITIES.values())))]
        yield from group
        number += len(group)


def _firm(brand: str, number: int, rng: Random, city: City, *, placed: bool = True) -> Line:
    county = rng.choice(sorted(city.counties))
    organisation = identity.organisation_code(rng)
    stem, trade = city.name.removesuffix("市"), rng.choice(_TRADES)
    shape = rng.random()
    name = f"{stem}{brand}{trade}有限公司" if shape < 0.6 or not placed else f"{brand}（{stem}）{trade}有限公司"
    return {
        "enterprise": f"E{number:05d}", "name": name, "place": stem, "former": None, "city": city.name,
        "uscc": identity.credit_code(county, organisation), "county": city.counties[county],
        "address": f"{city.name}{city.counties[county]}{rng.choice(_ROADS)}{number * 7 % 9973 + 1}号",
        "legal_rep": f"代表{number}",
    }  # fmt: skip


def _works(brand: str, number: int, rng: Random) -> list[Line]:
    """Two works of one legal person: one code, two names, two addresses."""
    city = rng.choice(list(CITIES.values()))
    whole = _firm(brand, number, rng, city)
    other = _firm(brand, number + 1, rng, city)
    name = whole["name"]
    return [
        {**whole, "name": f"{name}第一分厂"},
        {**other, "name": f"{name}第二分厂", "uscc": whole["uscc"], "legal_rep": whole["legal_rep"]},
    ]


def _namesakes(brand: str, number: int, rng: Random) -> list[Line]:
    """Two firms of one name in two cities: nothing but the name in common."""
    first, second = rng.sample(list(CITIES.values()), 2)
    one, other = _firm(brand, number, rng, first), _firm(brand, number + 1, rng, second)
    name = f"{brand}{rng.choice(_TRADES)}有限公司"
    return [{**one, "name": name, "place": ""}, {**other, "name": name, "place": ""}]


def _twins(brand: str, number: int, rng: Random) -> list[Line]:
    """Two firms of one county whose names differ in one character: no slip of the pen parts them."""
    city = rng.choice(list(CITIES.values()))
    one, other = _firm(brand, number, rng, city), _firm(brand, number + 1, rng, city)
    last = rng.choice([char for char in _SECOND if char != brand[2]])
    return [one, {**other, "name": one["name"].replace(brand, brand[:2] + last), "county": one["county"]}]


def _told(firm: Line, rng: Random) -> Iterator[Line]:
    """What two to five sources print of one enterprise; some knew it under its former name."""
    sources = sorted(rng.sample(SOURCES, rng.choice((2, 2, 3, 3, 4, 5))))
    renamed = rng.random() < 0.06
    former = firm["name"].replace(firm["name"][2 if firm["place"] else 0], "旧", 1) if renamed else None
    for index, source in enumerate(sources):
        name = former if former and index == 0 else firm["name"]
        yield _line(firm, source, str(name), former if index else None, index, rng)


def _line(firm: Line, source: str, name: str, former: str | None, index: int, rng: Random) -> Line:
    own = source in OWN_IDS
    code = firm["uscc"]
    chance = rng.random()
    if chance < 0.15:
        code = None
    elif chance < 0.20:
        code = identity.spoil(code)
    elif chance < 0.22:
        code = code[:9] + code[10] + code[9] + code[11:]
    printed = _varied(name, firm["place"], rng)
    if former and own and rng.random() < 0.8:
        printed = f"{printed}（原{former}）"
    with_address = own or rng.random() < 0.7
    return {
        "enterprise": firm["enterprise"], "source": source,
        "external_id": f"{source[2:5]}-{firm['enterprise'][1:]}" if own else None, "name": printed, "uscc": code,
        "region": firm["county"] if rng.random() < 0.95 else firm["city"],
        "address": firm["address"] if with_address else None,
        "permit_no": f"{firm['uscc']}{int(firm['enterprise'][1:]) % 2 + 1:03d}P" if source == "p-permit" else None,
        "legal_rep": firm["legal_rep"] if own else None, "at": f"2021-0{index + 1}-01T00:00:00Z",
    }  # fmt: skip


def _varied(name: str, place: str, rng: Random) -> str:
    """The name as one person types it: most as it is, each variation now and then."""
    match rng.randrange(12):
        case 0:
            return name.replace("（", "(").replace("）", ")")
        case 1:
            return name.replace("有限公司", "有限责任公司")
        case 2:
            return name.removeprefix(place)
        case 3:
            return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in name)
        case 4:
            return name.translate(_TRADITIONAL)
        case 5 if rng.random() < 0.4:
            return _slip(name, rng)
        case 6:
            return f"示例省{name}" if place and name.startswith(place) else name
        case 7:
            return f"{name[:4]} {name[4:]}"
        case _:
            return name


def _slip(name: str, rng: Random) -> str:
    """One character mistyped, or left out."""
    places = [i for i, char in enumerate(name) if char in _SLIPS]
    if places and rng.random() < 0.7:
        place = rng.choice(places)
        return name[:place] + _SLIPS[name[place]] + name[place + 1 :]
    place = rng.randrange(4, len(name) - 5)
    return name[:place] + name[place + 1 :]
