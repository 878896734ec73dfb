"""Trade names (商号) in two scripts: BASF is 巴斯夫 in the names of its firms. A query says both."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

import yaml

from indexer.normalise import names

_LATIN = re.compile(r"[0-9A-Z&'.\-]+")


@lru_cache(maxsize=1)
def _groups() -> dict[str, tuple[str, ...]]:
    """Folded spelling → all folded spellings of the same group, itself included."""
    text = (files("indexer.search") / "trade_names.yaml").read_text(encoding="utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for line in yaml.safe_load(text):
        group = tuple(dict.fromkeys(names.fold(str(word)) for word in line))
        for word in group:
            found[word] = tuple(dict.fromkeys((*found.get(word, ()), *group)))
    return found


def others(word: str) -> list[str]:
    """The same trade name in its other spellings; ``word`` is folded: BASF → [巴斯夫]."""
    return [other for other in _groups().get(word, ()) if other != word]


def joined(words: list[str]) -> list[str]:
    """Latin words of one trade name put together: [AIR, LIQUIDE, 上海] → [AIRLIQUIDE, 上海], where it is one."""
    for size in (3, 2):
        for start in range(len(words) - size + 1):
            part = words[start : start + size]
            if all(_LATIN.fullmatch(word) for word in part) and "".join(part) in _groups():
                return joined([*words[:start], "".join(part), *words[start + size :]])
    return words
