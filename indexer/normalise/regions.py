"""Administrative divisions (行政区划, GB/T 2260): words of a site → code, code → path, names and successor.

The dated table comes with python-stdnum (``cn/loc.dat``, history included), successors from vocabulary/regions.yaml.
A source may bring codes of its own (``regions: {code: name}``), which win over the table: an example province uses
unassigned codes.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from indexer.normalise.data import load

# Cities that are provinces (直辖市): their counties hang directly below the province.
MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
_SUFFIX = re.compile(r"(?:特别行政区|[一-鿿]{1,4}族自治[区州县]|自治[区州县旗]|地区|林区|省|市|盟|县|区|旗)$")
_ENTRY = re.compile(r'county="(?P<names>[^"]*)"')
_DATED = re.compile(r"^\[(?P<from>\d{4})?-(?P<to>\d{4})?\](?P<name>.+)$")


@dataclass(frozen=True)
class Held:
    """A name that a code held in the years ``first``..``last``, each None where the table does not bound it."""

    name: str
    first: int | None
    last: int | None


@dataclass(frozen=True)
class Regions:
    """A code table; ``names`` maps codes of 2, 4 or 6 digits to the latest name, ``former`` older names to codes.

    ``history``: code → names with their years; ``successors``: code that ended → code that its area has now.
    """

    names: dict[str, str]
    former: dict[str, tuple[str, ...]] = field(default_factory=dict)
    history: dict[str, tuple[Held, ...]] = field(default_factory=dict)
    successors: dict[str, str] = field(default_factory=dict)
    _by_word: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _paths: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)
    _full: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    """Paths and full names of the table's codes, as far as they were asked for."""

    def extended(self, extra: dict[str, str]) -> Regions:
        """This table with a source's own codes added (codes of 2, 4 or 6 digits, or padded with zeros)."""
        if not extra:
            return self
        own = {shorten(str(code)): str(name) for code, name in extra.items()}
        return build({**self.names, **own}, self.former, self.history, self.successors)

    def current(self, code: str) -> str:
        """The code that the area of ``code`` has today: ``371202`` (莱城区, 莱芜) → ``370116`` (莱芜区, 济南)."""
        for _ in range(8):
            if code not in self.successors:
                break
            code = self.successors[code]
        return code

    def held(self, code: str, year: int) -> str | None:
        """The name that ``code`` held in ``year``, or None where it was no division then (or the table is silent)."""
        for held in self.history.get(code, ()):
            if (held.first is None or held.first <= year) and (held.last is None or year <= held.last):
                return held.name
        return None

    def path(self, code: str | None) -> list[str]:
        """Codes from province to ``code``: ``330302`` → [``33``, ``3303``, ``330302``]."""
        if not code:
            return []
        known = self._paths.get(code)
        if known is None:
            steps = [code[:2], code] if code[:2] in MUNICIPALITIES else [code[:2], code[:4], code]
            known = tuple(dict.fromkeys(step for step in steps if len(step) <= len(code)))
            if code in self.names:
                self._paths[code] = known
        return list(known)

    def name(self, code: str | None) -> str:
        """The full name from province to county, ``浙江省温州市鹿城区``; empty for an unknown code."""
        if not code:
            return ""
        known = self._full.get(code)
        if known is None:
            known = "".join(dict.fromkeys(self.names.get(step, "") for step in self.path(code)))
            if code in self.names:
                self._full[code] = known
        return known

    def is_name(self, word: str) -> bool:
        """True where ``word`` is a division's whole name, present or former, with or without 省, 市, 县."""
        return word in self._by_word

    def find(self, text: str | None, within: tuple[str, ...] = ()) -> str | None:
        """The code that ``text`` (a code or words) means inside ``within``; None where unknown or ambiguous.

        Words may join several levels (``浙江省-衢州市-柯城区``, ``上海市徐汇区``); the deepest one that fits counts.
        """
        if not text:
            return None
        word = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
        if re.fullmatch(r"\d{2,12}", word):
            return self._known_code(word)
        return self._find_words(word, within)

    def _known_code(self, digits: str) -> str | None:
        code = shorten(digits[:6])
        while code and code not in self.names:
            code = code[:-2]
        return code or None

    def _find_words(self, word: str, within: tuple[str, ...]) -> str | None:
        parts = [part for part in re.split(r"[-/·,、>]+", word) if part and part != "市辖区"]
        if len(parts) == 1:
            parts = self._segment(parts[0])
        scope: tuple[str, ...] = within
        found: str | None = None
        for part in parts:
            code = self._one(part, scope)
            if code is not None:
                found, scope = code, (code,)
        return found

    def _segment(self, word: str) -> list[str]:
        """Cuts ``浙江省温州市鹿城区`` into known names from the left, longest first; words that are none stay whole."""
        if word in self._by_word:
            return [word]
        parts, rest = [], word
        while rest:
            size = next((n for n in range(min(len(rest), 15), 1, -1) if rest[:n] in self._by_word), 0)
            if not size:
                break
            parts.append(rest[:size])
            rest = rest[size:]
        return parts or [word]

    def _one(self, word: str, scope: tuple[str, ...]) -> str | None:
        codes = self._by_word.get(word, ())
        if scope:
            codes = tuple(code for code in codes if code.startswith(scope))
        if len(codes) > 1 and len(word) > 2:
            today = {self.current(code) for code in codes}
            codes = tuple(today) if len(today) == 1 else self._in_force(codes)
        shortest = min(codes, key=len, default="")
        nested = all(code.startswith(shortest) for code in codes)
        return shortest if codes and nested else None

    def _in_force(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Of several codes of one name the one in force today; where all ended in one province, that which ended last.

        莱芜市 had five codes one after another.
        """
        years = {code: max((held.last or 9999 for held in self.history.get(code, ())), default=9999) for code in codes}
        latest = max(years.values())
        newest = tuple(code for code in codes if years[code] == latest)
        one_province = len({code[:2] for code in codes}) == 1
        return newest if len(newest) == 1 and (latest == 9999 or one_province) else codes


def shorten(code: str) -> str:
    """A code without trailing empty levels: ``310000`` → ``31``, ``330300000000`` → ``3303``."""
    code = code[:6]
    while len(code) > 2 and code.endswith("00"):
        code = code[:-2]
    return code


def city(code: str | None) -> str | None:
    """The city a code lies in (a municipality counts as one city); None for a bare province or nothing."""
    if not code:
        return None
    if code[:2] in MUNICIPALITIES:
        return code[:2]
    return code[:4] if len(code) >= 4 else None


def build(
    names: dict[str, str],
    former: dict[str, tuple[str, ...]],
    history: dict[str, tuple[Held, ...]] | None = None,
    successors: dict[str, str] | None = None,
) -> Regions:
    """A table with its look-up of words: full names, names without their suffix, former names."""
    words: dict[str, set[str]] = {}
    for code, name in names.items():
        for word in {name, _SUFFIX.sub("", name)}:
            if len(word) >= 2:
                words.setdefault(word, set()).add(code)
    for name, codes in former.items():
        if name not in words:
            words[name] = set(codes)
    for zone, code in load("regions")["zones"].items():
        words.setdefault(unicodedata.normalize("NFKC", zone), {code})
    by_word = {word: tuple(sorted(codes)) for word, codes in words.items()}
    return Regions(names, former, history or {}, successors or {}, by_word)


@lru_cache(maxsize=1)
def china() -> Regions:
    """The national table; names no longer in force are found by their old name."""
    history: dict[str, list[Held]] = {}
    names: dict[str, str] = {}
    province = ""
    for line in files("stdnum").joinpath("cn/loc.dat").read_text(encoding="utf-8").splitlines():
        if head := re.match(r'^(\d\d) province="([^"]+)"', line):
            province = head[1]
            names[province] = head[2]
        elif (entry := _ENTRY.search(line)) and province:
            history.setdefault(shorten(province + line.split()[0]), []).extend(map(_held, entry["names"].split(",")))
    former: dict[str, set[str]] = {}
    for code, listed in history.items():
        for held in listed:
            if held.last is None:
                names[code] = held.name
            else:
                former.setdefault(held.name, set()).add(code)
    for name, codes in former.items():
        for code in sorted(codes - set(names)):
            names[code] = name
    return build(
        names,
        {name: tuple(sorted(codes)) for name, codes in former.items()},
        {code: tuple(listed) for code, listed in history.items()},
        {str(old): str(new) for old, new in load("regions")["successors"].items()},
    )


def _held(item: str) -> Held:
    """One name of the table, ``[1986-2010]`` before one that held in those years only."""
    dated = _DATED.match(item)
    if dated is None:
        return Held(item.removesuffix("*"), None, None)
    first, last = (int(dated[name]) if dated[name] else None for name in ("from", "to"))
    return Held(dated["name"].removesuffix("*"), first, last)
