"""The ways in which one word of the search box can be meant; every weight says which search it is for."""

from __future__ import annotations

import re
from typing import Any

from indexer.normalise import pollutants
from indexer.normalise.regions import Regions
from indexer.search import spelling, trade

Body = dict[str, Any]

# Whole code or permit number: nobody types 18 characters to find something else.
WHOLE_CODE = 100.0
# Exactly the present name: "上海石化" before a site that was once called so, or is so for short.
PRESENT_NAME = 80.0
# Exactly a former name or a short form ("上海石化"): that site before the dozens that contain it.
WHOLE_NAME = 60.0
# "宝钢" for 宝山钢铁股份有限公司, before the dozen firms whose names hold 宝钢: more than two rare characters score.
ABBREVIATION = 150.0
# A whole name or short form typed in pinyin or initials: before names that only begin so.
WHOLE_SOUND = 40.0
WHOLE_INITIALS = 35.0
# The beginning of a code, typed from a paper in the hand.
CODE_START = 30.0
# A legal representative's whole name, asked for by staff: few firms have it, and no name of a firm should hide them.
PERSON = 30.0
# The other script of a trade name, BASF for 巴斯夫: below names that print it as it was typed.
TRADE_NAME = 7.0
# The beginning of a name: "宝山钢铁" is rather 宝山钢铁股份有限公司 than 上海宝山钢铁贸易.
NAME_START = 8.0
# A piece from the middle of a code: an organisation code inside a credit code, a site's number in a permit.
CODE_PIECE = 8.0
# The characters in this order and together: "宝钢" is not "钢宝".
NAME_PHRASE = 6.0
# Pinyin, whole or initials, as people type it without an input method ("baogang", "bg").
PINYIN_START = 4.0
INITIALS_START = 3.0
# Syllables from the middle of a name, together ("heteng") and apart ("hetenghuagong").
SYLLABLES_TOGETHER = 2.0
SYLLABLES_ANYWHERE = 1.0
# All single characters in any order: finds "温州电镀" in "温州市鹿城电镀厂"; those standing nearer together come first.
NAME_CHARACTERS = 1.0
# Part of an address ("田林路222号"): below every name that contains it.
ADDRESS = 1.0
# A region or a pollutant selects; it should not outrank a name that contains the same word.
SELECTS = 1.0

SINGLES = "standard"
"""Analyzer of the query where single characters are meant; the field itself also holds pairs of neighbours."""
PAIRS = "prose"
"""Analyzer of the query where pairs of neighbours alone are meant."""
_CODE = re.compile(r"[0-9A-Z]{4,22}")
_LETTERS = re.compile(r"(?=.*[a-z])[0-9a-z]{2,60}")
_SHORTEST_ADDRESS = 3
_HAN = re.compile(r"[一-鿿]")


def ways(word: str, regions: Regions) -> list[Body]:
    """All clauses of which a folded word must match one."""
    found = [*as_name(word), *_as_code(word), *_as_letters(word), *_as_address(word)]
    for other in trade.others(word):
        found.append({"constant_score": {"filter": _phrase(other, 1.0), "boost": TRADE_NAME}})
    return [*found, *_as_place_or_pollutant(word, regions)]


def as_name(word: str) -> list[Body]:
    """The word as a name, from exactly it to its characters in any order."""
    found = [
        term("name", word, PRESENT_NAME),
        term("search_names.exact", word, WHOLE_NAME),
        {"prefix": {"search_names.start": {"value": word, "boost": NAME_START}}},
        _phrase(word, NAME_PHRASE),
    ]
    if not _HAN.search(word):
        return found
    return [*found, term("abbreviations", word, ABBREVIATION), _anywhere(word)]


def _phrase(word: str, boost: float) -> Body:
    return {"match_phrase": {"search_names": {"query": word, "analyzer": SINGLES, "boost": boost}}}


def _anywhere(word: str) -> Body:
    return _apart("search_names", word, NAME_CHARACTERS)


def _apart(name: str, text: str, boost: float) -> Body:
    """Every token in any order; neighbours that stand together raise the score: 赫腾化工 is rather 赫腾…化工."""
    every = {"query": text, "analyzer": SINGLES, "operator": "and", "boost": boost}
    pairs = {"query": text, "analyzer": PAIRS, "boost": boost}
    return {"bool": {"must": [{"match": {name: every}}], "should": [{"match": {name: pairs}}]}}


def _as_code(word: str) -> list[Body]:
    if not _CODE.fullmatch(word) or not re.search(r"\d", word):
        return []
    found: list[Body] = []
    for name in ("usccs", "permit_nos"):
        found += [
            term(name, word, WHOLE_CODE),
            {"prefix": {name: {"value": word, "boost": CODE_START}}},
            {"wildcard": {name: {"value": f"*{word}*", "boost": CODE_PIECE}}},
        ]
    return found


def _as_letters(word: str) -> list[Body]:
    letters = re.sub(r"[-'.&]", "", word.lower())
    if not _LETTERS.fullmatch(letters):
        return []
    found = [
        term("pinyin", letters, WHOLE_SOUND),
        term("initials", letters, WHOLE_INITIALS),
        {"prefix": {"pinyin.start": {"value": letters, "boost": PINYIN_START}}},
        {"prefix": {"initials.start": {"value": letters, "boost": INITIALS_START}}},
    ]
    sounds = " ".join(spelling.syllables(letters))
    return [*found, *as_sounds(sounds)] if sounds else found


def as_sounds(sounds: str) -> list[Body]:
    """Syllables, blanks between them, from anywhere in a name."""
    together = {"query": sounds, "analyzer": SINGLES, "boost": SYLLABLES_TOGETHER}
    return [{"match_phrase": {"syllables": together}}, _apart("syllables", sounds, SYLLABLES_ANYWHERE)]


def _as_address(word: str) -> list[Body]:
    if len(word) < _SHORTEST_ADDRESS or not _HAN.search(word):
        return []
    return [{"match_phrase": {"address": {"query": word, "boost": ADDRESS}}}]


def _as_place_or_pollutant(word: str, regions: Regions) -> list[Body]:
    found: list[Body] = []
    region = regions.find(word)
    if region and _reads_as(word, regions.name(region)):
        found.append(term("region_path", region, SELECTS))
    pollutant = pollutants.resolve(word)
    if pollutant:
        found.append(term("pollutants", pollutant.name, SELECTS))
    return found


def _reads_as(word: str, name: str) -> bool:
    """True where the word is the name with parts left out: ``上海金山`` of 上海市金山区, but not ``金山化工``."""
    rest = iter(name)
    return word.isdigit() or all(character in rest for character in word)


def term(name: str, value: str, boost: float) -> Body:
    """One exact value at one weight, however rare it is."""
    return {"constant_score": {"filter": {"term": {name: value}}, "boost": boost}}
