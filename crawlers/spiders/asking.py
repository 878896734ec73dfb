"""Requests of lists and modules: addresses and forms filled with what is known, the page's number put in its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from crawlers.subjects import filled, needs

Spec = Mapping[str, Any]
Values = Mapping[str, str]
_LATER = re.compile(r"(?:from|to)(?::.+)?")
"""Days of a whole crawl's window, which ``SourceSpider.ask`` fills in."""


def fill(value: Any, values: Values) -> Any:
    """Every text in ``value`` with its ``{column}`` filled in."""
    if isinstance(value, str):
        later = {column: f"{{{column}}}" for column in needs(value) if _LATER.fullmatch(column)}
        return filled(value, {**later, **values})
    if isinstance(value, Mapping):
        return {name: fill(item, values) for name, item in value.items()}
    return [fill(item, values) for item in value] if isinstance(value, list) else value


def wanted(spec: Spec) -> list[str]:
    """The columns that a request's address and form ask for, each once."""
    found = needs(spec["url"])
    stack: list[Any] = [spec["form"]]
    while stack:
        value = stack.pop()
        if isinstance(value, str):
            found += needs(value)
        elif isinstance(value, Mapping):
            stack += reversed(list(value.values()))
        elif isinstance(value, list):
            stack += reversed(value)
    return [column for column in dict.fromkeys(found) if not _LATER.fullmatch(column)]


def arguments(spec: Spec, values: Values, index: int = 0) -> dict[str, Any]:
    """``SourceSpider.ask``'s address, method and body of page ``index`` (from 0)."""
    form = fill(spec["form"], values)
    if spec["page_param"]:
        _put(form, spec["page_param"], spec["first_page"] + index * spec["step"], spec["send"])
    asked = {"url": fill(spec["url"], values), "method": spec["method"], "send": spec["send"]}
    return {**asked, "form": form} if form or spec["method"] == "POST" else asked


def _put(form: dict[str, Any], name: str, number: int, send: str) -> None:
    if send == "form":
        form[name] = str(number)
        return
    *way, last = name.split(".")
    for step in way:
        form = form.setdefault(step, {})
    form[last] = number


def identity(specs: list[Spec], values: Values) -> str:
    """What these requests ask for, to ask it once."""
    return json.dumps([arguments(spec, values) for spec in specs], ensure_ascii=False, sort_keys=True)


def spans(windows: Spec | None) -> int:
    """How many windows a module is asked for."""
    return -(-windows["back"] // windows["span"]) if windows else 1


def window_values(windows: Spec | None, today: date) -> Iterator[dict[str, str]]:
    """``first_day`` and ``last_day`` of each window, the latest first; nothing to fill in where there are none."""
    if windows is None:
        yield {}
        return
    first = today - timedelta(days=windows["back"] - 1)
    for number in range(spans(windows)):
        end = today - timedelta(days=number * windows["span"])
        start = max(first, end - timedelta(days=windows["span"] - 1))
        yield {"first_day": start.strftime(windows["format"]), "last_day": end.strftime(windows["format"])}
