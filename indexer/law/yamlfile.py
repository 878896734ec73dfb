"""Reading one rules file: days stay text, a key may stand once, every error names the file."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from indexer.law.errors import RulesError


class _StrictLoader(yaml.SafeLoader):
    """YAML in which a key may stand once in a mapping (PyYAML would let the last one win in silence)."""


def _mapping(loader: _StrictLoader, node: yaml.Node) -> dict[Hashable, Any]:
    if not isinstance(node, yaml.MappingNode):
        raise yaml.MarkedYAMLError(problem="expected a mapping", problem_mark=node.start_mark)
    seen: set[str] = set()
    for key_node, _ in node.value:
        key = str(key_node.value)
        if key in seen and key_node.tag != "tag:yaml.org,2002:merge":
            raise yaml.MarkedYAMLError(problem=f"the key {key!r} stands twice", problem_mark=key_node.start_mark)
        seen.add(key)
    loader.flatten_mapping(node)
    return {loader.construct_object(key): loader.construct_object(value, deep=True) for key, value in node.value}


def _text(loader: _StrictLoader, node: yaml.Node) -> str:
    return str(node.value)


yaml.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping, _StrictLoader)
yaml.add_constructor("tag:yaml.org,2002:timestamp", _text, _StrictLoader)
# As in YAML 1.2 only true and false are truth values: a field may be called ``no``, a need may be ``yes``.
_StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in pairs if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(path: Path) -> Any:
    """The content of a YAML file; raises RulesError with line and column where it is broken or cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RulesError(f"{path.name}: cannot be read ({error}); restore the file as UTF-8") from error
    return parse(text, path.name)


def parse(text: str, name: str) -> Any:
    """The content of YAML text that came from the file ``name``; raises RulesError where it is broken."""
    try:
        return yaml.load(text, Loader=_StrictLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise RulesError(f"{name}: {where}broken YAML: {error.problem}; correct it") from error


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a file that is a list of mappings; raises RulesError where it is not."""
    data = read(path)
    if not isinstance(data, list) or not all(isinstance(row, dict) for row in data):
        raise RulesError(f"{path.name}: expected a list of rows (each a mapping), found {type(data).__name__}")
    return data


def mapping(path: Path) -> dict[str, Any]:
    """The content of a file that is one mapping; raises RulesError where it is not."""
    data = read(path)
    if not isinstance(data, dict):
        raise RulesError(f"{path.name}: expected a mapping, found {type(data).__name__}")
    return data
