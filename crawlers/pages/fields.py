"""web-poet's ``field`` with types kept: to a type checker each field is a plain property."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

from lxml import cssselect
from lxml import html as lxml_html

if TYPE_CHECKING:
    field = property
    cached = property
else:
    from web_poet import field

    cached = field(cached=True)

__all__ = ["cached", "field", "select"]


def select(selector: str, tree: lxml_html.HtmlElement) -> list[lxml_html.HtmlElement]:
    """The elements that a CSS selector finds, in page order."""
    return cast("list[lxml_html.HtmlElement]", _compiled(selector)(tree))


@lru_cache(maxsize=128)
def _compiled(selector: str) -> cssselect.CSSSelector:
    return cssselect.CSSSelector(selector)
