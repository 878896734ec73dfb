"""Which things this run has written already: surely not, or perhaps (a Bloom filter), in memory that does not grow."""

from __future__ import annotations

_BITS = 1 << 26
"""8 MiB: at a million keys one in 100,000 is taken for written although it was not, and costs a look-up."""
_MASK = _BITS - 1


class Seen:
    """Keys added before are always found; others nearly never."""

    def __init__(self) -> None:
        self._bits = bytearray(_BITS >> 3)

    def add(self, key: str) -> bool:
        """Remembers a key; False where it was surely never added before."""
        bits, known = self._bits, True
        for place in _places(key):
            byte, bit = place >> 3, 1 << (place & 7)
            if not bits[byte] & bit:
                bits[byte] |= bit
                known = False
        return known

    def __contains__(self, key: str) -> bool:
        """False: surely never added."""
        bits = self._bits
        return all(bits[place >> 3] & 1 << (place & 7) for place in _places(key))


def _places(key: str) -> tuple[int, int, int, int]:
    # Double hashing: two halves of one 64-bit hash are as good as four hash functions.
    value = hash(key)
    first, step = value & _MASK, (value >> 32) | 1
    return first, (first + step) & _MASK, (first + 2 * step) & _MASK, (first + 3 * step) & _MASK
