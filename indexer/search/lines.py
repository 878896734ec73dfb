"""Lines of a list to look up, as people paste them or keep them in a sheet: a name, a code, a place, in any order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.normalise import codes

MOST = 5_000
"""Lines of one look-up."""
_CODE = re.compile(r"[0-9A-Z]{18}(?:\d{3}[0-9A-Z])?")
_PARTS = re.compile(r"\t|,|，|;|；|\|| {2,}|\u3000")
_HEADS = {
    "name": re.compile(r"名称|企业|单位|name|company", re.I),
    "code": re.compile(r"代码|编号|许可|code|uscc|permit", re.I),
    "place": re.compile(r"地区|区域|区县|行政区|所在|region|place", re.I),
}
_PLACE = re.compile(r"^[一-鿿]{2,12}(?:省|市|区|县|州|旗|盟)$")


@dataclass(frozen=True)
class Line:
    """One line: ``number`` from 1 as it stood in the list; ``code`` a credit code or permit number, cleaned."""

    number: int
    text: str
    name: str
    code: str = ""
    place: str = ""


def of_text(text: str) -> list[Line]:
    """The lines of a pasted list; empty ones are left out, their numbers are kept."""
    found = (of_line(number, row) for number, row in enumerate(text.splitlines(), start=1))
    return [one for one in found if one]


def of_line(number: int, text: str) -> Line | None:
    """One line of text; None where it is empty."""
    return line(number, _PARTS.split(text)) if text.strip() else None


def of_table(rows: Iterable[Sequence[object]]) -> list[Line]:
    """The lines of a sheet: by its header where the first row is one, else by what the cells look like."""
    table = [[_text(cell) for cell in row] for row in rows]
    if not table:
        return []
    head = _header(table[0])
    numbered = enumerate(table, start=1)
    filled = [(number, row) for number, row in numbered if any(row) and not (head and number == 1)]
    return [_by_header(number, row, head) if head else line(number, row) for number, row in filled]


def _text(cell: object) -> str:
    """A cell as text: a number without the point that spreadsheets add, nothing for nothing."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else " ".join(str(cell).split())


def _header(row: Sequence[str]) -> dict[str, int]:
    """Column of the name, the code and the place; empty where no cell is a heading for names or codes."""
    if any(_CODE.fullmatch(codes.clean(cell)) for cell in row):
        return {}
    found: dict[str, int] = {}
    for meaning, pattern in (("code", _HEADS["code"]), ("place", _HEADS["place"]), ("name", _HEADS["name"])):
        for column, cell in enumerate(row):
            if pattern.search(cell) and len(cell) <= 16 and column not in found.values():
                found.setdefault(meaning, column)
    name = found.get("name")
    is_head = name is None or not re.search(r"公司|厂$", row[name]) or row[name] == "公司名称"
    return found if ("name" in found or "code" in found) and is_head else {}


def _by_header(number: int, row: Sequence[str], head: dict[str, int]) -> Line:
    cells = {meaning: row[column] if column < len(row) else "" for meaning, column in head.items()}
    code = codes.clean(cells.get("code", ""))
    return Line(number, "\t".join(cells.values()), cells.get("name", ""), code, cells.get("place", ""))


def line(number: int, cells: Sequence[str]) -> Line:
    """A line without a header: a code is known by its shape, a place by its ending, the first other cell is a name."""
    parts = [cell.strip() for cell in cells if cell.strip()]
    whole = "\t".join(parts)
    found = [codes.clean(part) for part in parts if _CODE.fullmatch(codes.clean(part))]
    words = [part for part in parts if codes.clean(part) not in found]
    names = [part for part in words if not _PLACE.match(part)] or words
    place = next((part for part in words if _PLACE.match(part) and part not in names), "")
    name, inside = _without_code(names[0] if names else "")
    return Line(number, whole, name, found[0] if found else inside, place)


def _without_code(text: str) -> tuple[str, str]:
    """A name and a code behind it with a single blank: ``甲厂 91310000…``."""
    *before, last = text.split(" ") if " " in text else [text]
    if before and _CODE.fullmatch(codes.clean(last)):
        return " ".join(before).strip(), codes.clean(last)
    return text, ""


def too_many(lines: Sequence[Line]) -> bool:
    """True where the list must be cut by whoever sent it."""
    return len(lines) > MOST


def shown(lines: Iterable[Line]) -> Iterator[str]:
    """The lines as they can be pasted again."""
    yield from (one.text for one in lines)
