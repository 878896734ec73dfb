"""Penalty decisions as free text (行政处罚决定书): number, party, code, facts, law, decision, fine, day, authority.

Landmarks: 一、环境违法事实和证据 … 以上事实; 二、行政处罚的依据、种类 … 决定 …;
三、履行方式和期限 or 限于接到本处罚决定(书).
"""

from __future__ import annotations

import re

from crawlers.prose.facts import Facts, labelled, lines
from crawlers.prose.firms import is_firm
from crawlers.prose.numbers import number

NUMBER, PARTY, CODE = "行政处罚决定书文号", "行政相对人名称", "统一社会信用代码"
FACT, LAW, CONTENT, FINE = "违法事实", "处罚依据", "处罚内容", "罚款金额"
DAY, AUTHORITY = "处罚决定日期", "处罚机关"
_ALPHABET = "0-9A-HJ-NPQRTUWXYO"
_CODE = re.compile(rf"(?<![0-9A-Z])9[1-9]\d{{6}}[{_ALPHABET}]{{10}}(?![0-9A-Z])")
_CODE_LABEL = re.compile(r"(?:信用代码|注册号)[^0-9A-Z\n]{0,24}([0-9A-Z]{18})(?![0-9A-Z])")
_IDENTITY = re.compile(r"[1-8]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx]")
"""A person's identity number has eighteen characters too, and is never a code."""
_FACT_FROM = re.compile(
    r"(?:[一二三四]、\s*)?(?:环境)?(?:主要)?违法(?:事实|行为)[和及]?(?:主要)?证据?(?:如下)?\s*[:：。]?\s*\n"
    r"|存在(?:以下|下列|如下)(?:环境)?违法(?:行为|事实)\s*[:：]|实施了(?:以下|下列|如下)(?:环境)?违法行为\s*[:：]"
    r"|经(?:调查|查明|查|现场检查)\s*[,，:：]"
)
_FACT_TO = re.compile(r"以上事实|上述事实|上述行为违反|以上行为违反|你[^\n。]{0,8}的?(?:上述|以上)行为|[二三]、")
_BASIS_FROM = re.compile(
    r"[二三]、[^\n]{0,24}行政处罚[^\n]{0,6}(?:依据|种类)[^\n]*\n|(?:上述|以上)行为违反了?|以上事实|上述事实"
)
_DECIDED = re.compile(
    r"(?:决定|如下)[^\n。]{0,24}?(?:行政处罚|处罚决定|处罚|处理|决定)\s*[:：]|决定(?:责令|罚款|对你|给予|处以?)|决定\s*[:：]"
)
_END = re.compile(
    r"(?:\n|^)\s*[三四五]、|限于?(?:你[^\n]{0,6})?(?:自)?(?:接到|收到)本|(?:自)?(?:接到|收到)本(?:处罚)?决定书?之日起"
    r"|你(?:单位|公司|厂|户|站)?应当?(?:自|于|在)?(?:接到|收到)本|[你如][^\n。]{0,10}(?:如)?(?:不服|对本)|收款银行|根据《中华人民共和国行政处罚法》(?:和《[^》]*》)?第(?:六十六|六十七|七十二|四十六|五十一)条"
)
_LAWS = re.compile(
    r"《[^《》\n]{2,40}》(?:(?:\([^()\n]{2,20}\)|（[^（）\n]{2,20}）)?(?:的)?第?[^《》。；;\n]{0,28}?[条款项](?:第[一二三四五六七八九十百零〇\d（）()]+[条款项])*)?"
)
_IS_LAW = re.compile(r"《[^》]*(?:法|条例|办法|规定|标准|细则|准则|规则|规范|名录)[^》]{0,14}》")
_PROCEDURE = re.compile(
    r"《(?:中华人民共和国)?(?:行政(?:处罚|复议|诉讼|强制)法|环境行政处罚办法|生态环境行政处罚办法)》"
)
_NUMERAL = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬"
_MONEY = (
    rf"(?:人民币|[¥￥])?\s*(?:\d[\d,，]*(?:\.\d+)?\s*[（(]?\s*[十百千万亿]{{0,2}}元[）)]?|[¥￥]\s*\d[\d,，]*(?:\.\d+)?"
    rf"|[{_NUMERAL}]+元)(?:[{_NUMERAL}]角)?(?:[{_NUMERAL}]分)?整?(?:\s*[（(](?:大写|小写)?[:：]?(?:人民币|[¥￥])?[\d,，.{_NUMERAL}]+[万]?元?整?[）)])?"
)
_FINES = re.compile(
    rf"(?:(?:合计|共计|总计|合并处?|共处)[^\n。；;\d]{{0,6}})?罚款(?:数额|金额)?[\s:：]*(?:[（(]大写[）)])?(?:计|为|共计|合计|总计)?\s*(?P<behind>{_MONEY})(?!\s*以[上下])"
    rf"|处以?(?P<before>{_MONEY})(?!\s*以[上下])的?(?:行政)?罚款"
)
_TOTAL = re.compile(r"^(?:合计|共计|总计|合并|共处)")
_ZH = "〇○ОO零一二三四五六七八九0０"
DATE = (
    rf"(?:(?:19|20)\d\d\s*[年.\-/]\s*\d{{1,2}}\s*[月.\-/]\s*\d{{1,2}}\s*日?"
    rf"|[二2][{_ZH}]{{3}}\s*年\s*[一二三四五六七八九十元]{{1,3}}\s*月\s*[一二三四五六七八九十]{{1,3}}\s*日)"
)
_DATE = re.compile(DATE)
_SIGNED = re.compile(rf"(?:^|\n)\s*({DATE})\s*(?:$|\n)")
_OFFICE = re.compile(
    r"[一-龥]{2,16}?(?:生态环境局|环境保护局|环保局|生态环境厅|环境保护厅|核安全局|综合行政执法局|生态环境部|人民政府|环境监察总队)"
    r"(?:[一-龥]{1,8}?(?:分局|支队|大队))?"
)
_LONGEST_OFFICE = 40
_WORDS = re.compile(
    r"行政处罚决定书?|责令改正违法行为决定书?|处罚决定书?|决定书|行政处罚|关于对?|[（(][^（）()]*[）)]$|对(?=[一-龥])|作出.*$|的$"
)


