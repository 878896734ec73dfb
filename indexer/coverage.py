"""What a source's enterprises disclosed, counted from Elasticsearch: the acceptance numbers of ``qingce coverage``."""

from __future__ import annotations

from collections import Counter
from typing import Any

from indexer.normalise import codes
from indexer.normalise.data import load
from indexer.register.storage import Body, Storage, all_of, term, terms

# Cardinality is exact up to so many different values, which no source's list exceeds.
_EXACT = 40_000


def coverage(store: Storage, source: str) -> Body:
    """Counts of one source, of distinct enterprises (sites as the source lists them), never of rows.

    ``listed``; ``disclosing`` (outlets, monitored items … of ``vocabulary/details.yaml``), ``kinds`` and ``titles`` →
    enterprises; ``codes_valid`` (sites whose code passes GB 32100), ``codes_invalid``, ``shared_codes`` and the
    ``sites_sharing`` them; ``names_differing`` between list and detail page, with examples. Raises KeyError where
    nothing of the source is indexed.
    """
    store.refresh("identities", "disclosures")
    identities = list(store.scan("identities", term("source", source)))
    if not identities:
        raise KeyError(f"nothing of the source {source!r} is indexed; crawl it, then run qingce index")
    listed = [body for body in identities if "listing" in body["kinds"]]
    answer = store.search("disclosures", {"size": 0, "query": term("source", source), "aggs": _aggregations()})
    found = answer["aggregations"]
    differ = [pair for body in listed for pair in _differing(body)]
    return {
        "source": source,
        "listed": len(listed),
        "known": sum(body["recorded"] for body in identities),
        "kinds": _distinct(found["kinds"]),
        "disclosing": _filtered(found["details"]),
        "titles": {bucket["key"]: _distinct(bucket["titles"]) for bucket in found["kinds"]["buckets"]},
        **_codes(identities),
        "names_differing": len(differ),
        "names_differing_examples": differ[:5],
    }


def _aggregations() -> Body:
    subjects = {"subjects": {"cardinality": {"field": "identity_key", "precision_threshold": _EXACT}}}
    titles = {"titles": {"terms": {"field": "title.exact", "size": 100}, "aggs": subjects}}
    filters = {name: _detail_query(detail) for name, detail in load("details").items()}
    return {
        "kinds": {"terms": {"field": "kind", "size": 100}, "aggs": {**subjects, **titles}},
        "details": {"filters": {"filters": filters}, "aggs": subjects},
    }


def _detail_query(detail: dict[str, Any]) -> Body:
    wanted = [term("kind", detail["kind"])] + ([terms("present", detail["any"])] if "any" in detail else [])
    return all_of(*wanted, without=[terms("present", detail["without"])] if "without" in detail else [])


def _distinct(aggregation: Body) -> dict[str, int]:
    return {bucket["key"]: int(bucket["subjects"]["value"]) for bucket in aggregation["buckets"]}


def _filtered(aggregation: Body) -> dict[str, int]:
    return {name: int(bucket["subjects"]["value"]) for name, bucket in sorted(aggregation["buckets"].items())}


def _codes(identities: list[Body]) -> Body:
    """Validity by the check digit of GB 32100, and codes that several sites share."""
    sites = Counter(code for body in identities for code in set(body["usccs"]))
    checked = {code: codes.uscc(code) for code in sites}
    bad = sorted(code for code, found in checked.items() if found is None or not found.valid)
    shared = {code: count for code, count in sites.items() if count > 1}
    return {
        "codes_valid": sum(count for code, count in sites.items() if code not in bad),
        "codes_invalid": bad,
        "shared_codes": len(shared),
        "sites_sharing": sum(shared.values()),
    }


def _differing(body: Body) -> list[dict[str, str]]:
    """The list's name and the detail page's, where the two differ as printed."""
    in_list = {entry["name"] for entry in body["names"] if "listing" in entry["kinds"]}
    in_detail = {entry["name"] for entry in body["names"] if "profile" in entry["kinds"]}
    if not in_list or not in_detail or in_list & in_detail:
        return []
    return [{"external_id": body["external_id"], "list": max(in_list), "detail": max(in_detail)}]
