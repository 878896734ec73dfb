"""The law as this copy applies it: the rules' files, imported notices of days off, rows that two people have read.

What an officer adds lies in ``var/law``: ``texts/<two digits>/<sha256>`` the bytes of official texts,
``calendar/<year>-<number>.yaml`` the notices (the highest number of a year holds), ``editions/<version>.json`` why each
version of the rules came about and what it changed in the results. Nothing there is ever changed or removed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from indexer.law import holidays, signing
from indexer.law.errors import RulesError
from indexer.law.holidays import Notice
from indexer.law.rules import Rules, default, with_notices
from indexer.law.signing import Signed
from indexer.register import decisions, readings
from indexer.register.readings import Readings
from indexer.settings import Settings

_NAME = re.compile(r"(\d{4})-(\d{4})\.yaml")


def current(settings: Settings) -> Rules:
    """The rules in force in this copy."""
    return edition(notices(settings), read(settings).signed())


@lru_cache(maxsize=8)
def edition(imported: tuple[Notice, ...], rows: tuple[Signed, ...]) -> Rules:
    """The project's rules with these notices and these rows seen."""
    return over(default(), imported, rows)


def over(rules: Rules, imported: tuple[Notice, ...], rows: tuple[Signed, ...]) -> Rules:
    """Any rules with these notices and these rows seen."""
    return signing.signed(with_notices(rules, imported), rows)


def read(settings: Settings) -> Readings:
    """What people attached and signed."""
    return decisions.read(settings.database, readings.read, Readings())


def notices(settings: Settings) -> tuple[Notice, ...]:
    """The notice that holds for each year imported, ascending; raises RulesError where a file is broken."""
    newest: dict[int, Path] = {}
    for path in sorted(_calendar(settings).glob("*.yaml")):
        match = _NAME.fullmatch(path.name)
        if match is None:
            raise RulesError(f"{path}: unknown file; notices are named 2027-0001.yaml by `qingce calendar import`")
        newest[int(match[1])] = path
    return tuple(_notice(newest[year]) for year in sorted(newest))


def keep_notice(settings: Settings, notice: Notice, original: bytes) -> Path:
    """Writes the notice as the newest of its year, and the officer's own file into the archive of texts."""
    keep_text(settings, original)
    folder = _calendar(settings)
    folder.mkdir(parents=True, exist_ok=True)
    number = len(list(folder.glob(f"{notice.year}-*.yaml"))) + 1
    path = folder / f"{notice.year}-{number:04}.yaml"
    with path.open("x", encoding="utf-8") as file:
        file.write(f"# from a file with SHA-256 {hashlib.sha256(original).hexdigest()}\n{holidays.dump(notice)}")
    return path


def keep_text(settings: Settings, data: bytes) -> str:
    """Keeps the bytes under their SHA-256, which is returned; done twice it changes nothing."""
    digest = hashlib.sha256(data).hexdigest()
    path = text_path(settings, digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{digest}.new")
        temporary.write_bytes(data)
        temporary.replace(path)
    return digest


def text_path(settings: Settings, digest: str) -> Path:
    """Where the text with this SHA-256 lies."""
    return settings.law / "texts" / digest[:2] / digest


def keep_edition(settings: Settings, before: str, after: str, why: Mapping[str, Any], changed: Any) -> Path:
    """Writes why version ``after`` of the rules followed ``before``, and what that changed in the results."""
    path = settings.law / "editions" / f"{after}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {"version": after, "before": before, "why": dict(why), "difference": changed}
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1, default=str) + "\n", encoding="utf-8")
    return path


def editions(settings: Settings) -> list[dict[str, Any]]:
    """Every kept change of the rules, oldest first."""
    paths = sorted((settings.law / "editions").glob("*.json"), key=lambda path: (path.stat().st_mtime_ns, path.name))
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]


def _calendar(settings: Settings) -> Path:
    return settings.law / "calendar"


@lru_cache(maxsize=64)
def _notice(path: Path) -> Notice:
    """Read once: a file in the folder is never changed."""
    try:
        return holidays.parse(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise RulesError(f"{path}: cannot be read ({error}); restore it from a copy of the data folder") from error