def read(text: str, title: str | None = None) -> Facts:
    """The facts of one decision under the headers of 双公示; what is missing is reported, never made up."""
    facts = Facts()
    found = number(text) or number(title or "")
    facts.take(NUMBER, found)
    if found is None:
        facts.doubt("number-missing", "the decision states no document number; look at the page", (title or "")[:120])
    _party(facts, text, title, found)
    facts.take(CODE, _code(text))
    facts.take(FACT, _fact(text))
    decided = _decided(text)
    facts.take(LAW, laws(_basis(text)))
    facts.take(CONTENT, decided)
    facts.take(FINE, fines(decided or text))
    facts.take(AUTHORITY, _authority(text))
    _date(facts, text)
    facts.recognised = (found is not None or PARTY in facts.fields) and decided is not None
    return facts


def _code(text: str) -> str | None:
    """The firm's credit code: the labelled one, else one that can only be a firm's."""
    labelled_codes = (match[1] for match in _CODE_LABEL.finditer(text))
    found = [*labelled_codes, *_CODE.findall(text)]
    return next((code for code in found if not _IDENTITY.fullmatch(code)), None)


def party_in_title(title: str, document_number: str | None) -> str | None:
    """The party that a list's title runs together with number and words: ``穗环罚〔2019〕156号某公司`` → 某公司."""
    rest = title.replace(document_number, " ") if document_number else title
    parts = [part.strip(" :：-—") for part in _WORDS.sub(" ", rest).split() if len(part.strip()) >= 4]
    return next((part for part in parts if re.search(r"公司|厂|站|场|矿|医院|合作社|中心|集团", part)), None)


