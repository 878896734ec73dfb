"""The type of an HTML element in annotations, and its whole text."""

from __future__ import annotations

from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element
_STRING = etree.XPath("string()")


def text_of(node: Element) -> str:
    """All text below ``node``, as XPath's string(): without comments, scripts included."""
    return str(_STRING(node))
