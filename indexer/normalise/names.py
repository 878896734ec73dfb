"""Names of enterprises (企业名称): folding for comparison and former names; ``forms`` has what they are searched by.

Nothing here decides that two enterprises are one; it only makes equal what differs in typing alone.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from indexer.normalise import characters

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-"))
_FORMER = re.compile(r"\((?:曾用名|原名称|原名|更名前|原):?(?P<name>[^()]{2,}(?:\([^()]*\)[^()]*)?)\)")
_PUNCTUATION = str.maketrans("\uff08\uff09\uff1a", "():")
_CUT = re.compile(r"(?:\.\.+|…+)$")


@lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """A name made comparable: NFKC, simplified, upper case, one kind of bracket and dash, no blanks; nothing cut.

    ``宝钢（上海） 有限公司`` → ``宝钢(上海)有限公司``. Branch words (分公司, 分厂) stay: a branch is a site of its own.
    """
    text = characters.simplified(unicodedata.normalize("NFKC", name).translate(_DASHES))
    text = text.replace("〔", "(").replace("〕", ")").replace("【", "(").replace("】", ")")
    return re.sub(r"\s+", "", text).upper()


@lru_cache(maxsize=20_000)
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


def fold_address(address: str) -> str:
    """An address made comparable: folded, without punctuation and without leading province and city words."""
    text = re.sub(r"[,。.;、()]", "", fold(address))
    return (
        re.sub(r"^(?:[一-鿿]{2,7}?(?:省|自治区))?(?:[一-鿿]{2,7}?市)?(?:[一-鿿]{2,9}?(?:区|县|市))?", "", text) or text
    )
