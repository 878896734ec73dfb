"""The vocabulary files beside this module, read once; their hash is the vocabulary's version."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

_FOLDER = files("indexer.normalise") / "vocabulary"


@lru_cache(maxsize=32)
def load(name: str) -> dict[str, Any]:
    """The content of ``vocabulary/<name>.yaml``; raises ValueError where it is not a mapping."""
    data = yaml.safe_load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    if not isinstance(data, dict):
        raise ValueError(f"vocabulary/{name}.yaml: expected a mapping at the top, found {type(data).__name__}")
    return data


@lru_cache(maxsize=1)
def version() -> str:
    """Twelve hex digits over all vocabulary files: what a duty row names as the vocabulary it was judged with."""
    digest = hashlib.sha256()
    for item in sorted((entry for entry in _FOLDER.iterdir() if entry.name.endswith(".yaml")), key=lambda e: e.name):
        digest.update(item.name.encode())
        digest.update(item.read_bytes())
    return digest.hexdigest()[:12]
