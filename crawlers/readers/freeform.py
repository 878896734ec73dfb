"""Key：value pairs in free-form pages: paragraphs, ``dl`` lists and bold words instead of tables.

An enterprise's own page is written by hand or pasted from a word processor: ``<b>企业名称：</b>福建…<br>``, keys in one
``div`` and values in the next, fonts and unclosed paragraphs between. BeautifulSoup over Python's own tolerant parser
keeps every text where it stood, while libxml2's tree moves or closes what it thinks misplaced. It costs eight times as
much as lxml, so it is asked only for pages that hold neither a table of records nor a table of pairs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, Tag

from crawlers.readers.encodings import decode
from crawlers.readers.folding import fold
from crawlers.readers.htmlpairs import Pairs, add

_BLOCK = {
    "p", "div", "br", "li", "ul", "ol", "dl", "dt", "dd", "tr", "td", "th", "table", "section", "article", "hr", "body",
    "h1", "h2", "h3", "h4", "h5", "h6", "form", "fieldset", "legend", "header", "footer", "main", "center",
}  # fmt: skip
_SKIPPED = {"script", "style", "noscript", "template", "head", "select", "textarea", "nav"}
_KEY = re.compile(
    r"(?:^|(?<=[\s；;，,。|]))(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)?"
    r"(?P<key>[一-鿿A-Za-z][^\s：:；;，,。|“”？?]{0,23}?(?:[（(][^（）()：:]{1,15}[）)])?)\s*[：:]\s*"
)
_WIDE = re.compile("[\xa0\u3000 \t]{2,}|\t")
_HEADING = re.compile(r"^(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|第[一二三四五六七八九十]+[章节部分])\s*\S")
_CHINESE = re.compile("[一-鿿]")


def prose_pairs(data: bytes, content_type: str = "") -> list[Pairs]:
    """The pairs of a free-form page, in groups: a key met again (排放口编号 of the next outlet) begins a new group.

    ``place`` is ``lines 3-9`` of the page's visible text, each pair's own place ``line 4``. A group may be one
    pair. A key whose line ends with its colon takes the next line, unless that holds a key itself.
    """
    source = decode(data, content_type, markup=True)
    return grouped(visible_lines(source.text))


def visible_lines(markup: str) -> list[str]:
    """The page's visible text, a line a block; wide gaps inside a line stay two spaces."""
    soup = BeautifulSoup(markup.replace("\x00", ""), "html.parser")
    parts = list(_texts(soup))
    lines = (
        "  ".join(fold(piece) for piece in _WIDE.split(line) if fold(piece)) for line in "".join(parts).split("\n")
    )
    return [line for line in lines if line]


def _texts(soup: BeautifulSoup) -> Iterator[str]:
    """Texts with a line feed wherever a block begins or ends; an explicit stack, for pages nest without bound."""
    stack: list[object] = [soup]
    while stack:
        node = stack.pop()
        if isinstance(node, str) and not isinstance(node, NavigableString):
            yield node
        elif isinstance(node, Comment) or (isinstance(node, NavigableString) and type(node) is not NavigableString):
            continue
        elif isinstance(node, NavigableString):
            yield str(node).replace("\r", " ").replace("\n", " ")
        elif isinstance(node, Tag) and node.name not in _SKIPPED:
            before, after = _marks(node)
            stack.extend([after, *reversed(node.contents), before])


def _marks(node: Tag) -> tuple[str, str]:
    """What stands before and after an element's text; ``dt`` and its ``dd`` make one line, a pair."""
    if node.name == "dt":
        return "\n", ""
    if node.name == "dd":
        return "：", "\n"
    return ("\n", "\n") if node.name in _BLOCK else ("", "")


def grouped(lines: Iterable[str]) -> list[Pairs]:
    """Lines of text as groups of pairs."""
    groups: list[Pairs] = []
    spans: list[list[int]] = []
    waiting: str | None = None
    fresh = True
    for number, line in enumerate(lines, 1):
        found = list(_pairs(line))
        if not found:
            if waiting is not None and not _HEADING.match(line):
                _put(groups, spans, waiting, line, number, fresh)
                fresh = False
            fresh = fresh or bool(_HEADING.match(line))
            waiting = None
            continue
        if waiting is not None:
            _put(groups, spans, waiting, "", number - 1, fresh)
            fresh, waiting = False, None
        for key, value in found[:-1]:
            _put(groups, spans, key, value, number, fresh)
            fresh = False
        key, value = found[-1]
        if value:
            _put(groups, spans, key, value, number, fresh)
            fresh = False
        else:
            waiting = key
    if waiting is not None:
        _put(groups, spans, waiting, "", spans[-1][1] if spans else 1, fresh)
    for group, (first, last) in zip(groups, spans, strict=True):
        group.place = f"line {first}" if first == last else f"lines {first}-{last}"
    return groups


def _put(groups: list[Pairs], spans: list[list[int]], key: str, value: str, number: int, fresh: bool) -> None:
    if not groups or fresh or next(iter(groups[-1].fields), None) == key:
        groups.append(Pairs(""))
        spans.append([number, number])
    add(groups[-1], key, value, f"line {number}")
    spans[-1][1] = max(spans[-1][1], number)


def _pairs(line: str) -> Iterator[tuple[str, str]]:
    """Keys of a line with what follows each; a key has Chinese or is a code's name, an address or time is none."""
    keys = [match for match in _KEY.finditer(line) if _is_key(line, match)]
    for index, match in enumerate(keys):
        end = keys[index + 1].start() if index + 1 < len(keys) else len(line)
        yield match["key"], fold(line[match.end() : end]).strip("；;，,|：: ")


def _is_key(line: str, match: re.Match[str]) -> bool:
    if line.startswith("//", match.end()):
        return False
    return bool(_CHINESE.search(match["key"]))
