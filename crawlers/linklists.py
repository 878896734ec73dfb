"""The list of notices on an unknown page: which links belong together, how to select them, how its pages go on."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from crawlers.readers.element import Element, text_of
from crawlers.readers.folding import fold

_DATE = re.compile(r"20\d\d\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}|(?<!\d)\d{1,2}-\d{1,2}(?!\d)")
_ROWS = {"li", "tr", "dd", "dt", "p", "div"}
_LEAST = 3
"""Links at the least that make a list."""
_LONG = 6
"""Characters of a notice's title at the least: menus have shorter words."""
_NAME = re.compile(r"^[A-Za-z_][\w-]*$")
_SCRIPTS = (
    (r"createPageHTML\(\s*['\"]?(\d+)", "index_{n}.html", 0),
    (r"totalPage\s*[:=]\s*['\"]?(\d+)", None, 0),
    (r"(?:共|总)\s*(\d+)\s*页", None, 0),
    (r"\d+\s*/\s*(\d+)\s*页", None, 0),
)
"""Expression that states the pages → address of page n + 1 where the CMS has a usual one, and what is added to n."""
_NUMBERED = re.compile(r"^(?P<head>.*?[_-])(?P<number>\d+)(?P<tail>\.s?html?)$")


@dataclass(frozen=True)
class ListedLink:
    """A line of the list: its title, its ``href`` as written, the day beside it."""

    title: str
    href: str
    date: str | None


@dataclass(frozen=True)
class LinkList:
    """A list of notices: ``items`` is the CSS that finds its links, ``pages`` and ``next`` how its pages go on."""

    items: str
    links: list[ListedLink]
    pages: str | None
    next: str | None
    step: int


def link_list(tree: Element, markup: str) -> LinkList | None:
    """The list of notices of a page, the one with the most dated links; None where the page holds none."""
    groups: dict[tuple[str, ...], list[Element]] = {}
    for link in tree.iter("a"):
        if _is_item(link):
            groups.setdefault(_path(link), []).append(link)
    lists = [links for links in groups.values() if len(links) >= _LEAST]
    dated = [links for links in lists if sum(1 for link in links if _day(link)) * 2 >= len(links)]
    if not dated:
        return None
    links = max(dated, key=len)
    pages, following, step = _paging(tree, markup)
    return LinkList(_selector(links), [_listed(link) for link in links], pages, following, step)


def _is_item(link: Element) -> bool:
    href = (link.get("href") or "").strip()
    return bool(href) and not href.startswith(("#", "javascript:", "mailto:")) and len(_title(link)) >= _LONG


def _title(link: Element) -> str:
    return fold(link.get("title") or text_of(link))


def _listed(link: Element) -> ListedLink:
    return ListedLink(_title(link), (link.get("href") or "").strip(), _day(link))


def _row(link: Element) -> Element:
    return next((node for node in link.iterancestors() if node.tag in _ROWS), link)


def _day(link: Element) -> str | None:
    words = fold(text_of(_row(link)))
    found = _DATE.search(words.replace(fold(text_of(link)), " ", 1)) if words else None
    return found.group() if found else None


def _path(link: Element) -> tuple[str, ...]:
    """The names of the elements around a link, the same for all lines of one list."""
    return tuple(f"{node.tag}.{node.get('class') or ''}" for node in [link, *link.iterancestors()][:5])


def _selector(links: list[Element]) -> str:
    """``#list li a``, ``.news_list li a``: from the nearest element around all links that has a name of its own."""
    shared = Counter(node for link in links for node in link.iterancestors())
    around = [node for node, count in shared.items() if count == len(links)]
    around.sort(key=lambda node: -sum(1 for _ in node.iterancestors()))
    row = _row(links[0])
    inner = f"{row.tag} a" if row.tag in _ROWS and row not in around else "a"
    for node in around:
        if (name := node.get("id")) and _NAME.match(name):
            return f"#{name} {inner}"
        own = next((part for part in (node.get("class") or "").split() if _NAME.match(part)), None)
        if own:
            return f".{own} {inner}"
    return inner


def _paging(tree: Element, markup: str) -> tuple[str | None, str | None, int]:
    """(expression over the page that states how many pages, address of page n + 1, what is added to n)."""
    stated = next(((expression, usual) for expression, usual, _ in _SCRIPTS if re.search(expression, markup)), None)
    numbers: list[tuple[int, str]] = []
    for link in tree.iter("a"):
        found = _NUMBERED.match((link.get("href") or "").rsplit("/", 1)[-1])
        words = fold(text_of(link))
        if found and (words.isdigit() or "页" in words):
            numbers.append((int(found["number"]), f"{found['head']}{{n}}{found['tail']}"))
            if words == "2":
                return (stated[0] if stated else None), numbers[-1][1], int(found["number"]) - 1
    if numbers:
        return (stated[0] if stated else None), min(numbers)[1], max(min(numbers)[0] - 1, 0)
    return (stated[0], stated[1], 0) if stated else (None, None, 0)
