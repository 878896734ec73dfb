"""Authorities (主管机关) as subjects: who publishes a source, who issued a penalty, permit or approval.

A disclosure carries its authority's folded name; the register of authorities is one aggregation over them and the
publishers of sources, so that nothing has to be kept up to date. A bureau that was renamed stands under both names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, TypedDict

from indexer.normalise import names, regions, values

MOST = 10_000
"""Names at most; a country has some 3,500 ecology bureaus of all levels."""
_KEYS = ("authority", "issuer")
_PLACE = re.compile(r"(?:生态环境|环境保护|环保|行政审批|水务|应急管理|自然资源).*$")
_REST = re.compile(r"(?:省|市|县|区|州|盟|旗)?(?:人民)?(?:政府|管理委员会|管委会)?$")


class Authority(TypedDict):
    """One authority; ``kinds`` counts the disclosures it stands behind, ``sources`` those it publishes."""

    name: str
    type: str
    """``authority``, beside enterprises."""
    region: str | None
    region_name: str
    kinds: dict[str, int]
    sources: list[str]
    first_seen: str | None
    last_seen: str | None


def of(facts: dict[str, Any]) -> str | None:
    """The authority that a disclosure's facts name, folded; None where there is none."""
    for key in _KEYS:
        text = facts.get(key)
        if isinstance(text, str) and not values.is_absent(text):
            return names.fold(text)
    return None


def query() -> dict[str, Any]:
    """The aggregation over the alias ``disclosures``: each authority with its kinds and days."""
    inner = {
        "kinds": {"terms": {"field": "kind", "size": 50}},
        "first": {"min": {"field": "first_seen", "format": "yyyy-MM-dd"}},
        "last": {"max": {"field": "last_seen", "format": "yyyy-MM-dd"}},
    }
    return {"size": 0, "aggs": {"authority": {"terms": {"field": "authority", "size": MOST}, "aggs": inner}}}


def listed(answer: dict[str, Any], publishers: Iterable[tuple[str, str]]) -> list[Authority]:
    """Every authority, those behind most disclosures first; ``publishers`` are (source, publisher's name)."""
    found = {bucket["key"]: _counted(bucket) for bucket in answer["aggregations"]["authority"]["buckets"]}
    for source, publisher in publishers:
        if publisher:
            name = names.fold(publisher)
            found.setdefault(name, _authority(name))["sources"].append(source)
    return sorted(found.values(), key=lambda one: (-sum(one["kinds"].values()), one["name"]))


def _counted(bucket: dict[str, Any]) -> Authority:
    one = _authority(bucket["key"])
    one["kinds"] = {kind["key"]: kind["doc_count"] for kind in bucket["kinds"]["buckets"]}
    one["first_seen"], one["last_seen"] = (bucket[name].get("value_as_string") for name in ("first", "last"))
    return one


@lru_cache(maxsize=10_000)
def region_of(name: str) -> str | None:
    """The region whose bureau a folded name is, by the place it begins with; None where that tells of none."""
    china = regions.china()
    place = _REST.sub("", _PLACE.sub("", name))
    return china.find(_PLACE.sub("", name)) or (china.find(place) if place else None)


def _authority(name: str) -> Authority:
    china, region = regions.china(), region_of(name)
    return Authority(
        name=name, type="authority", region=region, region_name=china.name(region), kinds={}, sources=[],
        first_seen=None, last_seen=None,
    )  # fmt: skip
