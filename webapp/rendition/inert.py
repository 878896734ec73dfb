"""An archived HTML page as inert markup.

Nothing of the page's own markup is passed on: a short list of structural tags is written anew with only
``colspan`` and ``rowspan``, every text is escaped; what runs, loads, frames, submits or redirects is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree, html
from markupsafe import Markup, escape

from webapp.rendition.masking import Masking

_TABLES = ("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup")
_BLOCKS = ("p", "div", "pre", "blockquote", "hr", "center", "fieldset", "legend")
_SECTIONS = ("section", "article", "header", "footer", "main", "nav", "h1", "h2", "h3", "h4", "h5", "h6")
_LISTS = ("ul", "ol", "li", "dl", "dt", "dd")
_WORDS = ("b", "strong", "i", "em", "u", "sub", "sup", "small", "br")
KEPT = frozenset((*_TABLES, *_BLOCKS, *_SECTIONS, *_LISTS, *_WORDS))
_RUNNING = ("script", "style", "template", "object", "embed", "applet", "param", "svg", "math", "canvas")
_LOADING = ("iframe", "frame", "frameset", "link", "meta", "base", "audio", "video", "source", "track")
_UNSEEN = ("head", "title", "noembed", "noframes", "xmp", "plaintext")
GONE = frozenset((*_RUNNING, *_LOADING, *_UNSEEN))
VOID = frozenset({"br", "hr"})
_PLACE = re.compile(r"table (\d+)(?:, row (\d+))?")


@dataclass
class Inert:
    """The markup, and what was taken out of the page by tag."""

    markup: Markup
    removed: dict[str, int] = field(default_factory=dict)


def inert(text: str, masking: Masking, places: Iterable[str] = ()) -> Inert:
    """The page's body as inert markup; rows at ``places`` (``table 2, row 5``) carry ``class="hit"``."""
    root = _parsed(text)
    if root is None:
        return Inert(Markup(""))
    _mask(root, masking)
    writer = _Writer(_hits(root, places))
    writer.write(root)
    return Inert(Markup("".join(writer.out)), writer.removed)


def _parsed(text: str) -> html.HtmlElement | None:
    clean = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)
    if not clean.strip():
        return None
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    return html.document_fromstring(clean.encode("utf-8", "replace"), parser=parser, ensure_head_body=True)


def _rows(table: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Rows that hold cells, of this table alone, counted as the readers count them."""
    for child in table:
        rows = [child] if child.tag == "tr" else child if child.tag in ("thead", "tbody", "tfoot") else []
        yield from (row for row in rows if row.tag == "tr" and any(cell.tag in ("td", "th") for cell in row))


def _hits(root: html.HtmlElement, places: Iterable[str]) -> set[html.HtmlElement]:
    """The rows that the places name, or whole tables where a place names no row."""
    found = [match for place in places if (match := _PLACE.fullmatch(place))]
    tables = list(root.iter("table")) if found else []
    hits = (_hit(tables, int(match[1]), int(match[2] or 0)) for match in found)
    return {hit for hit in hits if hit is not None}


def _hit(tables: list[html.HtmlElement], table: int, row: int) -> html.HtmlElement | None:
    """Table and row are counted from 1; row 0 is the table itself."""
    if not 0 < table <= len(tables):
        return None
    if not row:
        return tables[table - 1]
    return next(islice(_rows(tables[table - 1]), row - 1, None), None)


def _mask(root: html.HtmlElement, masking: Masking) -> None:
    if not masking.active:
        return
    for table in root.iter("table"):
        _mask_table(table, masking)
    for node in list(root.iter("dt", "span", "label", "b", "strong", "div", "p", "li")):
        following = node.getnext()
        if following is not None and following.tag not in ("td", "th") and masking.private(_text(node)):
            _replace(following, masking)
    for node in root.iter():
        if isinstance(node.tag, str) and node.tag not in GONE:
            node.text = masking.prose(node.text) if node.text else node.text
        node.tail = masking.prose(node.tail) if node.tail else node.tail


def _mask_table(table: html.HtmlElement, masking: Masking) -> None:
    columns: set[int] = set()
    for row in _rows(table):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        hidden, columns = masking.row([_text(cell) for cell in cells], columns)
        for index in hidden:
            _replace(cells[index], masking)


def _replace(node: html.HtmlElement, masking: Masking) -> None:
    """The node's whole content masked; what stands behind it stays."""
    masked = masking.value(_text(node))
    for child in list(node):
        node.remove(child)
    node.text = masked


def _text(node: html.HtmlElement) -> str:
    return " ".join("".join(node.itertext()).split())


class _Writer:
    def __init__(self, hits: set[html.HtmlElement]) -> None:
        self.hits, self.out = hits, list[str]()
        self.removed: dict[str, int] = {}
        self.marked = False

    def write(self, root: html.HtmlElement) -> None:
        """Walk the tree without recursion: a page may nest deeper than Python's stack."""
        for event, node in etree.iterwalk(root, events=("start", "end")):
            if not isinstance(node.tag, str) or self._inside_gone(node):
                continue
            if event == "start":
                self._open(node)
            else:
                self._close(node)

    def _inside_gone(self, node: html.HtmlElement) -> bool:
        return any(parent.tag in GONE for parent in node.iterancestors())

    def _open(self, node: html.HtmlElement) -> None:
        tag = str(node.tag)
        if tag in GONE:
            self.removed[tag] = self.removed.get(tag, 0) + (tag not in ("head", "title"))
            return
        if tag in KEPT:
            self.out.append(f"<{tag}{self._attributes(node)}>")
        elif tag in ("form", "input", "img", "button", "select", "textarea"):
            self.removed[tag] = self.removed.get(tag, 0) + 1
            self.out.append(_stand_in(tag, node))
        if node.text:
            self.out.append(str(escape(node.text)))

    def _close(self, node: html.HtmlElement) -> None:
        tag = str(node.tag)
        if tag in KEPT and tag not in VOID:
            self.out.append(f"</{tag}>")
        if node.tail and node.getparent() is not None:
            self.out.append(str(escape(node.tail)))

    def _attributes(self, node: html.HtmlElement) -> str:
        spans = "".join(f' {name}="{value}"' for name in ("colspan", "rowspan") if (value := _span(node.get(name))))
        return spans + (self._hit() if node in self.hits else "")

    def _hit(self) -> str:
        """The mark of a cited row; the first one is also where the frame opens."""
        first, self.marked = not self.marked, True
        return ' id="hit" class="hit"' if first else ' class="hit"'


def _span(text: str | None) -> int:
    digits = (text or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and 0 < int(digits) < 1000 else 0


def _stand_in(tag: str, node: html.HtmlElement) -> str:
    """What a reader still sees of a picture or a field: its words."""
    words = ""
    if tag == "img":
        words = f"[图片 {node.get('alt') or ''}]".replace(" ]", "]")
    elif tag == "input" and (node.get("type") or "text").lower() in ("text", "submit", "button", "search"):
        words = node.get("value") or ""
    return str(escape(words))
