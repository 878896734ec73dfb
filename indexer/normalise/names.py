"""Names of enterprises (企业名称): folding for comparison, former names, and the variants people search by.

Nothing here decides that two enterprises are one; it only makes equal what differs in typing alone.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

# Traditional characters met in company names → simplified; a folded name is for comparing, the printed one is kept.
_TRADITIONAL = (
    "廠環電業華國產飲製藥機東廣臺灣紙鋼鐵銅鋁車輛發動氣燃熱煉鹽"
    "鹼塗膠橡絲綢織紡紗繡鞋飛龍鳳馬魚鳥場農牧養雞鴨豬餐館學醫療"
)
_SIMPLIFIED = (
    "厂环电业华国产饮制药机东广台湾纸钢铁铜铝车辆发动气燃热炼盐"
    "碱涂胶橡丝绸织纺纱绣鞋飞龙凤马鱼鸟场农牧养鸡鸭猪餐馆学医疗"
)
_TO_SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLIFIED)

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-"))
_FORMER = re.compile(r"\((?:曾用名|原名称|原名|更名前|原):?(?P<name>[^()]{2,}(?:\([^()]*\)[^()]*)?)\)")
_PUNCTUATION = str.maketrans("\uff08\uff09\uff1a", "():")
_CUT = re.compile(r"(?:\.\.+|…+)$")
_LEGAL_FORM = re.compile(r"(?:股份有限公司|有限责任公司|有限公司|集团公司|总公司|公司|总厂)$")
_PLACE = re.compile(r"^(?:中国)?[一-鿿]{2,7}?(?:省|自治区|市|自治州|地区|县|区)(?=[一-鿿]{2,})")
_BRACKETS = re.compile(r"\([^()]*\)")


@lru_cache(maxsize=200_000)
def fold(name: str) -> str:
    """A name made comparable: NFKC, simplified, upper case, one kind of bracket and dash, no blanks; nothing cut.

    ``宝钢（上海） 有限公司`` → ``宝钢(上海)有限公司``. Branch words (分公司, 分厂) stay: a branch is a site of its own.
    """
    text = unicodedata.normalize("NFKC", name).translate(_DASHES).translate(_TO_SIMPLIFIED)
    text = text.replace("〔", "(").replace("〕", ")").replace("【", "(").replace("】", ")")
    return re.sub(r"\s+", "", text).upper()


@lru_cache(maxsize=100_000)
def is_cut(name: str) -> bool:
    """True where the site cut the name (``…`` or ``...`` at its end): such a name proves no identity."""
    return bool(_CUT.search(unicodedata.normalize("NFKC", name).strip()))


def split_former(name: str) -> tuple[str, list[str]]:
    """The present name and the former ones (曾用名) printed in brackets behind it.

    ``甲公司（原乙公司）`` → (``甲公司``, [``乙公司``]). Other brackets belong to the name and stay.
    """
    text = re.sub(r"\s+", "", name).translate(_PUNCTUATION)
    former = [match["name"] for match in _FORMER.finditer(text)]
    if not former:
        return name.strip(), []
    return _FORMER.sub("", text), former


def short_names(name: str) -> list[str]:
    """Folded shorter forms people type: without legal form, without leading place, without brackets' content."""
    whole = fold(name)
    bare = _BRACKETS.sub("", whole)
    stems = {whole, bare, _LEGAL_FORM.sub("", whole), _LEGAL_FORM.sub("", bare)}
    stems |= {_PLACE.sub("", stem) for stem in stems}
    return sorted(stem for stem in stems if len(stem) >= 2 and stem != whole)


def search_names(names: list[str]) -> list[str]:
    """Every name folded, then every short form, each once and in a stable order."""
    folded = list(dict.fromkeys(fold(name) for name in names))
    shorter = [short for name in names for short in short_names(name)]
    return list(dict.fromkeys(folded + shorter))


@lru_cache(maxsize=100_000)
def pinyin(name: str) -> str:
    """Pinyin without tones or blanks, lower case: ``宝钢股份`` → ``baoganggufen``."""
    return "".join(lazy_pinyin(fold(name), errors=_keep_word_characters)).lower()


@lru_cache(maxsize=100_000)
def initials(name: str) -> str:
    """First letters of the pinyin, lower case: ``宝钢股份`` → ``bggf``."""
    return "".join(lazy_pinyin(fold(name), style=Style.FIRST_LETTER, errors=_keep_word_characters)).lower()


def _keep_word_characters(text: str) -> str:
    return "".join(re.findall(r"[0-9A-Za-z]", text))


def fold_address(address: str) -> str:
    """An address made comparable: folded, without punctuation and without leading province and city words."""
    text = re.sub(r"[,。.;、()]", "", fold(address))
    return (
        re.sub(r"^(?:[一-鿿]{2,7}?(?:省|自治区))?(?:[一-鿿]{2,7}?市)?(?:[一-鿿]{2,9}?(?:区|县|市))?", "", text) or text
    )
