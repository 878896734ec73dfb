"""The province's cities and counties (市, 县区) and the codes they carry."""

from __future__ import annotations

from dataclasses import dataclass

PROVINCE_CODE = "990000"
PROVINCE_NAME = "示例省"
SHARES = {"A": 36, "B": 28, "C": 24, "D": 12, "E": 10, "F": 10}
"""Enterprises by city in the default world of 120."""


@dataclass(frozen=True)
class City:
    """A city: letter of the script, four-digit code, name, counties {six-digit code: name}."""

    letter: str
    code: str
    name: str
    counties: dict[str, str]

    @property
    def code6(self) -> str:
        """Six digits, as a site prints it."""
        return self.code + "00"


def _city(number: int, letter: str, stem: str, counties: str) -> City:
    code = f"99{number:02d}"
    names = {f"{code}{2 + i:02d}": name for i, name in enumerate(counties.split())}
    return City(letter, code, f"{stem}川市", names)


CITIES: dict[str, City] = {
    "A": _city(1, "A", "甲", "甲东区 甲西区 甲南县 甲北县"),
    "B": _city(2, "B", "乙", "乙东区 乙西区 乙南县"),
    "C": _city(3, "C", "丙", "丙东区 丙西区 丙南县"),
    "D": _city(4, "D", "丁", "丁东区 丁南县"),
    "E": _city(5, "E", "戊", "戊东区 戊南县"),
    "F": _city(6, "F", "己", "己东区 己南县"),
}
DIRECT_CODE, DIRECT_NAME = "990781", "庚原市"
"""A county-level city directly below the province (省直管): city A's bureau lists its firms, no platform covers it."""

GUEST_CODE, GUEST_NAME = "9908", "辛川市"
GUEST_COUNTIES = {"990802": "辛东区", "990803": "辛西区", "990804": "辛南县"}
"""A city whose bureau publishes no list: some family sites speak of its enterprises, on whom no duty lies."""

REGIONS: dict[str, str] = {
    "99": PROVINCE_NAME,
    **{city.code: city.name for city in CITIES.values()},
    **{code: name for city in CITIES.values() for code, name in city.counties.items()},
    "9907": "省直管县级行政区划",
    DIRECT_CODE: DIRECT_NAME,
    GUEST_CODE: GUEST_NAME,
    **GUEST_COUNTIES,
}


def sizes(enterprises: int) -> dict[str, int]:
    """Enterprises by city for a world of that size, by largest remainder, at least one a city.

    Raises ValueError below 6 enterprises (a city would be empty).
    """
    if enterprises < len(SHARES):
        raise ValueError(f"--enterprises {enterprises}: at least {len(SHARES)} are needed, one a city")
    total = sum(SHARES.values())
    exact = {letter: enterprises * share / total for letter, share in SHARES.items()}
    counts = {letter: max(1, int(value)) for letter, value in exact.items()}
    order = sorted(SHARES, key=lambda letter: (counts[letter] - exact[letter], letter))
    step = 0
    while sum(counts.values()) < enterprises:
        counts[order[step % len(order)]] += 1
        step += 1
    while sum(counts.values()) > enterprises:
        counts[max(counts, key=lambda letter: counts[letter])] -= 1
    return counts
