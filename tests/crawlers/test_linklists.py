"""Lists of notices on unknown pages: which links, how they are selected, how the pages go on."""

from __future__ import annotations

import pytest

from crawlers.linklists import LinkList, link_list
from crawlers.readers.html import parse
from crawlers.readers.signature import kind_of

DAYS = range(1, 6)
ROWS = "".join(f'<li><a href="./t{n}.html">某某市第{n}号名录公告</a><span>2021-03-{n:02}</span></li>' for n in DAYS)


def found(body: str) -> LinkList | None:
    markup = f"<html><body>{body}</body></html>"
    assert kind_of(markup.encode()) == "html"
    return link_list(parse(markup.encode()), markup)


@pytest.mark.parametrize(
    ("paging", "pages", "following", "step"),
    [
        ("<script>createPageHTML(22, 0, 'index', 'html')</script>", True, "index_{n}.html", 0),
        ('<a href="list_2.htm">2</a><a href="list_9.htm">尾页</a> 共9页', True, "list_{n}.htm", 1),
        ('<a href="list-1.shtml">2</a><a href="list-2.shtml">3</a>', False, "list-{n}.shtml", 0),
        ("", False, None, 0),
    ],
)
def test_how_its_pages_go_on(paging: str, pages: bool, following: str | None, step: int) -> None:
    listed = found(f'<div id="news"><ul>{ROWS}</ul></div>{paging}')
    assert listed is not None
    assert (listed.items, len(listed.links)) == ("#news li a", 5)
    assert (listed.pages is not None, listed.next, listed.step) == (pages, following, step)
    assert listed.links[0].href == "./t1.html" and listed.links[0].date == "2021-03-01"


def test_a_list_in_a_table_and_the_menu_beside_it() -> None:
    menu = "".join(f'<li><a href="/{n}/">机构概况与职能{n}</a></li>' for n in range(9))
    title, day = "某某公司行政处罚决定书", "[2021/3/4]"
    rows = "".join(f'<tr><td><a title="{title}{n}" href="{n}.html">某某…</a></td><td>{day}</td></tr>' for n in DAYS)
    listed = found(f'<ul class="menu">{menu}</ul><table class="tbl list"><tbody>{rows}</tbody></table>')
    assert listed is not None
    assert listed.items == ".tbl tr a" and listed.links[3].title == "某某公司行政处罚决定书4"


@pytest.mark.parametrize("body", ["", "<p>无</p>", '<a href="#">某某市名录公告</a>' * 5, ROWS[:60]])
def test_what_is_no_list(body: str) -> None:
    assert found(f"<div>{body}</div>") is None
