"""Invented names and identifiers: credit codes (统一社会信用代码 GB 32100), organisation codes (GB 11714), site ids."""

from __future__ import annotations

import hashlib
from random import Random

_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_BRAND_FIRST = "宏恒瑞鼎盛启晟嘉博信远泰华景源润凯隆茂腾"
_BRAND_SECOND = "泰达丰和辉林诚通发安业祥元昌平新兴利康顺"
_SURNAMES = "甄贾示范虚拟例假"
INDUSTRIES: tuple[tuple[str, str, str, str], ...] = (
    ("化工", "有机化学原料制造", "废水,废气", "丙烯酸酯"),
    ("造纸", "机制纸及纸板制造", "废水,废气", "箱板纸"),
    ("印染", "棉印染精加工", "废水", "印染布"),
    ("水务", "污水处理及其再生利用", "废水", "污水处理"),
    ("水泥", "水泥制造", "废气", "熟料"),
    ("钢铁", "炼钢", "废水,废气", "连铸坯"),
    ("电镀", "金属表面处理及热处理加工", "废水,危废", "镀锌件"),
    ("制药", "化学药品原料药制造", "废水,废气,危废", "原料药"),
    ("环保", "危险废物治理", "废气,危废", "危险废物焚烧"),
    ("食品", "屠宰", "废水", "冷鲜肉"),
)
"""Word in the name, 行业类别, 污染源类别, main product."""
POWER = ("发电", "火力发电", "废水,废气", "电力")


def stream(seed: int, *parts: object) -> Random:
    """A generator of its own for each purpose, so that adding one draw never shifts another's."""
    return Random(":".join(map(str, (seed, *parts))))


def hex32(*parts: object) -> str:
    """32 hex digits that depend on ``parts`` alone."""
    return hashlib.md5(":".join(map(str, parts)).encode(), usedforsecurity=False).hexdigest()


def organisation_code(rng: Random) -> str:
    """Nine characters with their GB 11714 check character."""
    body = "MA9" + "".join(rng.choice("0123456789") for _ in range(5))
    total = sum((int(c) if c.isdigit() else ord(c) - 55) * w for c, w in zip(body, _ORG_WEIGHTS, strict=True))
    check = 11 - total % 11
    return body + {10: "X", 11: "0"}.get(check, str(check))


def credit_code(region: str, organisation: str) -> str:
    """Eighteen characters with their GB 32100 check character."""
    body = "91" + region + organisation
    total = sum(_USCC.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + _USCC[(31 - total % 31) % 31]


def spoil(code: str) -> str:
    """The code with a wrong check character, as one in a thousand is printed."""
    return code[:17] + _USCC[(_USCC.index(code[17]) + 5) % 31]


def company_name(city: str, word: str, rng: Random) -> str:
    """``甲川宏泰化工有限公司`` or, one in five, ``宏泰（甲川）化工有限公司``."""
    brand = rng.choice(_BRAND_FIRST) + rng.choice(_BRAND_SECOND)
    stem = city.removesuffix("市")
    form = "股份有限公司" if rng.random() < 0.15 else "有限公司"
    if rng.random() < 0.2:
        return f"{brand}（{stem}）{word}{form}"
    return f"{stem}{brand}{word}{form}"


def person(rng: Random) -> str:
    """An invented legal representative; no such name is a real person's."""
    return rng.choice(_SURNAMES) + "示" + rng.choice("甲乙丙丁戊己庚辛")
