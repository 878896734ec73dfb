"""Which demonstration a data folder holds: the province, the readers and the rules that made it, as one hash.

``demo.json`` is written when the folder is begun and says ``complete`` only when all is in: an interrupted
demonstration goes on where it stopped, one made by other code begins anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from webapp.cli.processes import CHECKOUT

PARTS = ("examples/province", "crawlers", "indexer")
State = Literal["none", "begun", "complete", "other"]


def identity(script: Mapping[str, Any]) -> str:
    """Hash of the script and of every file that decides what is crawled and how it is understood."""
    digest = hashlib.sha256(json.dumps(script, sort_keys=True).encode())
    for part in PARTS:
        for path in sorted((CHECKOUT / part).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.relative_to(CHECKOUT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def state(folder: Path, wanted: str) -> State:
    """What the folder holds, as far as ``demo.json`` says."""
    try:
        marker = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return "other" if (folder / "runs").exists() else "none"
    except json.JSONDecodeError:
        return "other"
    if marker.get("identity") != wanted:
        return "other"
    return "complete" if marker.get("complete") is True else "begun"


def write(folder: Path, identity: str, complete: bool) -> None:
    """Write the marker in one step."""
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"demo.json.{os.getpid()}"
    draft.write_text(json.dumps({"identity": identity, "complete": complete}) + "\n", encoding="utf-8")
    draft.replace(folder / "demo.json")


def clear(folder: Path) -> None:
    """Empty a folder of another demonstration; only what a demonstration writes is taken away."""
    for name in ("demo.json", "runs", "sources", "province", "subjects", "elasticsearch", "logs", "officer.txt",
                 "secret.key", "node.json"):  # fmt: skip
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    for path in folder.glob("qingce.sqlite*"):
        path.unlink()
