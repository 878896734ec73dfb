"""The source that imported records belong to: one with a YAML, or one made from what the person says of the file.

A source made here is active from the first to the last day on which a person took material: it is no channel that is
watched, so that a file supplied once neither proves that something is missing nor keeps other channels from proving it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawlers import clock, sourcefiles
from crawlers.importing.errors import ImportRefusedError
from crawlers.importing.material import Material
from crawlers.source import Source, all_sources, checked, effective, from_export

FAMILY = "supplied"
BY_TITLE = {
    "水环境": "KPU.W", "大气环境": "KPU.A", "噪声": "KPU.N", "地下水": "SOIL", "土壤": "SOIL", "环境风险": "RISK",
    "依法披露": "EL",
}  # fmt: skip
"""Class by the heading of a list's table (环境监管重点单位名录管理办法, 生态环境部令第27号)."""
_LEVELS = ("province", "city", "county")


def source_for(material: Material, kind: str, var: Path, folders: tuple[Path, ...], titles: set[str | None]) -> Source:
    """The source of the material, its coverage widened by it; raises ImportRefusedError where they disagree."""
    if material.source in sourcefiles.find(folders):
        return _of_yaml(material, kind, folders)
    old = stored(var, material.source)
    raw = _new(material, kind) if old is None else _widened(dict(old.data), material, kind)
    if kind == "listing":
        raw["membership"] = _membership(material, titles, old)
    return checked(_for_schema(raw), _path(var, material.source))


def stored(var: Path, name: str) -> Source | None:
    """The definition an earlier import wrote into ``var/sources``, or None."""
    path = _path(var, name)
    return from_export(path) if path.is_file() else None


def is_made_here(source: Source) -> bool:
    """Whether the source was made by an import: only then does the import write its definition."""
    return source.family == FAMILY


def subject_columns(source: Source | None) -> Mapping[str, Any] | None:
    """The columns under which a source's own YAML finds a subject, at whatever depth its family keeps them."""
    walk: Mapping[str, Any] = source.walk if source else {}
    for part in ("notice", "list"):
        spec = walk.get(part) or {}
        if spec.get("subject"):
            found: Mapping[str, Any] = spec["subject"]
            return found
    return None


def yaml_source(name: str, folders: tuple[Path, ...]) -> Source | None:
    """The source of a YAML file, or None where no folder has one."""
    return next((source for source in all_sources(folders) if source.name == name), None)


def _of_yaml(material: Material, kind: str, folders: tuple[Path, ...]) -> Source:
    source = effective(material.source, folders)
    covered = {k for cover in source.data["covers"] for k in cover["kinds"]}
    if kind not in covered:
        known = ", ".join(sorted(covered))
        raise ImportRefusedError(f"kind: {source.name} covers {known}, not {kind}; name another source or kind")
    own = (source.data["membership"] or {}).get("class")
    if material.cls and own and material.cls != own:
        raise ImportRefusedError(
            f"class: the source {source.name} holds the class {own}, not {material.cls}; leave it out"
        )
    return source


def _new(material: Material, kind: str) -> dict[str, Any]:
    parts = urlsplit(material.url)
    publisher = material.publisher or parts.hostname
    return {
        "name": material.source,
        "title": material.title or f"{publisher}: 人工导入",
        "publisher": {"name": publisher, "level": _level(material.region)},
        "family": FAMILY,
        "base_url": f"{parts.scheme}://{parts.netloc}",
        "robots": {"note": "no robot asks this site: a person supplied the material"},
        "licence": "as stated where a person took the material",
        "cadence": "yearly",
        "channel": material.channel or ("city_bureau" if kind == "listing" else "other"),
        "covers": [_cover(material, kind)],
        "active": {"from": _day(material), "to": _day(material)},
        "walk": {},
        "enabled": True,
    }


def _cover(material: Material, kind: str) -> dict[str, Any]:
    """Without a class a list may hold every class of headings; disclosures are owed by KPU or EL units."""
    several = sorted(set(BY_TITLE.values())) if kind == "listing" else ["EL", "KPU"]
    return {"kinds": [kind], "classes": [material.cls] if material.cls else several, "regions": [material.region]}


def _level(region: str) -> str:
    """Level of the authority that a region belongs to: ``350300`` is a city, ``35`` and ``350000`` a province."""
    parts = [region[start : start + 2] for start in (2, 4)]
    return _LEVELS[sum(1 for part in parts if part not in ("", "00"))]


def _day(material: Material) -> str:
    return clock.simulated(material.stamp()).today().isoformat()


def _widened(raw: dict[str, Any], material: Material, kind: str) -> dict[str, Any]:
    """The stored definition with this material's kind, class and region covered as well."""
    if raw["family"] != FAMILY:
        raise ImportRefusedError(
            f"source: {material.source} is crawled, its YAML is not in QINGCE_SOURCES; add its folder"
        )
    cover, day = _cover(material, kind), _day(material)
    covers = raw["covers"] if cover in raw["covers"] else [*raw["covers"], cover]
    first, last = raw["active"]["from"] or day, raw["active"]["to"] or day
    return {**raw, "covers": covers, "active": {"from": min(first, day), "to": max(last, day)}}


def _membership(material: Material, titles: set[str | None], old: Source | None) -> dict[str, Any]:
    """How the list's records become memberships; the year stands in every record's title."""
    before = (old.data["membership"] or {}) if old else {}
    if material.cls:
        if before and before.get("class") != material.cls:
            held = before.get("class") or "classes by heading"
            raise ImportRefusedError(
                f"class: {material.source} holds {held}; import {material.cls} under another source name"
            )
        return {"class": material.cls, "year_from": "title", "published": "published_at"}
    unknown = sorted(title or "(no heading)" for title in titles if not any(word in (title or "") for word in BY_TITLE))
    if unknown:
        raise ImportRefusedError(
            f"class: no class follows from the heading {unknown[0]}; give the class of the list (KPU, EL, SOIL, RISK …)"
        )
    return {"class_by": {"title": BY_TITLE}, "year_from": "title", "published": "published_at"}


def _for_schema(raw: dict[str, Any]) -> dict[str, Any]:
    """A definition as YAML would hold it: through JSON, so that no part is shared with a checked source."""
    copy: dict[str, Any] = json.loads(json.dumps(raw))
    return copy


def _path(var: Path, name: str) -> Path:
    return var / "sources" / f"{name}.json"
