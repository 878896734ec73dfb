"""Latin letters typed for Chinese: which syllables of pinyin (拼音) they are."""

from __future__ import annotations

from functools import lru_cache

from pypinyin import lazy_pinyin

LONGEST = 6
"""Letters of the longest syllable (``zhuang``)."""


@lru_cache(maxsize=1)
def _all() -> frozenset[str]:
    """Every syllable without its tone."""
    return frozenset(sound for sound in lazy_pinyin("".join(map(chr, range(0x4E00, 0xA000)))) if sound.isascii())


@lru_cache(maxsize=10_000)
def syllables(letters: str) -> tuple[str, ...]:
    """The letters cut into the fewest syllables, or () where they are none: ``baogang`` → (bao, gang)."""
    best: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(letters) + 1):
        options = [
            (*before, letters[start:end])
            for start in range(max(0, end - LONGEST), end)
            if (before := best[start]) is not None and letters[start:end] in _all()
        ]
        best.append(min(options, key=len, default=None))
    return best[-1] or ()
