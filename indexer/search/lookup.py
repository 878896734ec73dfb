"""Many names at once: each line of a list answered with the enterprise it means, how surely, and what is doubtful.

Whole names, former names, short names and codes are asked for some hundred at a time; only lines that none of these
answers are searched one by one, many searches a request.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from rapidfuzz import fuzz

from indexer.normalise import forms, names
from indexer.normalise.regions import Regions
from indexer.search import queries, suggest, trade
from indexer.search.lines import Line
from indexer.search.queries import MAX_WINDOW, Body, Filters

Doubt = Literal["none", "several", "former", "short", "near", "code_differs", "not_found", "empty"]
FIELDS = (
    "id", "name", "names", "search_names", "abbreviations", "pinyin", "usccs", "permit_nos", "region_path",
    "region_name", "first_seen",
)  # fmt: skip
TERMS = 500
"""Names or codes of one exact search."""
SEARCHES = 100
"""Searches of one request."""
OTHERS = 3
LONG = 5
"""Characters of a name for which what is nearest is enough: it holds what the page's own search would find."""
SURE = 0.9
"""Two names less alike than this are not said to be one by their letters: they are only shown."""


class Searcher(Protocol):
    """What a look-up needs of the store."""

    def msearch(self, searches: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Body]:
        """Answers to several searches in one round trip."""
        ...


@dataclass(frozen=True)
class Answer:
    """A line with what it means: ``score`` 0 to 1 is how alike what was given and what was found are.

    ``doubt`` says why a person should look: ``several`` sites answer equally, ``former`` or ``short`` name, only
    ``near``, ``code_differs`` (the name and the code given are of two enterprises), ``not_found``, ``empty``.
    """

    line: Line
    found: dict[str, Any] | None = None
    score: float = 0.0
    doubt: Doubt = "not_found"
    others: tuple[dict[str, Any], ...] = field(default=())


def look_up(store: Searcher, lines: Sequence[Line], regions: Regions) -> list[Answer]:
    """An answer for every line, in their order."""
    known = _Known.of(_exact(store, lines))
    answers = {line.number: _known_answer(line, known, regions) for line in lines}
    missing = [line for line in lines if answers[line.number] is None]
    answers |= _near(store, missing, regions)
    return [answers[line.number] or Answer(line) for line in lines]


def _exact(store: Searcher, lines: Sequence[Line]) -> Iterator[dict[str, Any]]:
    """Every enterprise that carries one of the names or codes as it is."""
    words = sorted({names.fold(line.name) for line in lines if line.name})
    codes = sorted({line.code for line in lines if line.code})
    asked = [_called(part) for part in _parts(words)]
    asked += [
        {"bool": {"should": [{"terms": {name: [code.lower() for code in part]}} for name in ("usccs", "permit_nos")]}}
        for part in _parts(codes)
    ]
    body = {"size": MAX_WINDOW, "_source": list(FIELDS), "track_total_hits": False}
    searches = [("enterprises", {**body, "query": query}) for query in asked]
    for part in _parts(searches, 4):
        for answer in store.msearch(part):
            yield from (hit["_source"] for hit in answer["hits"]["hits"])


def _called(words: list[str]) -> Body:
    exact = {"terms": {"search_names.exact": [word.lower() for word in words]}}
    return {"bool": {"should": [exact, {"terms": {"abbreviations": words}}]}}


def _parts(values: Sequence[Any], size: int = TERMS) -> Iterator[list[Any]]:
    for start in range(0, len(values), size):
        yield list(values[start : start + size])


@dataclass(frozen=True)
class _Known:
    """The enterprises fetched, by what they are called and coded."""

    by_name: dict[str, list[dict[str, Any]]]
    by_code: dict[str, list[dict[str, Any]]]

    @classmethod
    def of(cls, found: Iterable[dict[str, Any]]) -> _Known:
        """Each enterprise once, under every form of its names and every code."""
        by_name: dict[str, list[dict[str, Any]]] = {}
        by_code: dict[str, list[dict[str, Any]]] = {}
        for one in {document["id"]: document for document in found}.values():
            for name in [*one["search_names"], *one["abbreviations"]]:
                by_name.setdefault(name, []).append(one)
            for code in [*one["usccs"], *one["permit_nos"]]:
                by_code.setdefault(code, []).append(one)
        return cls(by_name, by_code)


