"""Changes not followed (STA-05, 变更未同步): one source prints the new value, another goes on with the old one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule
from indexer.law.facts import Found
from indexer.normalise import names

_ITS_OWN = ("profile", "permit", "emission", "facility", "monitoring_plan", "eia", "emergency_plan")
_TITLES = {"name": "单位名称", "legal_rep": "法定代表人", "address": "地址", "standard": "执行标准"}
_DAY_AFTER_31 = date(2022, 2, 8)


@dataclass(frozen=True)
class _Value:
    """A value of one source from its first to its last sighting; ``stated`` is the day that its page states."""

    source: str
    text: str
    first: date
    last: date
    found: Found | None = None
    stated: date | None = None


def check(view: View, rule: GapRule) -> Iterator[Observation]:
    """Name, representative, address and the standard of each outlet and pollutant."""
    for (what, about), values in sorted(_tracks(view).items()):
        yield from _behind(rule, what, about, values)


def _tracks(view: View) -> Mapping[tuple[str, str], list[_Value]]:
    tracks: dict[tuple[str, str], list[_Value]] = {}
    for kind in _ITS_OWN:
        for item in view.evidence.found.get(kind, ()):
            for what in ("name", "address", "standard"):
                text = item.facts.get(what)
                if isinstance(text, str) and text and (what != "standard" or item.outlet):
                    about = f"{item.outlet}|{'、'.join(item.pollutants)}" if what == "standard" else ""
                    value = _Value(item.source, text, item.first_seen, item.last_seen, item, item.published)
                    tracks.setdefault((what, about), []).append(value)
    tracks[("legal_rep", "")] = [
        _Value(d.source, d.value, d.first, d.last, stated=d.stated) for d in view.subject.profile.legal_reps
    ]
    return tracks


def _behind(rule: GapRule, what: str, about: str, values: list[_Value]) -> Iterator[Observation]:
    """Each source that still prints, so many days after another one turned, what that one printed before."""
    days = timedelta(days=int(rule.number("days")))
    for new, public in _turns(values):
        for old in sorted(values, key=lambda value: (value.source, value.first, value.text)):
            if old.source == new.source or _same(what, old.text, new.text) or old.last <= public + days:
                continue
            if not any(v.source == new.source and v.last < new.first and _same(what, v.text, old.text) for v in values):
                continue
            if any(v.source == old.source and v.last > new.first and _same(what, v.text, new.text) for v in values):
                continue
            yield _observation(rule, what, about, new, public, old, days)


def _turns(values: list[_Value]) -> Iterator[tuple[_Value, date]]:
    """The values that a source printed after it had printed another, which it no longer does; the day they are public.

    That is the day the page states, unless the source still showed the other one then; else the first sighting.
    """
    for value in sorted(values, key=lambda one: (one.source, one.first, one.text)):
        before = [v for v in values if v.source == value.source and v.last < value.first and v.text != value.text]
        if before:
            last = max(v.last for v in before)
            stated = value.stated if value.stated is not None and last < value.stated <= value.first else None
            yield value, stated or value.first


def _same(what: str, one: str, other: str) -> bool:
    if what == "address":
        return names.fold_address(one) == names.fold_address(other)
    return names.fold(one) == names.fold(other)


def _observation(
    rule: GapRule, what: str, about: str, new: _Value, public: date, old: _Value, days: timedelta
) -> Observation:
    # A representative is a natural person: that it changed is said, never who it is.
    told = f"由“{old.text}”变为“{new.text}”" if what != "legal_rep" else "已变更"
    behind = (old.last - public).days
    place = f"（{about.replace('|', ' ')}）" if about else ""
    words = (
        f"{_TITLES[what]}{place}：{new.source}自{public}起{told}；{old.source}至{old.last}仍为原内容，"
        f"相隔{behind}日，超过{days.days}日"
    )
    items = [value.found for value in (new, old) if value.found is not None]
    obligation = "O31-8" if public < _DAY_AFTER_31 else "PR-8b"
    return Observation(
        rule.severity(), "high" if what in ("name", "address") else "medium", words,
        max(new.first, _since(old, public + days)),
        obligation, None, f"{what}|{about}|{old.source}", tuple(c for item in items for c in item.captures),
        found=(old.found.id,) if old.found is not None else (),
    )  # fmt: skip


def _since(old: _Value, after: date) -> date:
    """The first day on which the old value was seen too late."""
    sightings: Iterable[date] = old.found.sightings if old.found is not None else ()
    return min((day for day in sightings if day > after), default=old.last)
