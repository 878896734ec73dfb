"""Whom a row is about, read off its columns as the source's YAML says; an absent column gives null, never a guess."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypedDict

Row = Mapping[str, str]


class Subject(TypedDict):
    """Whom the site names, as printed."""

    name: str | None
    uscc: str | None
    external_id: str | None
    region: str | None


NOBODY = Subject(name=None, uscc=None, external_id=None, region=None)


def choose(row: Row, choice: Any) -> str | None:
    """The value a choice reads off a row (``schemafields.Choice``); None where columns or match are absent or empty."""
    if isinstance(choice, str):
        return next((row[column] for column in choice.split("|") if row.get(column)), None)
    if "value" in choice:
        return str(choice["value"]) or None
    if "join" in choice:
        return "".join(row.get(column, "") for column in choice["join"]) or None
    found = _compiled(choice["match"]).search(choose(row, choice["column"]) or "")
    return next((group for group in found.groups() if group), None) if found else None


def subject(row: Row, spec: Mapping[str, Any], known: Subject = NOBODY) -> Subject:
    """The subject of a row; what the row does not say is taken from ``known`` (the page that led here)."""
    return Subject(
        name=_of(row, spec, "name") or known["name"],
        uscc=_of(row, spec, "uscc") or known["uscc"],
        external_id=_of(row, spec, "external_id") or known["external_id"],
        region=_of(row, spec, "region") or known["region"],
    )


def key(row: Row, columns: list[str] | None) -> str | None:
    """The source's own key of a row: the columns' values joined by ``|``; None where no column holds a value."""
    values = [row.get(column, "") for column in columns or []]
    return "|".join(values) if any(values) else None


def filled(template: str, values: Mapping[str, str]) -> str:
    """A template's ``{column}`` replaced by values (columns may hold any character); an unknown one is left empty."""
    return re.sub(r"\{([^{}]+)\}", lambda match: values.get(match[1], ""), template)


def needs(template: str) -> list[str]:
    """The columns a template asks for."""
    return re.findall(r"\{([^{}]+)\}", template)


def _of(row: Row, spec: Mapping[str, Any], part: str) -> str | None:
    return choose(row, spec[part]) if part in spec else None


@lru_cache(maxsize=64)
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)
