"""Source files: where they lie, how YAML is read, how ``extends:`` is resolved; names are unique over all folders."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from crawlers.errors import SourceError, UnknownSourceError

Raw = dict[str, Any]
SUFFIX = ".yaml"


def find(folders: Iterable[Path]) -> dict[str, Path]:
    """Every source's file by its name (the file's stem); raises SourceError for a missing folder or a name twice."""
    found: dict[str, Path] = {}
    for folder in folders:
        if not folder.is_dir():
            raise SourceError(f"{folder}: no such folder of sources; correct QINGCE_SOURCES")
        for path in sorted(folder.glob(f"*{SUFFIX}")):
            if path.stem in found:
                raise SourceError(f"{path}: the name {path.stem} is taken by {found[path.stem]}; rename one of them")
            found[path.stem] = path
    return found


def merged(name: str, files: dict[str, Path]) -> Raw:
    """The definition of ``name`` with all that it extends: mappings merge deeply, lists and values are replaced.

    ``extends`` is not inherited content: a base's ``enabled``, ``verified`` and ``demo`` speak of the base alone and
    are left behind. Raises UnknownSourceError, and SourceError for broken YAML or a circle.
    """
    chain: list[str] = []
    layers: list[Raw] = []
    current: str | None = name
    while current is not None:
        if current in chain:
            raise SourceError(f"{files[name]}: field extends: {' → '.join([*chain, current])} is a circle; break it")
        layer = load(path_of(current, files, asked_by=files[chain[-1]] if chain else None))
        chain.append(current)
        current = _extends(layer, files[chain[-1]])
        layers.append(layer)
    result: Raw = {}
    for layer in reversed(layers):
        for own in ("enabled", "verified", "demo"):
            result.pop(own, None)
        result = deep_merge(result, layer)
    return result


def path_of(name: str, files: dict[str, Path], asked_by: Path | None = None) -> Path:
    """The file of a source; raises UnknownSourceError naming near ones."""
    if name in files:
        return files[name]
    near = difflib.get_close_matches(name, files, n=3, cutoff=0.5)
    known = f"did you mean {', '.join(near)}?" if near else f"known: {', '.join(sorted(files)) or 'none'}"
    where = f"{asked_by}: field extends: " if asked_by else ""
    raise UnknownSourceError(f"{where}unknown source {name!r}; {known}")


def load(path: Path) -> Raw:
    """One file's mapping; raises SourceError with line and column where the YAML is broken."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_UniqueKeys)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise SourceError(f"{path}: {where}broken YAML: {error.problem}; correct it") from error
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise SourceError(f"{path}: cannot be read: {' '.join(str(error).split())}") from error
    if not isinstance(data, dict):
        raise SourceError(
            f"{path}: a source is a mapping of fields, this is {type(data).__name__}; see docs/reference/source.md"
        )
    return data


def deep_merge(base: Raw, over: Raw) -> Raw:
    """``over`` upon ``base``: mappings merge, everything else is replaced; neither argument is changed."""
    result = dict(base)
    for key, value in over.items():
        old = result.get(key)
        both = isinstance(old, dict) and isinstance(value, dict)
        result[key] = deep_merge(old, value) if both else value  # type: ignore[arg-type]
    return result


def _extends(layer: Raw, path: Path) -> str | None:
    base = layer.pop("extends", None)
    if base is not None and not isinstance(base, str):
        raise SourceError(f"{path}: field extends: not the name of a source: {base!r}")
    return base


class _UniqueKeys(yaml.SafeLoader):
    """YAML in which a key may stand once; PyYAML would let the last one win in silence. Dates stay as written."""


def _mapping(loader: _UniqueKeys, node: yaml.MappingNode) -> Raw:
    own: set[str] = set()
    for key_node, _ in node.value:
        if key_node.value in own:
            raise yaml.MarkedYAMLError(
                problem=f"the key {key_node.value!r} stands twice", problem_mark=key_node.start_mark
            )
        own.add(key_node.value)
    # Resolves ``<<``: what is merged in comes first, so that a mapping's own keys win.
    loader.flatten_mapping(node)
    return {
        loader.construct_object(key, deep=True): loader.construct_object(value, deep=True) for key, value in node.value
    }


def _as_written(loader: _UniqueKeys, node: yaml.ScalarNode) -> str:
    return str(loader.construct_scalar(node))


_UniqueKeys.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
_UniqueKeys.add_constructor("tag:yaml.org,2002:timestamp", _as_written)
