"""行政处罚 as a province's bureau publishes it: decisions as sentences in several hands, and a table of many."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from ..identity import stream
from ..model import Firm, World
from ..pages.http import Request, Response
from . import bulletin
from .bulletin import Bulletin
from .site import FamilySite, Planted

ROOT = "/wryjg/xzcf/xzcfjd/"
WATER, AIR = "《中华人民共和国水污染防治法》", "《中华人民共和国大气污染防治法》"
HEADERS = ["序号", "行政处罚决定书文号", "行政相对人名称", "统一社会信用代码", "处罚事由", "处罚依据", "处罚结果",
           "罚款金额（万元）", "处罚决定日期", "处罚机关"]  # fmt: skip
ACTS = (
    (WATER, "第十条", "第八十三条第二项", "废水总排口化学需氧量排放浓度超过排放标准0.4倍。"),
    (AIR, "第十八条", "第九十九条第二项", "锅炉废气二氧化硫排放浓度超过排放标准0.2倍。"),
    (AIR, "第二十条第二款", "第一百条第三项", "未按规定使用自动监测设备。"),
)
SUMS = (
    ("伍拾肆万元整", "54"),
    ("叁万元整（￥30000）", "3"),
    ("8.0（万元）", "8"),
    ("￥30000", "3"),
    ("贰拾万元", "20"),
)
BRACKETS = ("〔{}〕{}号", "[{}]{}号", "（{}）{}号", "【{}】第{}号")
ZERO = str.maketrans("0123456789", "〇一二三四五六七八九")


def _zh(day: date) -> str:
    """``2019-12-05`` → 二〇一九年十二月五日."""
    return f"{str(day.year).translate(ZERO)}年{_small(day.month)}月{_small(day.day)}日"


def _small(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{str(tens).translate(ZERO)}十"
    return head + (str(ones).translate(ZERO) if ones else "")


@lru_cache(maxsize=8)
def _decisions(world: World, day: date) -> tuple[tuple[Bulletin, Planted], ...]:
    firms = bulletin.settled(world, day)[:20]
    return tuple(_decision(world, firm, number, day) for number, firm in enumerate(firms))


def _decision(world: World, firm: Firm, number: int, last: date) -> tuple[Bulletin, Planted]:
    rng = stream(world.seed, firm.key, "penalty")
    law, duty, article, fact = ACTS[number % len(ACTS)]
    decided = last - timedelta(days=rng.randint(20, 700))
    office = f"{firm.county[:1]}川市生态环境局"
    words, _ = SUMS[number % len(SUMS)]
    stem = f"{firm.county[:1]}川环{('罚', '罚字', '罚决字', '责改')[number % 4]}"
    doc = stem + BRACKETS[number % len(BRACKETS)].format(decided.year, number + 11)
    day = (
        _zh(decided),
        f"{decided.year}年{decided.month}月{decided.day}日",
        f"{decided.year}.{decided.month}.{decided.day}",
        "",
    )
    dated = day[number % 4]
    fine = f"处罚款人民币{words}" if words[0] != "8" else "罚款:8.0（万元）"
    orders = "责令立即改正违法行为" if number % 4 == 3 else f"1.责令立即改正违法行为；\n2.{fine}。"
    text = "\n".join([
        office, "行政处罚决定书", doc, *_party(firm, number), "一、环境违法事实和证据",
        f"我局于{decided.year}年{decided.month}月1日对你单位进行了检查，{fact}",
        "以上事实，有《现场检查笔录》、照片等证据为凭。", f"你单位的上述行为违反了{law}{duty}的规定。",
        "二、行政处罚的依据、种类",
        f"依据{law}{article}“处十万元以上一百万元以下的罚款”的规定，我局决定对你单位作出如下行政处罚：", orders,
        "三、行政处罚决定的履行方式和期限",
        "限于接到本处罚决定书之日起十五日内缴纳罚款，逾期每日按罚款数额的3%加处罚款。",
        "四、申请行政复议或者提起行政诉讼的途径和期限", "如不服本处罚决定，可在六十日内申请行政复议。", office,
        *([dated] if dated else []),
    ])  # fmt: skip
    shown = decided + timedelta(days=5)
    title = f"{doc}{firm.name}" if number % 2 else f"行政处罚决定书（{firm.name}）"
    fields = {
        "行政处罚决定书文号": doc, "行政相对人名称": firm.name, "统一社会信用代码": firm.uscc,
        "违法事实": f"我局于{decided.year}年{decided.month}月1日对你单位进行了检查，{fact}",
        "处罚依据": f"{law}{duty}；{law}{article}", "处罚内容": orders.replace("\n", " "),
        "罚款金额": "" if number % 4 == 3 else ("人民币" + words if words[0] != "8" else words),
        "处罚决定日期": dated, "处罚机关": office,
    }  # fmt: skip
    body = bulletin.paragraphs(text)
    path = f"{shown:%Y%m}/t{shown:%Y%m%d}_{1000 + number}.shtml"
    subject = {"name": firm.name, "uscc": firm.uscc}
    return Bulletin(path, title, shown, body), Planted("penalty", fields, subject, title, shown.isoformat())


def _party(firm: Firm, number: int) -> list[str]:
    """Two hands: the party addressed with a colon, or named behind 当事人; the person's name is a mask."""
    code, person = f"统一社会信用代码：{firm.uscc}", "法定代表人（负责人）：***"
    if number % 2:
        return [f"{firm.name}：", code, person, f"地址：{firm.address}"]
    return [f"当事人：{firm.name}", code, person, f"住所：{firm.address}"]


