"""The enabled sources, read from the effective definitions in ``var/sources`` (written by the ``qingce`` command)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from schedules.cadence import parse
from schedules.errors import ScheduleError


@dataclass(frozen=True)
class Scheduled:
    """What the schedule needs of a source: its name, cadence, the kinds it carries and the days it is active."""

    name: str
    title: str
    every: timedelta
    kinds: frozenset[str]
    family: str = ""
    active_from: date | None = None
    active_to: date | None = None

    def active(self, day: date) -> bool:
        """True on the days on which the source exists."""
        return (self.active_from is None or self.active_from <= day) and (
            self.active_to is None or day <= self.active_to
        )


def enabled(folder: Path) -> tuple[list[Scheduled], list[ScheduleError]]:
    """The sources of the folder by name, and an error for each definition that cannot be used.

    One bad file must not stop the others: the caller shows the errors.
    """
    good, bad = [], []
    for path in sorted(folder.glob("*.json")):
        try:
            source = read(path)
            # Material that a person supplied has no site to ask.
            good += [source] if source.family != "supplied" else []
        except ScheduleError as error:
            bad.append(error)
    return good, bad


def read(path: Path) -> Scheduled:
    """One definition; raises ScheduleError naming file and field."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return _scheduled(data)
    except (OSError, json.JSONDecodeError, KeyError, TypeError, ValueError, ScheduleError) as error:
        detail = f"field {error} is missing" if isinstance(error, KeyError) else str(error)
        raise ScheduleError(f"{path}: {detail}; write it anew with `qingce init`") from error


def _scheduled(data: dict[str, Any]) -> Scheduled:
    active = data.get("active") or {}
    return Scheduled(
        name=data["name"],
        title=data.get("title") or data["name"],
        every=parse(data["cadence"]),
        kinds=frozenset(_kinds(data["covers"])),
        family=data.get("family") or "",
        active_from=_day(active.get("from")),
        active_to=_day(active.get("to")),
    )


def _kinds(covers: Iterable[dict[str, Any]]) -> Iterable[str]:
    for cover in covers:
        yield from cover["kinds"]


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
