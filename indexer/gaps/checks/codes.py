"""Codes and names (CON-14, CON-18): check digits that fail, a permit that is another's by number, name or city."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from indexer.gaps.checks import duties
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule
from indexer.law.facts import Found
from indexer.normalise import codes, names, regions

_OWN = ("profile", "emission", "facility", "eia", "permit", "emergency_plan", "annual_report", "permit_report")
_CODED = (("uscc", "统一社会信用代码"), ("org_code", "组织机构代码"), ("permit_no", "许可证编号前18位"))
_CITY = 4
"""Digits of a city's code; of a municipality two."""


def digits(view: View, rule: GapRule) -> Iterator[Observation]:
    """CON-14, a hint and no more: GB 32100-2015 and GB 11714-1997, of each code the document seen first."""
    told: dict[tuple[str, str], Found] = {}
    for kind in _OWN:
        for item in view.found(kind):
            for key, title in _CODED:
                if (value := _wrong(item.facts.get(key), key, rule)) is not None:
                    place = (title, value)
                    if place not in told or (item.first_seen, item.id) < (told[place].first_seen, told[place].id):
                        told[place] = item
    for (title, value), item in sorted(told.items()):
        obligation, period = duties.place(view, item)
        standard = "GB 32100-2015" if len(value) == 18 else "GB 11714-1997"
        words = f"{title}{value}末位校验码不符（{standard}）；登记或填报可能有误"
        yield Observation(
            rule.severity(), "medium", words, item.first_seen, obligation, period, value, item.captures,
            found=(item.id,),
        )  # fmt: skip


def _wrong(value: Any, key: str, rule: GapRule) -> str | None:
    """The cleaned code where it has the shape and its check digit does not hold; a suggestion is never applied."""
    if not isinstance(value, str):
        return None
    if key == "permit_no":
        permit = codes.permit_no(value)
        code = permit.code if permit else None
    else:
        code = codes.uscc(value) or (codes.org_code(value) if key == "org_code" else None)
    if code is None or code.valid or code.value in rule.texts("exceptions"):
        return None
    return code.value


@dataclass(frozen=True)
class _Known:
    """What the subject prints of itself outside its permits, with all names that it ever had."""

    usccs: frozenset[str]
    names: frozenset[str]
    since: date


def permits(view: View, rule: GapRule) -> Iterator[Observation]:
    """CON-18: number, name and city of each standing permit beside what the subject prints elsewhere."""
    shown = view.found("permit")
    known = _known(view) if shown else None
    if known is None:
        return
    for item in shown:
        for what, words in _differences(view, item, known):
            obligation, period = duties.place(view, item)
            yield Observation(
                rule.severity(), "medium", words, max(item.first_seen, known.since), obligation, period,
                f"{what}|{item.id}", item.captures, found=(item.id,),
            )  # fmt: skip


def _known(view: View) -> _Known | None:
    others = [item for kind in _OWN if kind != "permit" for item in view.evidence.found.get(kind, ())]
    own = {codes.clean(v) for item in others if isinstance(v := item.facts.get("uscc"), str) and codes.uscc(v)}
    called = {names.fold(v) for item in others if isinstance(v := item.facts.get("name"), str)}
    called |= {names.fold(name.value) for name in view.subject.profile.names} | {names.fold(view.subject.name)}
    since = min((item.first_seen for item in others), default=None)
    return _Known(frozenset(own), frozenset(called), since) if since is not None else None


def _differences(view: View, item: Found, known: _Known) -> Iterator[tuple[str, str]]:
    number = item.facts.get("permit_no")
    permit = codes.permit_no(number) if isinstance(number, str) else None
    # A letter typed for the digit that it resembles is a slip (CON-14), no permit of another's.
    if permit is not None and known.usccs and known.usccs.isdisjoint({permit.code.value, permit.code.suggestion}):
        told = "、".join(sorted(known.usccs))
        yield "number", f"许可证编号{permit.value}前18位{permit.code.value}与企业的统一社会信用代码{told}不同"
    name = item.facts.get("name")
    if isinstance(name, str) and not names.is_cut(name) and not _is_called(name, known):
        yield "name", f"许可证载明的单位名称“{name}”与企业现用及曾用名称（{len(known.names)}个）均不同"
    yield from _elsewhere(view, item)


def _is_called(name: str, known: _Known) -> bool:
    now, former = names.split_former(name)
    return any(names.fold(one) in known.names for one in (now, *former))


def _elsewhere(view: View, item: Found) -> Iterator[tuple[str, str]]:
    """The city that the permit states; a county alone is looked for within the subject's own province."""
    own = next((code for code in reversed(view.subject.region_path) if code), None)
    told = item.facts.get("city") or item.facts.get("region")
    here = regions.city(regions.shorten(own)) if own else None
    code = _code(item, told)
    there = regions.city(regions.china().current(code)) if code else None
    if here and there and here != there and len(there) <= _CITY:
        table = regions.china()
        places = (table.name(there) or there, table.name(here) or here)
        yield "region", f"许可证载明地区“{told}”（{places[0]}）与企业所在地（{places[1]}）不同"
    elif code is None and isinstance(item.facts.get("city"), str):
        yield from _other_city(view, str(item.facts["city"]))


def _code(item: Found, told: Any) -> str | None:
    """The code of the place: that which its source's own table gave, else that of the common one."""
    own = item.facts.get("region_code")
    if isinstance(own, str):
        return own
    return regions.china().find(told) if isinstance(told, str) else None


def _other_city(view: View, city: str) -> Iterator[tuple[str, str]]:
    """Where no table knows the city, what the subject prints under the same heading elsewhere is compared."""
    others = {
        value for kind in _OWN if kind != "permit" for other in view.evidence.found.get(kind, ())
        if isinstance(value := other.facts.get("city"), str) and regions.china().find(value) is None
    }  # fmt: skip
    if others and not any(_bare(city) == _bare(other) for other in others):
        yield (
            "region",
            f"许可证载明城市“{city}”与企业在别处载明的{len(others)}个城市（{'、'.join(sorted(others))}）均不同",
        )


def _bare(city: str) -> str:
    return names.fold(city).removesuffix("市").removesuffix("地区")
