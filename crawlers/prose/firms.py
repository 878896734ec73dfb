"""Enterprises named in prose: only names of which it is certain where they begin and end.

A firm's name has no mark of its own in a Chinese sentence. It is taken where a mark, a line or a word that no name
holds (的, 举报, 反映 …) stands before it and its legal form behind it; all else is left alone: never a guess.
"""

from __future__ import annotations

import re

LEGAL = r"(?:股份有限公司|有限责任公司|有限公司|集团公司|总公司)"
PLANT = (
    r"(?:污水处理厂|水泥厂|发电厂|热电厂|砖瓦厂|砖厂|化工厂|造纸厂|印染厂|电镀厂|铸造厂|加工厂|养殖场|"
    r"屠宰场|加油站|填埋场|煤矿|铁矿)"
)
_BRANCH = r"(?:[一-龥（）()0-9A-Za-z]{0,12}(?:分公司|分厂|厂区))?"
_LETTERS = "一-龥（）()A-Za-z0-9·"
_NAME = re.compile(rf"[{_LETTERS}]{{2,36}}?(?:{LEGAL}{_BRANCH}|{PLANT})")
_STRONG = re.compile(r".*(?:的|举报|反映|投诉|经查|关于|针对|责令|涉及|当事人)|^(?:对|被|由|系)")
_PROSE = re.compile(
    r"的|位于|反映|举报|投诉|群众|来信|来电|信访|有人|调查|核实|检查|现场|发现|属实|关于|以及|存在|附近|旁边|后面|村民|居民|"
    r"一家|这家|多家|几家|两家|该|某|我|你|其|贵|等|经查|责令|涉及|无名|不明|另有|还有|包括|生产时|排放|"
    r"\d\s*[年月日号时]|^(?:将|向|与|和|及|据|从|在|至|到|因|经|让|令|给|同|是|有|且|而|但|如|若|为)"
)
_PLACE = re.compile(r"[一-龥]{1,8}?(?:省|市|州|盟|区|县|旗|镇|乡)[一-龥]{2,}")
_ORGANISATION = re.compile(
    r"公司|集团|厂|加工店|合作社|医院|学校|大学|中学|小学|中心|政府|委员会|办事处|管理局|管理处|指挥部|项目部|工程部|研究[所院]|"
    r"卫生[所院]|酒店|宾馆|超市|饭店|基地|电站|水库|车站|码头|农场|林场|猪场|牛场|鸡场|养殖场|屠宰场|采石场|煤矿|矿山|"
    r"(?:站|场|矿|院|社|店|部|所|馆|局|处|园|坊|行|段|库)$"
)
_PERSON = re.compile(r"[一-龥·]{2,4}|[一-龥]+·[一-龥·]+|[一-龥]某+[一-龥]?")
"""As short as a person's name is, or written like one."""


def named(text: str) -> list[str]:
    """Every certain name in a text, each once, in order."""
    found = (_certain(text, match) for match in _NAME.finditer(text))
    return list(dict.fromkeys(name for name in found if name))


def is_firm(name: str) -> bool:
    """Whether a party's name is an organisation's; what may be a person's (short, or without such words) is not."""
    plain = re.sub(r"\s+", "", name)
    if re.search(r"公司|厂$", plain) and len(plain) >= 3:
        return True
    return not _PERSON.fullmatch(plain) and _ORGANISATION.search(plain) is not None


def _certain(text: str, match: re.Match[str]) -> str | None:
    name = match.group(0)
    if re.match(rf"[{_LETTERS}]", text[max(0, match.start() - 1) : match.start()]):
        return None
    cut = _STRONG.sub("", name)
    name = cut if len(cut) < len(name) else name
    if _PROSE.search(name) or name.count("(") + name.count("（") != name.count(")") + name.count("）"):
        return None
    return name if _shaped(name) else None


def _shaped(name: str) -> bool:
    """A company needs a name of its own before one legal form; a plant also its place, else 化工厂 may be any."""
    stem = re.sub(rf"(?:{LEGAL}{_BRANCH}|{PLANT})$", "", name)
    if len(stem) < 2 or re.search(LEGAL, stem):
        return False
    return re.search(LEGAL, name) is not None or _PLACE.fullmatch(stem) is not None
