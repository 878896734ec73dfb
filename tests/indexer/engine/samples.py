"""Whole documents of each family, with only what a test is about given."""

from __future__ import annotations

from typing import Any

CAPTURE = {"run": "20210301T020000Z-ab12cd", "file": "captures-00001.warc.gz", "offset": 0, "digest": "sha256:00"}


def enterprise(number: int, name: str = "上海某化工有限公司", **fields: Any) -> dict[str, Any]:
    """One enterprise."""
    return {
        "id": f"e-{number:016x}", "name": name, "names": [], "search_names": [name], "pinyin": ["shanghaimou"],
        "initials": ["shm"], "uscc": "91310000MA1K000000", "uscc_valid": True, "usccs": ["91310000MA1K000000"],
        "permit_nos": [], "legal_rep": "甲", "address": "上海市金山区某路1号", "region": "310116",
        "region_path": ["310000", "310116"], "region_name": "上海市金山区", "industry": "C26",
        "identities": [{"source": "s", "external_id": str(number)}], "identity_keys": [f"s|{number}"],
        "memberships": [], "classes": ["KPU.W"], "sources": ["s"], "pollutants": ["化学需氧量"], "kinds": ["profile"],
        "first_seen": "2021-03-01T02:00:00Z", "last_seen": "2021-03-01T02:00:00Z", "suggestions": [], **fields,
    }  # fmt: skip


def event(number: int, **fields: Any) -> dict[str, Any]:
    """One duty event: the smallest document there is."""
    return {
        "id": f"x-{number:06d}", "duty": "d", "enterprise": "e", "obligation": "O31-1", "period": "once:2021",
        "day": "2021-07-05", "before": None, "after": "missing", "reason": None, "rules_version": "1", **fields,
    }  # fmt: skip


def measurement(number: int, time: str, **fields: Any) -> dict[str, Any]:
    """One value."""
    return {
        "id": f"m-{number:016x}", "enterprise": "e", "source": "s", "identity_key": "s|1", "outlet": "DW001",
        "outlet_name": "总排口", "medium": "water", "pollutant": "化学需氧量", "pollutant_code": "w01018",
        "pollutant_raw": "COD", "time": time, "averaging": "day", "value": 35.2, "censored": None, "dl": None,
        "unit": "mg/L", "limit_low": None, "limit_high": 50.0, "verdict": "ok", "revision": 1,
        "first_seen": time, "last_seen": time, "capture": CAPTURE, "place": "rows[17]", **fields,
    }  # fmt: skip