def _known_answer(line: Line, known: _Known, regions: Regions) -> Answer | None:
    """The answer where a name or code is exactly known; None where the line must be searched for."""
    if not line.name and not line.code:
        return Answer(line, doubt="empty")
    named = _inside(known.by_name.get(names.fold(line.name), []), line, regions)
    coded = known.by_code.get(line.code, [])
    both = [one for one in named if one in coded]
    if both:
        return _chosen(line, both, "none")
    if named and coded:
        return Answer(line, coded[0], _alike(line.name, coded[0]), "code_differs", tuple(named[:OTHERS]))
    if named:
        return _chosen(line, named, "none")
    if coded:
        return _chosen(line, coded, "none" if not line.name or _alike(line.name, coded[0]) >= SURE else "code_differs")
    return None


def _inside(found: list[dict[str, Any]], line: Line, regions: Regions) -> list[dict[str, Any]]:
    """Those in the region that the line names, where it names one that any of them lies in."""
    code = regions.find(line.place) if line.place else None
    return [one for one in found if code in one["region_path"]] or found


def _chosen(line: Line, found: list[dict[str, Any]], doubt: Doubt) -> Answer:
    """The best of several, present names before former and short ones."""
    word = names.fold(line.name)
    ordered = sorted(found, key=lambda one: (_rank(word, one), one["first_seen"], one["id"]))
    best, others = ordered[0], ordered[1:]
    equal = [one for one in others if _rank(word, one) == _rank(word, best)]
    if doubt == "none" and equal:
        doubt = "several"
    elif doubt == "none" and word:
        doubt = _DOUBTS[_rank(word, best)]
    return Answer(
        line, best, 1.0 if doubt in ("none", "several") else _alike(line.name, best), doubt, tuple(others[:OTHERS])
    )


_DOUBTS: tuple[Doubt, ...] = ("none", "former", "short", "none")
"""By rank; a line found by its code alone has no name that could be a former one."""


def _rank(word: str, one: dict[str, Any]) -> int:
    """0 the present name, 1 a former one, 2 a short form, 3 none of them."""
    if not word:
        return 3
    if names.fold(one["name"]) == word:
        return 0
    if any(names.fold(name["name"]) == word for name in one["names"]):
        return 1
    return 2 if word in one["search_names"] or word in one["abbreviations"] else 3


def _near(store: Searcher, lines: Sequence[Line], regions: Regions) -> dict[int, Answer | None]:
    """The rest, each searched for: the hit whose name is most alike."""
    answers: dict[int, Answer | None] = {}
    asked = [(line, _near_body(line, regions)) for line in lines if line.name]
    for part in _parts(asked, SEARCHES):
        found = store.msearch([("enterprises", body) for _line, body in part])
        for (line, _body), answer in zip(part, found, strict=True):
            answers[line.number] = _nearest(line, [hit["_source"] for hit in answer["hits"]["hits"]], regions)
    return answers


def _near_body(line: Line, regions: Regions) -> Body:
    """One search: what the page asks where nothing matches; for short words and Latin ones also what it asks first."""
    nearest = suggest.near(line.name)
    ways = [nearest["query"]] if nearest else []
    if len(names.fold(line.name)) < LONG or not nearest or line.name.isascii():
        ways.append(queries.enterprises(line.name, Filters(), regions))
    query: Body = ways[0] if len(ways) == 1 else {"dis_max": {"queries": ways}}
    return {"query": query, "size": suggest.NEAR, "_source": list(FIELDS), "track_total_hits": False}


def _nearest(line: Line, hits: list[dict[str, Any]], regions: Regions) -> Answer:
    if not hits:
        return Answer(line)
    ordered = sorted(_inside(hits, line, regions), key=lambda one: -_alike(line.name, one))
    best, others = ordered[0], tuple(one for one in [*ordered[1:], *hits] if one is not ordered[0])
    return Answer(line, best, _alike(line.name, best), "near", others[:OTHERS])


def _alike(text: str, one: dict[str, Any]) -> float:
    """How alike a text and the likest form of a name are, 0 to 1; what sounds the same counts as nine tenths alike."""
    word = names.fold(text)
    if word in one["abbreviations"]:
        return 1.0
    spellings = [word, *trade.others(word)]
    letters = max((fuzz.ratio(said, name) for said in spellings for name in one["search_names"]), default=0.0) / 100
    same = letters < SURE and "".join(forms.sounds(word)).lower() in one["pinyin"]
    return round(max(letters, SURE if same else 0.0), 3)
