"""A pack as one .zip file: the same files, each dated as the pack."""

from __future__ import annotations

import zipfile
from pathlib import Path

STORED = (".gz", ".tsr")
"""Compressed already."""


def zipped(folder: Path, file: Path) -> None:
    """Write every file of a pack into ``file``, under the folder's name."""
    with zipfile.ZipFile(file, "w") as out:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            how = zipfile.ZIP_STORED if path.suffix in STORED else zipfile.ZIP_DEFLATED
            out.write(path, f"{folder.name}/{path.relative_to(folder).as_posix()}", how)
