"""Changed rules files laid over the project's own, to see what they would change before they are used."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from indexer.gaps import params
from indexer.gaps.params import GapRules
from indexer.law import rules
from indexer.law.errors import RulesError
from indexer.law.rules import Rules

WHOLE = ("instruments.yaml", "subjects.yaml", "fields.yaml", "overrides.yaml", "calendar.yaml", "obligations")
"""A folder with all of these stands for the whole law: what it lacks is gone."""
LAW, GAPS = "law", "rules"


def changed(path: Path) -> tuple[Rules, GapRules]:
    """The law and the gap rules with the changed file or folder ``path``.

    A file takes the place of the one of its name; a folder's files likewise, its new ``obligations/*.yaml`` are added.
    Raises RulesError naming the file and what to do.
    """
    if not path.exists():
        raise RulesError(f"{path}: there is no such file or folder; name a changed rules file or a folder of them")
    with tempfile.TemporaryDirectory() as scratch:
        law, gaps = Path(scratch) / LAW, Path(scratch) / GAPS
        _copy(params.FOLDER, gaps)
        if all((path / name).exists() for name in WHOLE):
            _copy(path, law)
        else:
            _copy(rules.FOLDER, law)
            for file, target in _placed(path, law, gaps):
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
        return rules.load(law), params.load(gaps)


def _copy(folder: Path, into: Path) -> None:
    into.mkdir(parents=True)
    for file in folder.rglob("*.yaml"):
        target = into / file.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)


def _placed(path: Path, law: Path, gaps: Path) -> Iterator[tuple[Path, Path]]:
    files = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    if not files:
        raise RulesError(f"{path}: holds no *.yaml; a changed file keeps the name it has in indexer/law or gaps/rules")
    known = {file.name: file for folder in (law, gaps) for file in folder.rglob("*.yaml")}
    for file in files:
        target = known.get(file.name)
        if target is None and file.parent.name == "obligations":
            target = law / "obligations" / file.name
        if target is None:
            raise RulesError(f"{file.name}: no rules file has this name; expected one of {', '.join(sorted(known))}")
        yield file, target
