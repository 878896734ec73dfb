"""HTML pages: the tree, its tables as grids, its th/td key–value tables as pairs; one walk of the lxml tree.

tree = parse(response.body, response.headers["Content-Type"])
for grid in grids(tree): …
for pair in pairs(tree): pair.fields["企业名称"]
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree
from lxml import html as lxml_html

from crawlers.readers.document import LIMITS, Document, Limits, ReadIssue, Text, unreadable
from crawlers.readers.element import Element, text_of
from crawlers.readers.encodings import Decoded, decode
from crawlers.readers.folding import fold
from crawlers.readers.htmlpairs import Pairs, pairs
from crawlers.readers.htmltables import cell_text, grids

__all__ = ["Pairs", "cell_text", "decoded", "grids", "page_text", "page_title", "pairs", "parse", "read_html"]


TOO_DEEP = "the page nests deeper than 2,048 elements: only its beginning could be read"
_NOT_TEXT = {"script", "style", "noscript", "template", "head"}
_BLOCK = {"p", "div", "tr", "li", "br", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "dd", "dt"}


@dataclass(frozen=True)
class Parsed:
    """A page's tree with how its bytes were decoded."""

    tree: Element
    source: Decoded


def decoded(data: bytes, content_type: str = "") -> Parsed | None:
    """Parse a page; None where it holds no element at all (empty body, white space)."""
    source = decode(data, content_type, markup=True)
    if not source.text.strip("\x00 \t\r\n"):
        return None
    # The text is decoded already: a declaration of another encoding inside it would make libxml2 refuse or re-decode.
    # ``huge_tree``: 2,048 elements deep instead of 256, for hand-made pages leave a font or a span open on every line.
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    clean = source.text.replace("\x00", "")
    try:
        root = lxml_html.document_fromstring(clean.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        issue = ReadIssue("error", "page-too-deep", f"{TOO_DEEP}; read the page by eye")
        source = replace(source, issues=(*source.issues, issue))
    return Parsed(root, source)


def parse(data: bytes, content_type: str = "") -> Element:
    """The lxml tree of a page; an empty body gives an empty ``html`` element."""
    page = decoded(data, content_type)
    return page.tree if page else lxml_html.document_fromstring("<html></html>")


def page_title(tree: Element) -> str | None:
    """The page's heading: its first h1, else ``<title>``, else None."""
    for tag in ("h1", "title"):
        for found in tree.iter(tag):
            if text := fold(text_of(found)):
                return text
    return None


def page_text(tree: Element) -> str:
    """The page's visible text, one line a block, without scripts and styles."""
    parts: list[str] = []
    _collect(tree, parts)
    lines = (fold(line) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _collect(root: Element, parts: list[str]) -> None:
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        if event in ("comment", "pi"):
            parts.append(node.tail or "")
        elif event == "start" and node.tag in _NOT_TEXT:
            walk.skip_subtree()
        elif event == "start":
            parts.append(("\n" if node.tag in _BLOCK else "") + (node.text or ""))
        elif node is not root:
            parts.append(("\n" if node.tag in _BLOCK else "") + (node.tail or ""))


def read_html(data: bytes, content_type: str = "", limits: Limits = LIMITS) -> Document:
    """An HTML page as a document: its grids, its visible text as one text ``body``."""
    page = decoded(data, content_type)
    if page is None:
        return unreadable("html", "empty page")
    document = Document("html", encoding=page.source.encoding, issues=list(page.source.issues))
    document.grids = grids(page.tree, limits)
    if sum(len(grid.rows) for grid in document.grids) > limits.rows:
        document.issues.append(
            ReadIssue("error", "too-many-rows", f"more than {limits.rows} rows in one page; split it")
        )
    if text := page_text(page.tree):
        document.texts.append(Text(text, "body"))
    if not document.grids and not document.texts:
        return unreadable("html", "no visible text; the page is built by scripts or is a challenge page")
    return document
