"""Two enterprises with duties for the public and for staff, versions, values, looks, archived answers of each kind."""

from __future__ import annotations

from typing import Any

from indexer.engine.store import Store
from indexer.register.documents import CaptureRef
from tests.webapp import samples
from tests.webapp.archived import HOSTILE, JSON, Archive, workbook
from tests.webapp.sample_findings import a_finding
from tests.webapp.samples import OTHER

REGION = {"region": "320505", "region_path": ["32", "3205", "320505"], "region_name": "江苏省苏州市虎丘区"}


def captures(archive: Archive) -> dict[str, CaptureRef]:
    """One archived answer of each kind."""
    return {
        "page": archive.add(HOSTILE.encode()),
        "gbk": archive.add("<p>温州市电镀行业名录</p>".encode("gb18030"), "text/html; charset=gb2312"),
        "json": archive.add(JSON.encode(), "application/json"),
        "xlsx": archive.add(workbook(), "application/octet-stream"),
        "image": archive.add(b"\x89PNG\r\n\x1a\n\x00\x00", "image/png"),
    }


def fill(store: Store, refs: dict[str, CaptureRef]) -> None:
    """Write all sample documents and make them visible."""
    store.bulk("enterprises", enterprises())
    store.bulk("duties", duties())
    store.bulk("findings", findings(refs))
    store.bulk("disclosures", disclosures(refs))
    store.bulk("measurements", measurements(refs))
    store.bulk("visits", [samples.visit(number) for number in range(3)])
    store.bulk("runs", [samples.run()])
    store.refresh()


def enterprises() -> list[Any]:
    """One enterprise of 上海 with a former name, one of 苏州 whose old id was merged into it."""
    other = {"source": samples.SOURCE, "external_id": "8"}
    return [
        samples.enterprise(former=("上海金山石化厂",)),
        samples.enterprise(
            "苏州精细铸造有限公司",
            id=OTHER,
            aliases=[OTHER, "e-00000000000000ff"],
            usccs=["91320500MA1ABCDE0X"],
            uscc="91320500MA1ABCDE0X",
            permit_nos=[],
            pollutants=["颗粒物"],
            classes=["KPU.A"],
            kinds=["profile"],
            memberships=[],
            identities=[other],
            identity_keys=[f"{samples.SOURCE}|8"],
            duty_states={"late": 1},
            **REGION,
        ),
    ]


def duties() -> list[Any]:
    """Missing and met for the public; one for staff alone, one judged beyond proof, one from memory; one late."""
    found = {"found": ["d-0000000000000001"], "first_seen": "2020-05-03", "findings": [], "severity": None}
    weak = samples.finding(confidence="low", words="把握不高的线索")
    return [
        samples.duty(),
        samples.duty("O31-1", "met", item="基础信息", kind="profile", **found),
        samples.duty(
            "O31-6", item="其他应当公开的环境信息", audience="staff", findings=[samples.finding(audience="staff")]
        ),
        samples.duty(
            "O31-3",
            "partial",
            item="防治污染设施",
            public_state="disclosed",
            findings=[weak],
            completeness=0.5,
            missing_fields=["没写的运行情况"],
        ),
        samples.duty("O31-5", item="应急预案", law_seen=False),
        samples.duty(
            "O31-2",
            "late",
            enterprise=OTHER,
            enterprise_name="=苏州精细铸造有限公司",
            period="once:2019",
            delay_days=12,
            due="2019-06-29",
            severity="S2",
            region_path=REGION["region_path"],
        ),
    ]


def disclosures(refs: dict[str, CaptureRef]) -> list[Any]:
    """Two versions of one thing."""
    proof = {"capture": refs["page"], "last_capture": refs["page"]}
    later = {"first_seen": "2020-08-01", "seen": [{"from": "2020-08-01", "to": None}]}
    fields = {"企业名称": "上海金山化工有限公司", "生产规模": "年产 5 万吨"}
    first = {"last_seen": "2020-07-31", "seen": [{"from": "2020-05-03", "to": "2020-07-31"}]}
    return [
        samples.disclosure(**proof, **first),
        samples.disclosure(id="d-0000000000000002", fields=fields, **proof, **later),
    ]


def measurements(refs: dict[str, CaptureRef]) -> list[Any]:
    """Five hours: three good, one over the limit, one below detection."""
    low = samples.measurement(3, None, censored="lt", dl=4.0, capture=refs["json"])
    over = samples.measurement(2, 71.2, verdict="over", capture=refs["json"])
    good = [samples.measurement(hour, value, capture=refs["json"]) for hour, value in ((0, 31.0), (1, 44.5), (4, 38.0))]
    return [*good, over, low]


def findings(refs: dict[str, CaptureRef]) -> list[Any]:
    """For the public, for staff, waiting for a person, called wrong, closed; and one in another region."""
    return [
        a_finding("MIS-01", group="missing", audience="public", severity="S4", captures=[refs["page"]]),
        a_finding("INC-02", group="incomplete", audience="staff", obligation=None, period=None, duty=None),
        a_finding("STA-02", captures=[refs["page"], refs["json"]]),
        a_finding("LAT-01", group="late", audience="public", decision="9", decision_kind="false_alarm"),
        a_finding(
            "STA-06",
            audience="public",
            state="closed",
            closed="2021-02-10",
            spans=[{"from": "2021-02-01", "to": "2021-02-10"}],
        ),
        a_finding(
            "CON-14",
            id="f-other",
            group="inconsistent",
            enterprise=OTHER,
            enterprise_name="苏州精细铸造有限公司",
            region_path=REGION["region_path"],
        ),
    ]
