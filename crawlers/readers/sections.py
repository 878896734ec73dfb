"""A free-form page cut into sections at its headings: lines of text, tables of data and links of each.

Pages that firms write by hand lay themselves out by tables, leave tags open and mark headings by bold words or
``<font size>`` alone; the tree is taken as libxml2 mends it. BeautifulSoup gave the same sections of such pages at
three times the cost of everything else that is done for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from crawlers.readers.element import Element
from crawlers.readers.folding import fold

_BLOCK = {
    "p", "div", "br", "li", "ul", "ol", "dl", "dt", "dd", "tr", "td", "th", "table", "section", "article", "hr", "body",
    "h1", "h2", "h3", "h4", "h5", "h6", "form", "center", "main", "blockquote", "caption",
}  # fmt: skip
_SKIPPED = {"script", "style", "noscript", "template", "head", "select", "textarea", "nav", "footer", "iframe"}
_STRONG = {"b", "strong", "big", "font", "u"}
_NUMBERED = re.compile(r"(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|第[一二三四五六七八九十]+[章节部分])\s*\S")
_SENTENCE = re.compile(r"[。；;]|[：:]\s*\S")
_LETTERS = re.compile(r"[^\W\d_]")
LONGEST = 40
"""Letters of a heading at the most."""
_TITLES = {f"h{level}": level for level in range(1, 7)}
UNLEVELLED = 7
"""Level of a heading that is only bold, large or numbered; h1 has 1."""


@dataclass
class Section:
    """What stands under one heading (None: what stands before the first).

    ``lines`` are visible lines without those of tables and without lines that are links alone; ``tables`` the tables of
    data, each taken out of the page; ``links`` (text or title, address).
    """

    heading: str | None
    level: int = 0
    lines: list[str] = field(default_factory=list)
    tables: list[Element] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its lines, one below the other."""
        return "\n".join(self.lines)


def sections(tree: Element, wanted: Callable[[str], bool], body: str | None = None) -> list[Section]:
    """The sections of a page; ``body`` is a CSS selector of its content, the whole page where it finds nothing.

    A heading is a short line that is one by its tag, by bold or coloured letters or by its number. It begins a section
    where ``wanted`` takes it, or where its tag stands no deeper than that of the section it would lie in.
    """
    cutter = _Cutter(wanted)
    for root in (tree.cssselect(body) if body else []) or [tree]:
        cutter.read(root)
    return cutter.found


def is_data(table: Element) -> bool:
    """Whether a table without others inside it holds data: two rows or more of two cells or more."""
    rows = (row for row in table.iter("tr") if sum(1 for _ in row.iter("td", "th")) > 1)
    return next(rows, None) is not None and next(rows, None) is not None


_Piece = tuple[Element | str | int, bool, bool]
"""An element, a text, or a number that ends the line and sets the level of heading; strong; in a link."""


class _Cutter:
    """One pass over the page, with an explicit stack: such pages nest without bound."""

    def __init__(self, wanted: Callable[[str], bool]) -> None:
        self.wanted = wanted
        self.found = [Section(None)]
        self._line: list[tuple[str, bool, bool]] = []
        """Pieces of the line: text, strong, in a link."""
        self._level = 0
        self._layout: set[Element] = set()

    def read(self, root: Element) -> None:
        # Once for all tables: to look inside each anew would take a page of nested ones the square of its time.
        around = (next(table.iterancestors("table"), None) for table in root.iter("table"))
        self._layout = {table for table in around if table is not None}
        stack: list[_Piece] = [(root, False, False)]
        while stack:
            node, strong, linked = stack.pop()
            if isinstance(node, str):
                self._line.append((node, strong, linked))
            elif isinstance(node, int):
                self._flush()
                self._level = node
            else:
                stack += reversed(list(self._tag(node, strong, linked)))
        self._flush()

    def _tag(self, node: Element, strong: bool, linked: bool) -> Iterator[_Piece]:
        """What of an element is read next."""
        tag = node.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            return
        if tag == "table" and node not in self._layout and is_data(node):
            self._flush()
            self._table(node)
            return
        if tag == "a":
            self._link(node)
        linked, strong = linked or tag == "a", strong or tag in _STRONG
        if tag in _BLOCK:
            yield (_TITLES.get(tag, 0), False, False)
        if node.text:
            yield (node.text, strong, linked)
        for child in node:
            yield (child, strong, linked)
            if child.tail:
                yield (child.tail, strong, linked)
        if tag in _BLOCK:
            yield (0, False, False)

    def _link(self, node: Element) -> None:
        text = fold(node.get("title") or "") or fold(" ".join(map(str, node.itertext())))
        if href := fold(node.get("href") or ""):
            self.found[-1].links.append((text, href))

    def _table(self, node: Element) -> None:
        # A copy by itself: lines of the page around it are no heading of the table here.
        table = deepcopy(node)
        table.tail = None
        self.found[-1].tables.append(table)
        for link in node.iter("a"):
            self._link(link)

    def _flush(self) -> None:
        pieces = [(fold(text), strong, linked) for text, strong, linked in self._line if fold(text)]
        line = fold("".join(text for text, _, _ in self._line))
        self._line = []
        # Bullets, brackets and dates around a link say nothing of themselves.
        alone = any(linked for _, _, linked in pieces)
        if not pieces or (alone and not any(_LETTERS.search(text) for text, _, linked in pieces if not linked)):
            return
        if not self._heads(line, all(strong for _, strong, _ in pieces)):
            self.found[-1].lines.append(line)

    def _heads(self, line: str, strong: bool) -> bool:
        """Whether the line is a heading that begins a section, which it then does."""
        if len(line) > LONGEST or _SENTENCE.search(line) or not (self._level or strong or _NUMBERED.match(line)):
            return False
        within = self.found[-1].level or UNLEVELLED
        if not self.wanted(line) and not (self._level and self._level <= within):
            return False
        self.found.append(Section(line, self._level or UNLEVELLED))
        return True
