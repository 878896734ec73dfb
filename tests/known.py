"""What the code itself says of its settings: read from the source, so that no list of them can grow old."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("crawlers", "indexer", "schedules", "webapp", "examples")
TYPES = {"str", "int", "bool", "float", "list", "path", "url", "enum", "date", "datetime", "timedelta", "json", "dict"}


def settings() -> set[str]:
    """Every ``QINGCE_`` variable that a settings.py reads by environs, or any module names in full."""
    found: set[str] = set()
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found |= _named_in_full(tree)
            if path.name == "settings.py":
                found |= _read_by_environs(tree)
    return found


def _named_in_full(tree: ast.Module) -> set[str]:
    texts = (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))
    return {text for text in texts if re.fullmatch(r"QINGCE_[A-Z][A-Z_]*[A-Z]", text)}


def _read_by_environs(tree: ast.Module) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in TYPES:
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value.isupper():
                names.add(first.value if first.value.startswith("QINGCE_") else f"QINGCE_{first.value}")
    return names
