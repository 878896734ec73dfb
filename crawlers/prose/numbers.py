"""Document numbers (文号) of decisions: ``惠环罚决字〔2019〕第045号``, ``济环责改[2019]47号`` and their kin."""

from __future__ import annotations

import re

_ACT = (
    r"(?:听告|先告|事先告|告|不予?罚|罚决|责改|改罚|罚责|责令改正?|违改|停产|限产|查封|扣押|处罚|罚)[字决令书]{0,2}"
    r"(?:[（(][一-龥]{1,6}[）)])?"
)
_NUMBER = re.compile(
    rf"(?P<head>[一-龥]{{1,14}}?(?:[（(][一-龥]{{1,4}}[）)])?{_ACT})\s*"
    r"(?:[〔\[［（(【{﹝]\s*(?:19|20)\d\d\s*年?[〕\]］）)】}﹞]|(?:19|20)\d\d\s*(?=第|字|\d{4}))\s*"
    r"(?:第\s*)?(?:\d[\d\-－—]{0,11}|[〇零一二三四五六七八九十百]{1,6})\s*号"
)
_LEAD = re.compile(
    r".*(?:决定书|通知书|告知书|文书号|文号|编号|字号|关于|根据|依据|按照|作出|下达|送达|为)(?=[一-龥]{2})"
)
_NAME = re.compile(r".*(?:公司|厂|站|矿|店|院|中心)(?=[一-龥]{1,8}$)")
_HEAD = re.compile(r"[一-龥]{0,4}(?:环|水|核|生态|综执|执法|监察|城管)[一-龥（()）]{1,12}|[一-龥]{1,8}")


def numbers(text: str) -> list[str]:
    """Every document number in a text, as printed without blanks, each once, in order."""
    found = (_whole(match, text) for match in _NUMBER.finditer(text))
    return list(dict.fromkeys(number for number in found if number))


def number(text: str) -> str | None:
    """The first document number in a text; None where there is none or its beginning cannot be told."""
    return next(iter(numbers(text)), None)


def _whole(match: re.Match[str], text: str) -> str | None:
    """The number from its true beginning: words or a firm's name that lead to it are not part of it.

    Where other words run into it without a mark (``…较优质济环责改〔2019〕47号``) nobody can say where it begins: None.
    """
    head = match["head"]
    for lead in (_LEAD, _NAME):
        head = lead.sub("", head)
    start = match.end("head") - len(head)
    cut = start > match.start("head")
    runs_in = not cut and re.match(r"[一-龥]", text[max(0, start - 1) : start]) is not None
    if runs_in or not _HEAD.fullmatch(head):
        return None
    return re.sub(r"\s+", "", text[start : match.end()])
