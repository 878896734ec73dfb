"""Enterprises that belong together without being one (相关企业): parent and branch, sites under one credit code.

Linked, never merged. Found when asked for, by exact keys, so that nothing has to be kept up to date.
"""

from __future__ import annotations

from typing import Any, Literal

from indexer.normalise import cores, names
from indexer.register.documents import Enterprise

Relation = Literal["parent", "branch", "same_code"]
MOST = 30


def query(enterprise: Enterprise) -> dict[str, Any]:
    """The search for an enterprise's relatives (alias ``enterprises``), at most ``MOST``."""
    own = _folded(enterprise)
    asked: list[dict[str, Any]] = [{"prefix": {"search_names.exact": name.lower()}} for name in own]
    asked += [{"term": {"search_names.exact": parent.lower()}} for parent in _parents(enterprise)]
    if enterprise["uscc_valid"]:
        asked.append({"terms": {"usccs": [code.lower() for code in enterprise["usccs"]]}})
    return {
        "size": MOST,
        "query": {
            "bool": {"should": asked, "minimum_should_match": 1, "must_not": [{"term": {"id": enterprise["id"]}}]}
        },
        "sort": [{"name": "asc"}, {"id": "asc"}],
    }


def relation(enterprise: Enterprise, other: Enterprise) -> Relation | None:
    """What ``other`` is to ``enterprise``: its parent, its branch, another site of the same legal person; or None."""
    if _folded(other) & _parents(enterprise):
        return "parent"
    if _folded(enterprise) & _parents(other):
        return "branch"
    if enterprise["uscc_valid"] and set(enterprise["usccs"]) & set(other["usccs"]):
        return "same_code"
    return None


def _folded(enterprise: Enterprise) -> frozenset[str]:
    return frozenset(names.fold(entry["name"]) for entry in enterprise["names"])


def _parents(enterprise: Enterprise) -> frozenset[str]:
    """Folded names of those that the enterprise's names call it a branch of."""
    parted = (cores.branch(entry["name"]) for entry in enterprise["names"])
    return frozenset(found[0] for found in parted if found)
