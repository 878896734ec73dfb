"""The mapping files: one YAML a family of indices under ``mappings/``, with the reason beside each choice."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml

MAPPINGS = Path(__file__).parent / "mappings"
YEARLY = "measurements"
"""The one family with an index a year."""


@cache
def families() -> tuple[str, ...]:
    """Names of all families, sorted: ``disclosures``, ``duties``, …"""
    return tuple(sorted(path.stem for path in MAPPINGS.glob("*.yaml") if path.stem != "analysis"))


def family_of(unit: str) -> str:
    """The family of a unit: ``measurements`` of ``measurements-2024``, else the unit itself."""
    return unit.split("-", 1)[0]


@cache
def definition(family: str) -> dict[str, Any]:
    """Settings and mappings as the create-index request takes them; raises KeyError for an unknown family."""
    if family not in families():
        raise KeyError(f"no index family {family!r}; there are {', '.join(families())}")
    return {"settings": {"index": _load("analysis")}, "mappings": _load(family)}


def _load(stem: str) -> dict[str, Any]:
    return dict(yaml.safe_load((MAPPINGS / f"{stem}.yaml").read_text(encoding="utf-8")))


@cache
def fingerprint(family: str) -> str:
    """Eight hex digits of the definition's content; comments and key order do not count."""
    canonical = json.dumps(definition(family), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()[:8]


@cache
def countable(family: str) -> tuple[str, ...]:
    """Top-level fields whose fill rate the cluster can count with an ``exists`` query."""
    properties = definition(family)["mappings"]["properties"]
    return tuple(name for name, field in properties.items() if _is_countable(field))


def _is_countable(field: dict[str, Any]) -> bool:
    if field["type"] == "object":
        return bool(field.get("enabled", True)) and bool(field.get("properties"))
    return bool(field.get("index", True)) or bool(field.get("doc_values", True))
