"""A free-form page cut into sections at its headings: lines of text, tables of data and links of each.

Pages that firms write by hand lay themselves out by tables, leave tags open and mark headings by bold words or
``<font size>`` alone; BeautifulSoup takes them as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, Tag

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
UNLEVELLED = 7
"""Level of a heading that is only bold, large or numbered; h1 has 1."""


@dataclass
class Section:
    """What stands under one heading (None: what stands before the first).

    ``lines`` are visible lines without those of tables and without lines that are links alone; ``tables`` the markup of
    each table of data; ``links`` (text or title, address).
    """

    heading: str | None
    level: int = 0
    lines: list[str] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its lines, one below the other."""
        return "\n".join(self.lines)


def sections(markup: str, wanted: Callable[[str], bool], body: str | None = None) -> list[Section]:
    """The sections of a page; ``body`` is a CSS selector of its content, the whole page where it finds nothing.

    A heading is a short line that is one by its tag, by bold or coloured letters or by its number. It begins a section
    where ``wanted`` takes it, or where its tag stands no deeper than that of the section it would lie in.
    """
    soup = BeautifulSoup(markup.replace("\x00", ""), "lxml")
    cutter = _Cutter(wanted)
    for root in (soup.select(body) if body else []) or [soup]:
        cutter.read(root)
    return cutter.found


def is_data(table: Tag) -> bool:
    """Whether a table without others inside it holds data: two rows or more of two cells or more."""
    return sum(1 for row in table.find_all("tr") if len(row.find_all(["td", "th"])) > 1) > 1


class _Cutter:
    """One pass over the page, with an explicit stack: such pages nest without bound."""

    def __init__(self, wanted: Callable[[str], bool]) -> None:
        self.wanted = wanted
        self.found = [Section(None)]
        self._line: list[tuple[str, bool, bool]] = []
        """Pieces of the line: text, strong, in a link."""
        self._level = 0
        self._layout: set[int] = set()

    def read(self, root: Tag) -> None:
        # Once for all tables: to look inside each anew would take a page of nested ones the square of its time.
        around = (table.find_parent("table") for table in root.find_all("table"))
        self._layout = {id(table) for table in around if table is not None}
        stack: list[tuple[object, bool, bool]] = [(root, False, False)]
        while stack:
            node, strong, linked = stack.pop()
            if isinstance(node, Tag):
                stack += reversed(list(self._tag(node, strong, linked)))
            elif isinstance(node, int):
                self._flush()
                self._level = node
            elif type(node) is NavigableString:
                self._line.append((str(node), strong, linked))
            else:
                assert isinstance(node, Comment | NavigableString)
        self._flush()

    def _tag(self, node: Tag, strong: bool, linked: bool) -> Iterator[tuple[object, bool, bool]]:
        """What of a tag is read next; a number ends the line and sets the level of heading."""
        if node.name in _SKIPPED:
            return
        if node.name == "table" and id(node) not in self._layout and is_data(node):
            self._flush()
            self._table(node)
            return
        if node.name == "a":
            self._link(node)
        linked = linked or node.name == "a"
        strong = strong or node.name in _STRONG
        level = int(node.name[1]) if re.fullmatch("h[1-6]", node.name) else 0
        if node.name in _BLOCK:
            yield (level, False, False)
        yield from ((child, strong, linked) for child in node.children)
        if node.name in _BLOCK:
            yield (0, False, False)

    def _link(self, node: Tag) -> None:
        text = fold(str(node.get("title") or "")) or fold(node.get_text(" "))
        if href := fold(str(node.get("href") or "")):
            self.found[-1].links.append((text, href))

    def _table(self, node: Tag) -> None:
        self.found[-1].tables.append(str(node))
        for link in node.find_all("a"):
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
