"""An answer that carries data: where they stand in it, in which syntax, and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from crawlers import jsondata
from crawlers.pages.base import SourcePage
from crawlers.pages.fields import field, select
from crawlers.readers.encodings import decode
from crawlers.readers.folding import fold
from crawlers.readers.scriptdata import parse, unescaped

_PLAIN: dict[str, Any] = {"syntax": "json", "holds": "json"}


class DataPage(SourcePage):
    """``params``: answer, see ``walks.AnswerSchema``; without it the whole body is JSON."""

    @cached_property
    def answer(self) -> dict[str, Any]:
        """The answer's shape."""
        return {**_PLAIN, **(self.params.get("answer") or {})}

    @cached_property
    def _outer(self) -> tuple[Any, str | None]:
        """The whole of the data with what they say of themselves, and why there are none."""
        syntax = self.answer["syntax"]
        try:
            value = parse(self._written(), syntax)
        except ValueError as error:
            return None, f"layout changed: the answer is no {syntax.upper()}: {fold(str(error))[:200]}"
        return (unescaped(value) if self.answer.get("escaped") else value), None

    def _written(self) -> str:
        """The text of the data; raises ValueError where the page lacks their place."""
        text = decode(self.response.body, self.content_type).text
        if selector := self.answer.get("element"):
            found = next(iter(select(selector, self.tree)), None)
            if found is None:
                raise ValueError(f"{selector} finds nothing")
            text = found.get("value") or str(found.text_content())
        if expression := self.answer.get("pattern"):
            match = re.search(expression, text, re.DOTALL)
            if match is None:
                raise ValueError(f"{expression} matches nothing")
            text = match[1]
        return text

    @cached_property
    def _inner_text(self) -> tuple[Any, str | None]:
        """The data proper: those inside a text where the source says so."""
        path = self.answer.get("unwrap")
        text = jsondata.at(self.whole, path) if path else None
        if not isinstance(text, str) or self.answer["holds"] == "html":
            return (self.whole if text is None else text), None
        try:
            return parse(text, self.answer["syntax"]), None
        except ValueError as error:
            return None, f"layout changed: {path} is no {self.answer['syntax'].upper()}: {fold(str(error))[:200]}"

    @property
    def whole(self) -> Any:
        """The data as they came, None where there are none."""
        return self._outer[0]

    @property
    def data(self) -> Any:
        """What rows are looked for in."""
        return self._inner_text[0]

    @field
    def refused(self) -> str | None:
        """By which word of its own the answer refuses; None where it does not."""
        return next(self._said("refused"), None)

    @property
    def bad(self) -> str | None:
        """Why the answer holds no data; None where it does."""
        if self._outer[1] is not None:
            return self._outer[1]
        wanted = self.answer.get("success") or {}
        if len(list(self._said("success"))) < len(wanted):
            told = ", ".join(f"{path} {self._word(path)!r}"[:100] for path in wanted)
            return f"the site says that its answer is no good one: {told}"
        return self._inner_text[1]

    def _said(self, name: str) -> Iterator[str]:
        """Each path of ``success`` or ``refused`` whose value is among those listed, as words."""
        for path, values in (self.answer.get(name) or {}).items():
            if self.whole is not None and (word := self._word(path)) in values:
                yield f"{path} is {word}"

    def _word(self, path: str) -> str:
        found = jsondata.at(self.whole, path)
        return "" if found is jsondata.ABSENT else jsondata.shown(found)
