"""Which things this run has written already: surely not, or perhaps (a Bloom filter), in memory that does not grow."""

from __future__ import annotations

_BITS = 1 << 26
"""8 MiB: at a million keys one in 100,000 is taken for written although it was not, and costs a look-up."""
_PROBES = 4


class Seen:
    """Keys added before are always found; others nearly never."""

    def __init__(self) -> None:
        self._bits = bytearray(_BITS >> 3)

    def add(self, key: str) -> None:
        """Remembers a key."""
        for place in _places(key):
            self._bits[place >> 3] |= 1 << (place & 7)

    def __contains__(self, key: str) -> bool:
        """False: surely never added."""
        return all(self._bits[place >> 3] & 1 << (place & 7) for place in _places(key))


def _places(key: str) -> list[int]:
    # Double hashing: two halves of one 64-bit hash are as good as four hash functions.
    value = hash(key)
    first, step = value & 0xFFFFFFFF, (value >> 32) | 1
    return [(first + number * step) & (_BITS - 1) for number in range(_PROBES)]
