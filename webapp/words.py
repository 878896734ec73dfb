"""The words, marks and tones in which the site speaks of states, kinds, classes and channels.

A tone only repeats in colour what the label says in words and the mark in shape: colour never stands alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class StateWords:
    """How one state of a duty is shown; ``label`` and ``meaning`` are lazy translations."""

    label: Any
    meaning: Any
    mark: str
    tone: str
    """``good``, ``calm``, ``warn`` or ``bad``: the class of the badge."""


STATES: dict[str, StateWords] = {
    "missing": StateWords(_l("未公开"), _l("到期后在全部已知渠道各有至少三天的有效查看，均未见到。"), "✕", "bad"),
    "elsewhere_only": StateWords(_l("仅见于其他渠道"), _l("法定渠道上未见，只在其他渠道见到。"), "⇄", "warn"),
    "partial": StateWords(_l("内容不全"), _l("已公开，但缺少规定的内容，也未说明“未产生”。"), "◐", "warn"),
    "late": StateWords(_l("逾期公开"), _l("已公开，但晚于最迟应公开日。"), "!", "warn"),
    "stale": StateWords(_l("未及时更新"), _l("已公开，但内容已过更新期限。"), "↻", "warn"),
    "withdrawn": StateWords(_l("公开后撤下"), _l("曾经公开，后来的有效查看不再见到。"), "⊖", "warn"),
    "contradicted": StateWords(_l("前后不一致"), _l("不同来源或不同时间的内容互相矛盾。"), "≠", "warn"),
    "met": StateWords(_l("已公开"), _l("已在期限内公开，或首次查看时已公开而无从判断是否按期。"), "✓", "good"),
    "disclosed": StateWords(_l("已见公开"), _l("已见到公开内容；是否完整、及时，证据尚不足以评价。"), "✓", "good"),
    "not_due": StateWords(_l("未到期"), _l("最迟应公开日尚未过去。"), "○", "calm"),
    "exempt": StateWords(_l("免于公开"), _l("依法规或工作人员的认定，无须公开。"), "—", "calm"),
    "not_observable": StateWords(
        _l("无法判断"), _l("我们的查看不足以判断是否公开。这不说明企业没有公开。"), "?", "calm"
    ),
}
UNSEEN = StateWords(
    _l("在已查渠道未见"), _l("在我们查看的渠道上未见。尚有法定渠道未能查看，不能说没有公开。"), "✕", "bad"
)
"""Of ``missing`` while a lawful channel is unwatched."""
SUMMED = {
    **STATES,
    "missing": StateWords(_l("未见"), _l("到期后在全部已知渠道各有至少三天的有效查看，均未见到。"), "✕", "bad"),
}
"""The words of states where many duties are counted together: ``missing`` then never says more than that."""

GAPS = ("missing", "late", "partial", "elsewhere_only")
"""States that the public list of gaps is about."""
STAFF_GAPS = (*GAPS, "withdrawn", "contradicted", "stale")

KINDS: dict[str, Any] = {
    "listing": _l("重点单位名录"),
    "profile": _l("基础信息"),
    "emission": _l("排污信息"),
    "monitoring": _l("监测数据"),
    "monitoring_plan": _l("自行监测方案"),
    "facility": _l("防治污染设施"),
    "permit": _l("排污许可"),
    "permit_report": _l("排污许可执行报告"),
    "eia": _l("环境影响评价"),
    "emergency_plan": _l("突发环境事件应急预案"),
    "annual_report": _l("年度披露报告"),
    "interim_report": _l("临时披露报告"),
    "social_report": _l("社会责任报告"),
    "carbon": _l("碳排放"),
    "soil": _l("土壤"),
    "cleaner_production": _l("清洁生产"),
    "penalty": _l("行政处罚"),
    "supervised_case": _l("挂牌督办"),
    "complaint": _l("投诉举报"),
    "inspection": _l("环保督察"),
    "incident": _l("突发环境事件"),
    "ownership": _l("上级公司与上市公司"),
    "other": _l("其他环境信息"),
}

CLASSES: dict[str, Any] = {
    "KPU": _l("重点排污单位"),
    "KPU.W": _l("水环境重点排污单位"),
    "KPU.GW": _l("地下水重点排污单位"),
    "KPU.A": _l("大气环境重点排污单位"),
    "KPU.N": _l("噪声重点排污单位"),
    "SOIL": _l("土壤污染重点监管单位"),
    "RISK": _l("环境风险重点管控单位"),
    "EL": _l("环境信息依法披露企业"),
    "PK": _l("排污许可重点管理"),
    "PS": _l("排污许可简化管理"),
    "PREG": _l("排污登记管理"),
    "GK": _l("国家重点监控企业"),
    "CP": _l("强制性清洁生产审核企业"),
    "INC": _l("生活垃圾焚烧发电厂"),
    "EMG": _l("应编制应急预案的单位"),
    "BLD": _l("建设单位"),
    "GOV.C": _l("设区的市级生态环境主管部门"),
    "GOV.P": _l("省级生态环境主管部门"),
}

CHANNELS: dict[str, Any] = {
    "eid_system": _l("企业环境信息依法披露系统"),
    "permit_platform": _l("全国排污许可证管理信息平台"),
    "self_monitoring": _l("自行监测信息公开平台"),
    "city_bureau": _l("生态环境部门网站"),
    "own_site": _l("企业网站"),
    "other": _l("其他渠道"),
}

OUTCOMES: dict[str, Any] = {
    "found": _l("见到"),
    "absent": _l("页面正常，未见"),
    "unreadable": _l("页面无法解读"),
    "blocked": _l("被对方拦截"),
    "failed": _l("访问失败"),
}

AVERAGINGS: dict[str, Any] = {
    "1h": _l("小时均值"),
    "2h": _l("2 小时均值"),
    "1d": _l("日均值"),
    "1mo": _l("月均值"),
    "auto": _l("自动监测"),
    "manual": _l("手工监测"),
}

MARKS: dict[str, Any] = {
    "stopping": _l("停运过程"),
    "stopped": _l("停运"),
    "starting": _l("启动过程"),
    "maintenance": _l("维护"),
    "calibration": _l("校准"),
    "accident": _l("事故"),
    "fault": _l("设备故障"),
    "communication": _l("通信中断"),
    "overrange": _l("超量程"),
    "entered": _l("补录"),
    "missing": _l("数据缺失"),
}

SEVERITIES: dict[str, Any] = {"S1": _l("S1 提示"), "S2": _l("S2 一般"), "S3": _l("S3 较重"), "S4": _l("S4 严重")}
CONFIDENCES: dict[str, Any] = {"high": _l("高"), "medium": _l("中"), "low": _l("低")}
RUN_STATUSES: dict[str, Any] = {
    "finished": _l("完成"),
    "stopped": _l("自行中止"),
    "aborted": _l("意外中断"),
    "running": _l("进行中"),
}
RUN_KINDS: dict[str, Any] = {"crawl": _l("采集"), "extract": _l("重新解读"), "import": _l("人工导入")}
DECISION_KINDS: dict[str, Any] = {
    "confirmed": _l("确认"),
    "exempt": _l("认定免于公开"),
    "false_alarm": _l("认定为误报"),
    "note": _l("备注"),
}

AUDIENCES: dict[str, Any] = {
    "public": _l("公开可见"),
    "staff": _l("仅工作人员可见"),
    "confirmed_only": _l("确认后公开"),
}
"""Who may see a finding."""
FINDING_STATES: dict[str, Any] = {"open": _l("成立"), "closed": _l("已不成立")}


PAIR_DECISIONS: dict[str, Any] = {"merge": _l("是同一家"), "keep_apart": _l("是两家")}
"""Decisions on two enterprises that may be one."""

RELATIONS: dict[str, Any] = {
    "parent": _l("上级单位"),
    "branch": _l("分支机构"),
    "same_code": _l("同一信用代码下的另一处"),
}
"""How one enterprise is related to another that is not the same (indexer/register/related.py)."""

EVIDENCE: dict[str, Any] = {
    "permit_same": _l("排污许可证编号相同"),
    "uscc_same": _l("信用代码相同"),
    "uscc_near": _l("信用代码相差一位，其一校验不符"),
    "org_same": _l("组织机构代码部分相同"),
    "name_same": _l("名称相同"),
    "core_same": _l("除地名、组织形式外名称相同"),
    "name_near": _l("名称相差一字"),
    "name_generic": _l("名称只说明用途"),
    "address_same": _l("地址相同"),
    "address_near": _l("地址相互包含"),
    "county_same": _l("同一区县"),
    "city_same": _l("同一城市"),
    "legal_rep_same": _l("法定代表人相同"),
    "uscc_differs": _l("信用代码不同"),
    "branch_differs": _l("分支机构不同"),
    "number_differs": _l("厂号不同"),
    "place_differs": _l("名称中的地名不同"),
    "name_differs": _l("名称不同"),
    "city_differs": _l("不在同一城市"),
    "county_differs": _l("不在同一区县"),
    "address_differs": _l("地址不同"),
    "legal_rep_differs": _l("法定代表人不同"),
}
"""What speaks for and against two enterprises being one (indexer/normalise/vocabulary/likeness.yaml)."""


RULE_GROUPS: dict[str, Any] = {
    "obligation": _l("公开义务"),
    "missing": _l("缺失"),
    "late": _l("逾期"),
    "incomplete": _l("不完整"),
    "stale": _l("陈旧"),
    "inconsistent": _l("矛盾"),
}
"""Obligations, and the groups of gap rules."""
ABLE: dict[str, Any] = {"yes": _l("能够"), "partly": _l("部分能够"), "no": _l("不能")}
FIRING_REASONS: dict[str, Any] = {
    "no_source": _l("本地区没有启用的来源提供所需信息"),
    "unlawful_source": _l("规定的渠道没有启用的来源"),
    "never_read": _l("来源已启用，尚无有效查看"),
    "some_inputs": _l("只有部分信息有来源，其余不作判断"),
    "no_subject": _l("清册在本地区还不知道应承担此项义务的主体"),
    "ended": _l("规则已失效，只影响失效前到期的义务"),
    "not_begun": _l("规则尚未施行"),
    "inactive": _l("尚未纳入核查"),
    "no_check": _l("尚未实现"),
}
"""Why a rule cannot fire (indexer/gaps/firing.py)."""
INPUTS: dict[str, Any] = {**KINDS, "visits": _l("查看记录")}
"""What rules read: kinds of disclosures, and looks."""
UNREAD_SORTS: dict[str, Any] = {
    "obligation": _l("义务"),
    "fields": _l("内容清单"),
    "instrument": _l("法规"),
    "gap rule": _l("差距规则"),
}
"""Sorts of rows from memory (indexer/law/signing.py)."""


def state_words(state: str, all_lawful_watched: bool = True) -> StateWords:
    """The words of a state; ``missing`` is 在已查渠道未见 while a lawful channel is unwatched.

    Raises KeyError for a state that the contract does not know.
    """
    if state == "missing" and not all_lawful_watched:
        return UNSEEN
    return STATES[state]


def reason_words(reason: str | None) -> Any:
    """Why a duty is not observable, in words; other reasons are the decision's or the article's own words."""
    if not reason:
        return ""
    code, _, rest = reason.partition(" ")
    return f"{REASONS[code]} {rest}".strip() if code in REASONS else reason


REASONS: dict[str, Any] = {
    "no_channel": _l("没有已接入的渠道覆盖这一事项"),
    "before_observation": _l("到期日早于我们开始查看的日期"),
    "bad_channel": _l("渠道最近的查看不成功"),
    "awaiting_visits": _l("有效查看尚不足三天"),
    "channel_unproven": _l("已在其他渠道见到，法定渠道的查看尚不足以判断"),
}