@lru_cache(maxsize=8)
def _table(world: World, day: date) -> tuple[Bulletin, tuple[Planted, ...]]:
    """One notice with a table of the month's decisions; a natural person stands among the parties by role alone."""
    firms = bulletin.settled(world, day)[20:30]
    shown = day - timedelta(days=9)
    title = f"示例省{shown.year}年{shown.month}月行政处罚信息公示表"
    rows = [_row(world, firm, number, shown) for number, firm in enumerate(firms, 1)]
    person = {**_row(world, firms[0], len(rows) + 1, shown), "行政相对人名称": "某某", "统一社会信用代码": ""}
    planted = [_of_table(row, firm.name, firm.uscc, title, shown) for row, firm in zip(rows, firms, strict=True)]
    planted.append(_of_table({**person, "行政相对人名称": ""}, "", "", title, shown))
    body = bulletin.paragraphs("现将本月行政处罚信息公示如下：") + bulletin.table(HEADERS, [*rows, person])
    return Bulletin(f"{shown:%Y%m}/t{shown:%Y%m%d}_2000.shtml", title, shown, body), tuple(planted)


def _row(world: World, firm: Firm, number: int, shown: date) -> dict[str, str]:
    rng = stream(world.seed, firm.key, "penalty-row")
    law, _, article, fact = ACTS[number % len(ACTS)]
    _, wan = SUMS[number % len(SUMS)]
    decided = shown - timedelta(days=rng.randint(3, 28))
    values = (str(number), f"示环罚〔{decided.year}〕{300 + number}号", firm.name, firm.uscc, fact, law + article,
              f"罚款{wan}万元", wan, decided.isoformat(), "示例省生态环境厅")  # fmt: skip
    return dict(zip(HEADERS, values, strict=True))


def _of_table(row: dict[str, str], name: str, uscc: str, title: str, shown: date) -> Planted:
    subject = {key: value for key, value in (("name", name), ("uscc", uscc)) if value}
    return Planted("penalty", row, subject, f"{title} 现将本月行政处罚信息公示如下：", shown.isoformat())


def _bulletins(world: World, day: date) -> list[Bulletin]:
    found = [one for one, _ in _decisions(world, day)] + [_table(world, day)[0]]
    other = Bulletin(
        "202601/t20260105_1.shtml", "关于开展执法大练兵活动的通知", date(2026, 1, 5), bulletin.paragraphs("略")
    )
    return sorted([*found, other], key=lambda one: (one.day, one.path), reverse=True)


def _answer(world: World, day: date, request: Request) -> Response:
    return bulletin.answer(ROOT, _bulletins(world, day), request, total=True)


def _planted(world: World, day: date) -> Iterable[Planted]:
    yield from (planted for _, planted in _decisions(world, day))
    yield from _table(world, day)[1]


SITE = FamilySite("penalty", _answer, _planted, lambda _world, _day: {})
