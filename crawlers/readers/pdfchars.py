"""Characters of a PDF page as a reader sees them: overprinted ones once, a sideways page turned upright."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from typing import Any

_NEAR = 1.0
"""Points between two prints of one character: bold is faked by printing it twice to four times, a little aside."""
_DRIFT = 0.35
"""Share of the character's size that all prints together may drift: two letters ``l`` stand further apart."""
_TURNED = 0.8
"""Share of the characters that must stand sideways before the whole page is turned."""
_QUARTERS = {(0, 1): 90, (0, -1): 270, (-1, 0): 180}
"""Direction in which the text runs (x, y upwards) → degrees clockwise by which the page is turned to be read."""


def once(page: Any) -> Any:
    """The page with every overprinted character once; the page itself where there is none."""
    groups: dict[tuple[str, bool], list[dict[str, Any]]] = defaultdict(list)
    for char in page.chars:
        groups[char["text"], char["upright"]].append(char)
    twice: set[int] = set()
    for group in groups.values():
        if len(group) > 1:
            twice |= _copies(sorted(group, key=lambda char: (char["top"], char["x0"])))
    return page.filter(lambda thing: id(thing) not in twice) if twice else page


def _copies(chars: list[dict[str, Any]]) -> set[int]:
    """Ids of the characters (of one text, from top to bottom) that print an earlier one again."""
    kept: list[tuple[dict[str, Any], list[dict[str, Any]]]] = []
    tops: list[float] = []
    copies: set[int] = set()
    for char in chars:
        first = bisect_left(tops, char["top"] - _NEAR - _DRIFT * char["size"])
        for original, prints in kept[first:]:
            if _prints(original, prints, char):
                prints.append(char)
                copies.add(id(char))
                break
        else:
            kept.append((char, [char]))
            tops.append(char["top"])
    return copies


def _prints(original: dict[str, Any], prints: list[dict[str, Any]], char: dict[str, Any]) -> bool:
    drift = max(_NEAR, _DRIFT * char["size"])
    if abs(char["x0"] - original["x0"]) > drift or abs(char["top"] - original["top"]) > drift:
        return False
    return any(abs(char["x0"] - one["x0"]) <= _NEAR and abs(char["top"] - one["top"]) <= _NEAR for one in prints)


def turn(page: Any) -> int:
    """Degrees clockwise by which a page must be turned so that nearly all its text stands upright; 0 for most pages.

    Scanned and landscape tables are often set sideways on an upright page, and a page's own ``/Rotate`` may turn text
    away that stood upright.
    """
    directions = Counter(_direction(char["matrix"]) for char in page.chars)
    if not directions:
        return 0
    (direction, count), *_ = directions.most_common(1)
    return _QUARTERS.get(direction, 0) if count >= _TURNED * len(page.chars) else 0


def _direction(matrix: tuple[float, ...]) -> tuple[int, int]:
    a, b = matrix[0], matrix[1]
    if abs(a) >= abs(b):
        return (1 if a >= 0 else -1, 0)
    return (0, 1 if b >= 0 else -1)


def turned(pdf: Any, page: Any, degrees: int) -> Any:
    """The page anew, turned clockwise by ``degrees`` beyond what it states itself."""
    rotation = (page.page_obj.rotate + degrees) % 360
    page.page_obj.rotate = rotation
    page.page_obj.attrs["Rotate"] = rotation
    page.close()
    return type(page)(pdf, page.page_obj, page.page_number, page.initial_doctop)
