"""The ``.env`` file: values are set in place, every other line stays as it was."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path


def with_values(text: str, values: Mapping[str, str]) -> str:
    """The text with each variable set once; new ones are appended."""
    lines, left = [], dict(values)
    for line in text.splitlines():
        name = line.split("=", 1)[0].strip()
        if name not in values:
            lines.append(line)
        elif name in left:
            lines.append(f"{name}={_quoted(left.pop(name))}")
    lines += [f"{name}={_quoted(value)}" for name, value in left.items()]
    return "\n".join(lines) + "\n"


def write(path: Path, values: Mapping[str, str]) -> None:
    """Set the values in the file, made where absent; in one step, readable by its owner alone."""
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(with_values(before, values), encoding="utf-8")
    draft.replace(path)


def _quoted(value: str) -> str:
    """As python-dotenv reads it back: plain where it can be, else in single quotes."""
    if re.fullmatch(r"[\w@%+=:,./-]*", value):
        return value
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
