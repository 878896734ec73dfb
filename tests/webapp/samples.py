"""Sample documents of every index, whole by the typed contract; each maker takes the fields a test cares about."""

from __future__ import annotations

from typing import Any, cast

from indexer.normalise import forms
from indexer.register.documents import (
    CaptureRef,
    ChannelLook,
    Disclosure,
    Duty,
    Enterprise,
    FindingDoc,
    Measurement,
    Membership,
    RunDoc,
    VisitDoc,
)

RUN = "20210301T020000Z-ab12cd"
SOURCE = "sample-platform"
ID = "e-0000000000000001"
OTHER = "e-0000000000000002"
PAGES = [
    *("/", "/search", "/search?q=金山", "/search?q=金三化工有限公司&known_at=2020-09-01"),
    *("/search/disclosures?q=金山", "/lookup"),
    f"/enterprise/{ID}",
    f"/enterprise/{ID}/disclosures",
    "/gaps",
    "/scores",
    "/scores/enterprises",
    f"/enterprise/{ID}/score",
    "/sources",
    "/about",
    f"/sources/{SOURCE}",
    f"/enterprise/{ID}/duty/O31-2/once:2020",
    "/login",
    f"/enterprise/{ID}/monitoring?pollutant=化学需氧量&outlet=DW001&averaging=1h&unit=mg/L",
]
"""Every kind of public page, with something on it."""
DAYS = ["2020-07-10", "2020-08-11", "2020-09-12"]


def capture(offset: int = 0, digest: str = "0" * 64) -> CaptureRef:
    """A reference into the sample run."""
    return {"run": RUN, "file": "captures-00001.warc.gz", "offset": offset, "digest": f"sha256:{digest}"}


def membership(**more: Any) -> Membership:
    """On the list of 2020 for water."""
    open_days = ("published_from", "published_to", "valid_from", "valid_to")
    made = {
        **dict.fromkeys(open_days),
        "cls": "KPU.W",
        "year": 2020,
        "published": "2020-03-31",
        "first_seen": "2020-04-02",
        "source": SOURCE,
        "url": "http://127.0.0.1:8800/list",
        "capture": capture(),
        "assumed": False,
    }
    return cast(Membership, {**made, **more})


def enterprise(name: str = "上海金山化工有限公司", former: tuple[str, ...] = (), **more: Any) -> Enterprise:
    """An enterprise of 金山区, 上海, with its search fields made as the register makes them."""
    printed = [name, *former]
    searched = forms.of(printed)
    made = {
        "id": ID,
        "name": name,
        "names": [{"name": n, "first": "2020-04-02", "last": "2021-03-01", "current": n == name} for n in printed],
        "search_names": searched.names,
        "abbreviations": searched.abbreviations,
        "pinyin": searched.pinyin,
        "initials": searched.initials,
        "syllables": searched.syllables,
        "uscc": "91310000132203821X",
        "uscc_valid": True,
        "usccs": ["91310000132203821X"],
        "permit_nos": ["91310000132203821X001P"],
        "legal_rep": "欧阳保密",
        "address": "金山区卫一路1号",
        "region": "310116",
        "region_path": ["31", "310116"],
        "region_name": "上海市金山区",
        "industry": "化学原料制造",
        "identities": [{"source": SOURCE, "external_id": "7"}],
        "identity_keys": [f"{SOURCE}|7"],
        "memberships": [membership()],
        "classes": ["KPU.W"],
        "sources": [SOURCE],
        "aliases": [ID],
        "pollutants": ["化学需氧量"],
        "kinds": ["profile", "emission", "monitoring"],
        "first_seen": "2020-04-02",
        "last_seen": "2021-03-01",
        "suggestions": [],
        "duty_states": {"missing": 1, "met": 1},
    }
    return cast(Enterprise, {**made, **more})


def disclosure(**more: Any) -> Disclosure:
    """The basic information of the enterprise, with a contact that only staff may see."""
    made = {
        "id": "d-0000000000000001",
        "key": "7",
        "source": SOURCE,
        "channel": "city_bureau",
        "kind": "profile",
        "enterprise": ID,
        "external_id": "7",
        "identity_key": f"{SOURCE}|7",
        "subject_name": "上海金山化工有限公司",
        "region_path": ["31", "310116"],
        "url": "http://127.0.0.1:8800/7",
        "title": "基础信息",
        "published": "2020-05-01",
        "period": None,
        "outlet": None,
        "pollutants": [],
        "document_no": None,
        "authority": None,
        "fields": {"企业名称": "上海金山化工有限公司", "生产规模": "年产 3 万吨"},
        "staff_fields": {"联系电话": "13800138000"},
        "facts": {},
        "present": ["name"],
        "not_produced": [],
        "text": "",
        "rows": 1,
        "capture": capture(),
        "last_capture": capture(),
        "place": "table 1, row 2",
        "sightings": ["2020-05-03T02:00:00Z"],
        "runs": [RUN],
        "seen": [{"from": "2020-05-03", "to": None}],
        "first_seen": "2020-05-03",
        "last_seen": "2021-03-01",
        "gone": False,
    }
    return cast(Disclosure, {**made, **more})


