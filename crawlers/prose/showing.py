"""EIA and acceptance notices of one project (环评受理、拟批准、审批决定、竣工验收公示) as free text."""

from __future__ import annotations

import re

from crawlers.prose.decisions import DATE
from crawlers.prose.facts import Facts, labelled

PROJECT, BUILDER, PLACE, AGENCY, SHOWN = "项目名称", "建设单位", "建设地点", "环评机构", "公示起止"
_LABELS: dict[str, tuple[str, ...]] = {
    PROJECT: ("项目名称", "建设项目名称", "工程名称"),
    BUILDER: ("建设单位", "建设单位名称", "申请单位", "验收单位"),
    PLACE: ("建设地点", "建设地址", "项目地点", "项目地址"),
    AGENCY: (
        "环评机构",
        "环境影响评价机构",
        "环境影响评价单位",
        "环评单位",
        "编制单位",
        "评价机构",
        "环评文件编制单位",
    ),
    "验收监测单位": ("验收监测单位", "验收报告编制单位", "监测单位"),
    "受理日期": ("受理日期", "受理时间"),
    "审批文号": ("审批文号", "环评批复文号", "批复文号", "批准文号", "文号"),
    "审批日期": ("审批日期", "审批时间", "批复日期", "批复时间"),
    "项目概况": ("项目概况", "建设项目概况", "建设内容", "主要建设内容"),
    SHOWN: ("公示起止", "公示起止时间", "公示时间", "公示期限", "公示期", "公示日期", "公告期限", "公示起止日期"),
}
_BETWEEN = r"\s*(?:[（(][^（）()\n]*[）)])?\s*起?\s*(?:至|到|~|～|-{1,2}|—+|–)\s*"
_SECOND = r"(?:(?:19|20)\d\d\s*[年.\-/]\s*)?(?:\d{1,2}\s*[月.\-/]\s*)?\d{1,2}\s*日?"
_SPAN = rf"{DATE}{_BETWEEN}(?:{DATE}|{_SECOND})(?:\s*[（(][^（）()\n]{{0,16}}工作日[^（）()\n]{{0,6}}[）)])?"
_SHOWN = re.compile(
    rf"(?:公示|公告)(?:期限|时间|期|起止)?(?:为|是|[:：])?\s*({_SPAN})|({_SPAN})[^\n。]{{0,6}}(?:公示|公告)?"
)
_WORKING = re.compile(r"((?:自[^\n。,，]{0,16}起)?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*个?工作日)")
_CONTEXT = re.compile(r"公示|公告期|受理期")
_PERSON = re.compile(r"\s*(?:联系人|联系电话|电话|邮编|通讯地址|法定代表人)\s*[:：].*$")


def read(text: str, title: str | None = None) -> Facts:
    """The facts of one project's notice; ``title`` names the project where the text does not."""
    facts = Facts()
    for header, labels in _LABELS.items():
        value = labelled(text, *labels)
        facts.take(header, _PERSON.sub("", value).rstrip("。；;") if value else None)
    if SHOWN not in facts.fields:
        facts.take(SHOWN, _shown(text))
    if PROJECT not in facts.fields:
        facts.take(PROJECT, _project_in_title(title or ""))
    for header, code in ((PROJECT, "project-missing"), (BUILDER, "builder-missing")):
        if header not in facts.fields:
            facts.doubt(code, f"the notice states no {header}; look at the page", (title or "")[:120])
    facts.recognised = BUILDER in facts.fields or (PROJECT in facts.fields and SHOWN in facts.fields)
    return facts


def _shown(text: str) -> str | None:
    """The days of showing in a sentence; else the number of working days that one about the showing states."""
    if found := _SHOWN.search(text):
        return re.sub(r"\s+", "", found[1] or found[2])
    sentences = (part for part in re.split(r"[。\n]", text) if _CONTEXT.search(part))
    match = next((match for part in sentences if (match := _WORKING.search(part))), None)
    return match[1].strip() if match else None


def _project_in_title(title: str) -> str | None:
    """``关于甲公司乙项目环境影响报告书受理的公示`` → 甲公司乙项目."""
    found = re.search(
        r"(?:关于|[:：])?([^:：]{4,60}?(?:项目|工程|生产线|扩建|技改|迁建|改造))(?:环境影响|竣工|环评|\(?变更)", title
    )
    return re.sub(r"^(?:关于|拟?对)", "", found[1]) if found else None
