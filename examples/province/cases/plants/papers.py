"""Papers that several rules touch: lists, permits with their versions, year and interim reports, penalties."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from ..cast import CITIES
from ..model import Cases, Firm

LISTED = {2016: "2016-03-31", 2022: "2022-03-28", 2023: "2023-03-20", 2024: "2024-03-18", 2025: "2025-03-20",
          2026: "2026-03-25"}  # fmt: skip
"""List year → the day on which the bureaus publish their lists."""
YEARS = range(2022, 2026)
"""Report years of which a year report falls due within the script."""
DUE = {2022: date(2023, 3, 15), 2023: date(2024, 3, 15), 2024: date(2025, 3, 17), 2025: date(2026, 3, 16)}
"""Report year → 15 March of the year after, rolled over a weekend."""
AUDIT = {"强制性清洁生产审核原因": "有毒有害", "清洁生产审核实施情况": "2022年完成审核", "清洁生产审核评估结果": "通过",
         "清洁生产审核验收结果": "通过"}  # fmt: skip
FINANCE = {
    "融资形式": "公司债券",
    "融资金额": "2000万元",
    "融资投向": "污水处理站改造",
    "应对气候变化信息": "年减排120吨二氧化碳",
    "项目生态环境保护信息": "已批复并落实",
}
"""Columns of a year report of who is under audit, or listed."""
_TOPICS = (
    "废水处理站提标改造",
    "废气收集系统升级",
    "固体废物分类贮存",
    "噪声治理",
    "节能改造",
    "雨污分流",
    "在线监测设备更新",
    "清洁生产审核",
    "环境管理体系认证",
    "员工环保培训",
    "泄漏检测与修复",
    "危险废物规范化管理",
)
_VERBS = ("完成了", "推进了", "验收了", "启动了", "组织了", "评估了")
_STEPS = ("投料", "混合", "反应", "蒸馏", "结晶", "离心", "干燥", "分切", "成型", "固化", "清洗", "检验", "包装")


def summary(rng: Random) -> str:
    """A summary of a year in words and numbers of its own."""
    parts = [f"{rng.choice(_VERBS)}{topic}，投入{rng.randint(20, 900)}万元" for topic in rng.sample(_TOPICS, 7)]
    return "本企业" + "；".join(parts) + f"；全年外排废水{rng.randint(1000, 90000)}吨。"


def whole(cases: Cases, firm: Firm, year: int) -> dict[str, str]:
    """Columns of a year report that leaves nothing out; no two enterprises say the same."""
    rng = cases.rng("report", firm.key)
    steps, waste = "、".join(rng.sample(_STEPS, 6)), cases.rng("waste", firm.key, year).randint(10, 9000)
    return {
        "承诺": f"{firm.name}承诺所披露的信息真实、准确、完整",
        "关键环境信息提要": summary(cases.rng("summary", firm.key, year)),
        "主要产品": f"{firm.name[4:6]}牌产品",
        "生产工艺": f"{steps}，设计能力{rng.randint(100, 9000)}吨",
        "行政许可名称": "排污许可证",
        "核发机关": "生态环境局",
        "税目": "大气污染物、水污染物",
        "环境保护税": f"缴纳{cases.rng('tax', firm.key, year).randint(1000, 90000)}元",
        "环境污染责任保险": "已投保",
        "污染防治设施": f"{firm.name[4:6]}污水处理站，处理能力{rng.randint(50, 4000)}吨/日",
        "许可排放浓度": "按排污许可证执行",
        "超标情况": "未超标",
        "固体废物": f"一般工业固体废物{waste}吨，{steps[:5]}工序产生，全部综合利用",
        "自行监测": f"按方案开展，全年{cases.rng('monitored', firm.key, year).randint(12, 400)}次，结果均已公开",
        "应急预案": f"{firm.name}突发环境事件应急预案",
        "应急预案备案编号": f"991100-2022-{firm.external[1:]}-L",
        "突发环境事件": "未发生",
        "行政处罚": "无",
        "临时报告数量": "0",
        "临时报告名称": "无",
    }


@dataclass
class Year:
    """One year report as it will be shown; ``changes`` overrides columns, an empty site means that none is shown."""

    changes: dict[str, str] = field(default_factory=dict)
    sites: tuple[str, ...] = ("eid",)
    shown: date | None = None
    published: date | None = None
    stated: bool = True


@dataclass
class Permit:
    """One permit as it will be shown: ``changes`` overrides columns, ``versions`` are (业务类型, issued, until)."""

    management: str = "重点管理"
    valid: tuple[date, date] = (date(2022, 1, 10), date(2027, 1, 9))
    changes: dict[str, str] = field(default_factory=dict)
    versions: list[tuple[str, date, date]] = field(default_factory=list)

    def number(self, firm: Firm) -> str:
        """The number that it prints."""
        return self.changes.get("许可证编号", f"{firm.uscc}001P")


class Papers:
    """Papers under construction by enterprise: rules alter them, ``show`` puts them on their sites."""

    def __init__(self, cases: Cases) -> None:
        self.cases = cases
        self.years: dict[tuple[str, int], Year] = {}
        self.permits: dict[str, Permit] = {}
        self.unlisted: set[tuple[str, str]] = set()

    def year(self, firm: Firm, year: int) -> Year:
        """The report of ``firm`` on ``year``."""
        return self.years.setdefault((firm.key, year), Year())

    def permit(self, firm: Firm) -> Permit:
        """The permit of ``firm``."""
        return self.permits.setdefault(firm.key, Permit())

    def on_list(self, firm: Firm, word: str, years: list[int]) -> None:
        """Lists of ``years`` name ``firm`` in the class ``word``."""
        for year in years:
            fields = {"类别": word, "年度": str(year), "公布日期": LISTED[year]}
            day = date.fromisoformat(LISTED[year])
            self.cases.put("bureau", "listing", firm, fields, day, published=day)

    def interim(
        self, firm: Firm, matter: str, day: date, *, shown: date | None = None, published: date | None = None,
        site: str = "eid", **fields: str,
    ) -> None:  # fmt: skip
        """An interim report on a fact of ``day``, public three days later where nothing else is said."""
        for obligation in ("O24-T1", "O24-T2"):
            # Which columns an interim report needs is told by no text that was read.
            self.cases.undecided(firm, "INC-01", obligation)
        seen = published or day + timedelta(days=3)
        content = {
            "报告标题": f"临时环境信息披露报告（{matter}）",
            "事项": matter,
            "编制日期": seen.isoformat(),
            **fields,
        }
        self.cases.put(site, "interim_report", firm, content, shown or seen, published=seen)

    def penalty(self, firm: Firm, number: str, day: date) -> None:
        """A decision in the bureau's list, public a week later."""
        fields = {
            "行政处罚决定书文号": number,
            "处罚决定日期": day.isoformat(),
            "处罚机关": "生态环境局",
            "违法事实": "废水处理设施不正常运行",
            "处罚依据": "排污许可管理条例第三十四条",
            "处罚内容": "责令改正，罚款二十万元",
            "罚款金额(元)": "200000",
        }
        self.cases.put("bureau", "penalty", firm, fields, day + timedelta(days=7), published=day + timedelta(days=7))

    def show(self, firms: dict[str, Firm]) -> None:
        """Puts every year report and permit on its site."""
        for (key, year), report in sorted(self.years.items()):
            self._show_year(firms[key], year, report)
        for key, permit in sorted(self.permits.items()):
            self._show_permit(firms[key], permit)

    def _show_year(self, firm: Firm, year: int, report: Year) -> None:
        early = self.cases.rng("published", firm.key, year).randint(1, 12)
        published = report.published or DUE[year] - timedelta(days=early)
        fields = {
            "报告标题": f"{year}年度环境信息依法披露报告",
            "报告年度": f"{year}",
            "编制日期": published.isoformat(),
            "生产地址": f"{firm.county}示例大道{firm.external[1:]}号",
            "排污许可证编号": f"{firm.uscc}001P",
            **whole(self.cases, firm, year),
        }
        # What a case leaves out is no column at all: a heading that is not there.
        fields = {name: text for name, text in {**fields, **report.changes}.items() if text}
        for site in report.sites:
            shown = report.shown or published
            self.cases.put(site, "annual_report", firm, fields, shown, published=published if report.stated else None)

    def _show_permit(self, firm: Firm, permit: Permit) -> None:
        first, last = permit.valid
        for act, since, until in [("申领", first, last), *permit.versions]:
            fields = {
                "许可证编号": f"{firm.uscc}001P",
                "业务类型": act,
                "管理类别": permit.management,
                "发证日期": since.isoformat(),
                "持证单位": firm.name,
                "所在地区": f"{CITIES[firm.city][0]}{firm.county}",
                "有效期限": f"{since if act == '延续' else first}至{until}",
                "发证机关": "生态环境局",
                **permit.changes,
            }
            self.cases.put("permit", "permit", firm, fields, since)
