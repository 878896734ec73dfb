"""An unknown page or file: its tables and forms under the headers that the vocabulary knows, and what each says."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crawlers.linklists import LinkList
    from crawlers.readers import Document, Grid
    from crawlers.readers.htmlpairs import Pairs
    from indexer.normalise.guess import Guess

SHOWN = 3
"""Records of a preview."""
OTHERS = 2
"""Kinds told beside the likeliest."""


@dataclass
class Found:
    """One table (``shape`` table), form of header–value couples (form) or group of such couples in prose (prose)."""

    shape: str
    place: str
    title: str | None
    headers: list[str]
    rows: list[dict[str, str]]
    places: list[str]
    guesses: list[Guess]
    stated: int | None = None
    seen: int = 0
    issues: list[dict[str, Any]] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The likeliest kind."""
        return self.guesses[0].kind


@dataclass
class Reading:
    """All of a page or file: what was found, what was not understood, the list of links where it is one."""

    name: str
    url: str | None
    document: Document
    title: str | None
    found: list[Found] = field(default_factory=list)
    skipped: list[dict[str, Any]] = field(default_factory=list)
    links: LinkList | None = None

    @property
    def best(self) -> Found | None:
        """What the page is about: the part that is told most surely, of equals the one with more rows."""
        return max(self.found, key=lambda part: (part.guesses[0].score, part.seen), default=None)


def reading(data: bytes, name: str, content_type: str, url: str | None = None, kind: str | None = None) -> Reading:
    """Read bytes of which nothing is known; ``kind`` fixes what a person knows better. Never raises on bad content."""
    from crawlers.readers import html, read

    document = read(data, filename=name, content_type=content_type)
    result = Reading(name, url, document, None)
    forms: dict[str, Pairs] = {}
    if document.kind == "html" and (page := html.decoded(data, content_type)) is not None:
        from crawlers.linklists import link_list

        result.title = html.page_title(page.tree)
        forms = {pairs.place: pairs for pairs in html.pairs(page.tree)}
        result.links = link_list(page.tree, page.source.text)
    for grid in document.grids:
        _grid(result, grid, forms.get(grid.place), kind)
    if not any(part.guesses[0].score > 0 for part in result.found):
        _prose(result, data, content_type, kind)
    return result


def _grid(result: Reading, grid: Grid, form: Pairs | None, kind: str | None) -> None:
    from crawlers.grids.headers import candidates
    from crawlers.grids.pairs import pairs_of
    from crawlers.tables import records
    from indexer.normalise import guess

    form = form or pairs_of(grid, guess.known)
    if form is not None:
        _form(result, "form", form.place, grid.title, form, kind)
        return
    heads = candidates(grid)
    if not heads:
        words = " | ".join(filter(None, grid.rows[0])) if grid.rows else ""
        _skip(result, grid.place, "no row of headers", words)
        return
    header = heads[guess.best_header([head.names for head in heads])]
    table = records(grid, header_row=header.row)
    names = [name for name in header.names if name]
    # A sheet's name and the file's often say what nothing inside them does.
    heading = " ".join(filter(None, [result.title, grid.title, grid.place, result.name]))
    part = Found(
        "table", grid.place, grid.title, names, [row.fields for row in table.records],
        [row.place for row in table.records], guess.guesses(names, heading, kind), table.stated_count, table.seen,
        [issue.row() for issue in table.issues],
    )  # fmt: skip
    if part.guesses[0].headers or part.guesses[0].score > 0:
        _placed(part)
        result.found.append(part)
    else:
        _skip(result, grid.place, "no header is in the vocabulary", " | ".join(names))


def _placed(part: Found) -> None:
    """An issue where all rows stand beside their headers."""
    from indexer.normalise.misplaced import shift

    offset = shift(part.kind, part.rows)
    if offset is not None:
        side = "right" if offset > 0 else "left"
        words = f"the values of {part.place} stand {abs(offset)} to the {side} of their headers; correct the sheet"
        part.issues.append({"severity": "error", "code": "table-shifted", "message": words, "place": part.place})


def _prose(result: Reading, data: bytes, content_type: str, kind: str | None) -> None:
    """Couples in free text, where no table says anything."""
    from crawlers.readers.freeform import grouped, prose_pairs
    from indexer.normalise import guess

    html = result.document.kind == "html"
    groups = prose_pairs(data, content_type) if html else grouped(result.document.text.split("\n"))
    for group in groups:
        if sum(1 for header in group.fields if guess.known(header)) >= min(2, len(group.fields)):
            _form(result, "prose", group.place, None, group, kind)


def _form(result: Reading, shape: str, place: str, title: str | None, pairs: Pairs, kind: str | None) -> None:
    from indexer.normalise.guess import guesses

    headers = list(pairs.fields)
    ranked = guesses(headers, " ".join(filter(None, [result.title, title])), kind)
    result.found.append(Found(shape, place, title, headers, [pairs.fields], [place], ranked, None, 1))


def _skip(result: Reading, place: str, why: str, words: str) -> None:
    result.skipped.append({"place": place, "why": why, "words": words[:200]})


def told(result: Reading) -> dict[str, Any]:
    """The whole reading as data for programs."""
    document = result.document
    return {
        "name": result.name, "url": result.url, "file": document.kind, "encoding": document.encoding,
        "title": result.title, "found": [_told(part) for part in result.found], "not_interpreted": result.skipped,
        "issues": [issue.row() for issue in document.issues],
        "links": asdict(result.links) if result.links else None,
    }  # fmt: skip


def _told(part: Found) -> dict[str, Any]:
    best = part.guesses[0]
    return {
        "shape": part.shape, "place": part.place, "title": part.title, "rows": part.seen, "stated": part.stated,
        "kind": best.kind, "confidence": best.confidence, "sureness": best.sureness, "reasons": best.reasons,
        "others": [{"kind": g.kind, "confidence": g.confidence} for g in part.guesses[1 : 1 + OTHERS]],
        "headers": {name: asdict(meaning) for name, meaning in best.headers.items()}, "unknown_headers": best.unknown,
        "records": previews(part), "issues": part.issues,
    }  # fmt: skip


def previews(part: Found) -> list[dict[str, Any]]:
    """The first records as the index would take them: place, facts by key, what was not understood."""
    from indexer.normalise.fields import interpret

    shown = []
    for fields, place in list(zip(part.rows, part.places, strict=True))[:SHOWN]:
        said = interpret(part.kind, fields)
        problems = [{"header": header, "value": value, "why": why} for header, value, why in said.problems]
        shown.append({"place": place, "fields": fields, "facts": said.facts, "problems": problems})
    return shown