def measurement(number: int, value: float | None, **more: Any) -> Measurement:
    """The value of hour ``number`` of 1 January 2021."""
    made = {
        "id": f"m-{number:016d}",
        "enterprise": ID,
        "source": SOURCE,
        "identity_key": f"{SOURCE}|7",
        "outlet": "DW001",
        "outlet_name": "总排口",
        "medium": "water",
        "pollutant": "化学需氧量",
        "pollutant_code": "w01018",
        "pollutant_raw": "COD",
        "time": f"2021-01-01T{number:02d}:00:00Z",
        "averaging": "1h",
        "value": value,
        "censored": None,
        "dl": None,
        "unit": "mg/L",
        "limit_low": None,
        "limit_high": 60.0,
        "verdict": "ok",
        "present": ["value"],
        "revision": 1,
        "first_seen": "2021-01-02",
        "last_seen": "2021-03-01",
        "capture": capture(),
        "place": f"rows[{number}]",
    }
    return cast(Measurement, {**made, **more})


def visit(number: int, **more: Any) -> VisitDoc:
    """A good look at the list that did not find the enterprise."""
    made = {
        "id": f"v-{number:016d}",
        "scope": "walk",
        "source": SOURCE,
        "channel": "city_bureau",
        "kind": "emission",
        "run": RUN,
        "at": f"{DAYS[number % 3]}T02:00:00Z",
        "day": DAYS[number % 3],
        "identity_key": None,
        "enterprise": None,
        "period": None,
        "region": None,
        "url": None,
        "outcome": "found",
        "reason": None,
        "complete": True,
        "stated_total": 1101,
        "rows_seen": 1101,
        "pages_ok": 12,
        "pages_failed": 0,
        "capture": None,
    }
    return cast(VisitDoc, {**made, **more})


def run(**more: Any) -> RunDoc:
    """A finished run of the sample source."""
    made = {
        "id": RUN,
        "source": SOURCE,
        "kind": "crawl",
        "status": "finished",
        "reason": None,
        "started": "2021-03-01T02:00:00Z",
        "finished": "2021-03-01T02:10:00Z",
        "parser": "0.1.0",
        "clock": "real",
        "sha256": "0" * 64,
        "counts": {"records": 9, "captures": 4},
        "issues": 0,
        "issue_rows": [],
    }
    return cast(RunDoc, {**made, **more})


def look(**more: Any) -> ChannelLook:
    """Three good looks that did not find it."""
    made = {
        "source": SOURCE,
        "channel": "city_bureau",
        "lawful": True,
        "first_capture": "2020-04-02",
        "good": DAYS,
        "good_count": 3,
        "bad": [{"day": "2020-07-09", "outcome": "blocked", "reason": "blocked: challenge page"}],
        "visits": [visit(n)["id"] for n in range(3)],
        "found": False,
    }
    return cast(ChannelLook, {**made, **more})


def finding(**more: Any) -> FindingDoc:
    """A lead that the public may see."""
    made = {
        "rule": "MIS-01",
        "rule_version": "1",
        "severity": "S3",
        "confidence": "high",
        "audience": "public",
        "words": "2020-06-29 到期，三次有效查看均未见排污信息。",
        "captures": [],
        "visits": [visit(0)["id"]],
    }
    return cast(FindingDoc, {**made, **more})


def duty(obligation: str = "O31-2", state: str = "missing", **more: Any) -> Duty:
    """A duty of the enterprise; by default the discharges that nobody found."""
    period = str(more.get("period", "once:2020"))
    owner = str(more.get("enterprise", ID))
    made = {
        "id": f"{owner}:{obligation}:{period}",
        "enterprise": owner,
        "enterprise_name": "上海金山化工有限公司",
        "region_path": ["31", "310116"],
        "obligation": obligation,
        "item": "排污信息",
        "kind": "emission",
        "period": period,
        "state": state,
        "public_state": state,
        "reason": None,
        "due": "2020-06-29",
        "due_earliest": "2020-06-29",
        "due_provisional": False,
        "due_words": "名录 2020-03-31 公布，次日起九十日。",
        "basis": "环保部令第31号 第九条第（二）项、第十一条",
        "law_seen": True,
        "first_seen": None,
        "published": None,
        "delay_days": None,
        "timeliness_known": True,
        "completeness": None,
        "missing_fields": [],
        "found": [],
        "channels": [look()],
        "all_lawful_watched": False,
        "findings": [finding()],
        "severity": "S3",
        "audience": "public",
        "decision": None,
        "decision_kind": None,
        "as_of": "2021-03-01",
        "rules_version": "rules1",
        "vocabulary_version": "words1",
    }
    return cast(Duty, {**made, **more})