def _party(facts: Facts, text: str, title: str | None, document_number: str | None) -> None:
    """The firm; a natural person stays in the evidence alone."""
    stated = labelled(
        text,
        "当事人名称",
        "当事人",
        "单位名称",
        "被处罚单位",
        "被处罚人",
        "被处罚单位名称",
        "行政相对人名称",
        "企业名称",
        "名称",
    )
    stated = (
        re.split(r"[（(]?(?:统一社会信用代码|营业执照|法定代表人|地址|住所|身份证)", stated)[0].strip(" ,，;；:：")
        if stated
        else None
    )
    addressed = next(
        (line.rstrip(":：") for line in lines(text)[:8] if line.endswith((":", "：")) and is_firm(line[:-1])), None
    )
    party = stated or addressed or party_in_title(title or "", document_number)
    if party is None:
        facts.doubt("party-missing", "the decision names no party; look at the page", (title or "")[:120])
    elif is_firm(party) or party == party_in_title(title or "", document_number):
        facts.take(PARTY, party)
    else:
        words = "the party is not a firm by its name; a natural person's name is no field and stays in the evidence"
        facts.doubt("party-natural-person", words, severity="info")


def _fact(text: str) -> str | None:
    start = _FACT_FROM.search(text)
    if start is None:
        return None
    end = _FACT_TO.search(text, start.end())
    return _flat(text[start.end() : end.start()]) if end else None


def _basis(text: str) -> str:
    """Where the law is cited: before the decision's own words of remedy."""
    start = _BASIS_FROM.search(text)
    begin = start.start() if start else 0
    end = _END.search(text, _after_decided(text) or begin)
    return text[begin : end.start() if end else len(text)]


def _after_decided(text: str) -> int | None:
    found = [match.end() for match in _DECIDED.finditer(text)]
    return found[-1] if found else None


def _decided(text: str) -> str | None:
    """What was decided: behind the last 决定 … : before the remedies."""
    remedies = [match.start() for match in _END.finditer(text)]
    for match in reversed(list(_DECIDED.finditer(text))):
        end = next((place for place in remedies if place > match.end()), None)
        body = text[
            match.end() if match[0].endswith((":", "：")) else match.start() : end if end else match.end() + 600
        ]
        if re.search(r"罚款|责令|警告|没收|吊销|停产|停业|拘留|处以?", body):
            return _flat(body)
    return None


def laws(text: str) -> str | None:
    """Laws with the articles behind them, each once, procedure left out: ``《水污染防治法》第八十三条第二项``."""
    cited = (match.group(0).strip() for match in _LAWS.finditer(text))
    found = [words for words in cited if _IS_LAW.match(words) and not _PROCEDURE.match(words)]
    return "；".join(dict.fromkeys(found)) or None


def fines(text: str) -> str | None:
    """The words of each fine, a stated total alone where there is one: ``伍拾肆万元整``."""
    found = [(match.group(0), (match["behind"] or match["before"]).strip()) for match in _FINES.finditer(text)]
    totals = [words for whole, words in found if _TOTAL.match(whole)]
    return "；".join(totals[-1:] or [words for _, words in found]) or None


def _date(facts: Facts, text: str) -> None:
    """The labelled day, else the one that stands alone at the end, else none."""
    stated = labelled(text, "处罚决定日期", "决定日期", "处罚日期", "作出处罚决定日期", "作出行政处罚的日期")
    signed = _SIGNED.findall(text)
    found = _DATE.search(stated) if stated else None
    day = found.group(0) if found else (signed[-1] if signed else None)
    facts.take(DAY, day)
    if day is None:
        facts.doubt("date-missing", "the decision states no day of its own; it stays empty")


def _authority(text: str) -> str | None:
    """The office that signs: the last one named that stands alone on a line, else the labelled one."""
    stated = labelled(text, "处罚机关", "作出处罚决定的机关", "处罚机关名称")
    short = (line for line in lines(text) if len(line) <= _LONGEST_OFFICE)
    alone = [line for line in short if _OFFICE.fullmatch(re.sub(r"[（(].*[）)]$", "", line))]
    return stated or (alone[-1] if alone else None)


def _flat(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ", text).strip(" :：")
