"""行政处罚决定书 as sentences: one decision's facts, how a bureau writes them down, and what is to be read of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ..identity import stream
from ..model import Firm, World

WATER, AIR = "《中华人民共和国水污染防治法》", "《中华人民共和国大气污染防治法》"
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


@dataclass(frozen=True)
class Decision:
    """One decision against a firm; ``turn`` chooses the hand in which it is written."""

    firm: Firm
    turn: int
    decided: date

    @property
    def office(self) -> str:
        """Who decides and signs."""
        return f"{self.firm.county[:1]}川市生态环境局"

    @property
    def document(self) -> str:
        """Its number, in four shapes of brackets."""
        stem = f"{self.firm.county[:1]}川环{('罚', '罚字', '罚决字', '责改')[self.turn % 4]}"
        return stem + BRACKETS[self.turn % 4].format(self.decided.year, self.turn + 11)

    @property
    def fine(self) -> str:
        """The sum in the decision's words; every fourth decision only orders."""
        words = SUMS[self.turn % len(SUMS)][0]
        return "" if self.turn % 4 == 3 else words if words[0] == "8" else f"人民币{words}"

    @property
    def orders(self) -> str:
        """What is decided, a line each."""
        if not self.fine:
            return "责令立即改正违法行为"
        fined = f"罚款:{self.fine}" if self.fine[0] == "8" else f"处罚款{self.fine}"
        return f"1.责令立即改正违法行为；\n2.{fined}。"

    @property
    def dated(self) -> str:
        """The day at the end in numerals, in figures, with points, or not at all."""
        day = self.decided
        shapes = (_zh(day), f"{day.year}年{day.month}月{day.day}日", f"{day.year}.{day.month}.{day.day}", "")
        return shapes[self.turn % 4]

    @property
    def fact(self) -> str:
        """What was found."""
        return f"我局于{self.decided.year}年{self.decided.month}月1日对你单位进行了检查，{ACTS[self.turn % 3][3]}"

    @property
    def title(self) -> str:
        """Number and name run together, or the name in brackets."""
        name = self.firm.name
        return f"{self.document}{name}" if self.turn % 2 else f"行政处罚决定书（{name}）"


def decision(world: World, firm: Firm, turn: int, last: date) -> Decision:
    """The decision against a firm, some days before ``last``."""
    days = stream(world.seed, firm.key, "penalty").randint(20, 700)
    return Decision(firm, turn, last - timedelta(days=days))


def text(made: Decision) -> str:
    """The whole letter, a paragraph a line."""
    law, duty, article, _ = ACTS[made.turn % 3]
    return "\n".join([
        made.office, "行政处罚决定书", made.document, *_party(made), "一、环境违法事实和证据", made.fact,
        "以上事实，有《现场检查笔录》、照片等证据为凭。", f"你单位的上述行为违反了{law}{duty}的规定。",
        "二、行政处罚的依据、种类",
        f"依据{law}{article}“处十万元以上一百万元以下的罚款”的规定，我局决定对你单位作出如下行政处罚：", made.orders,
        "三、行政处罚决定的履行方式和期限",
        "限于接到本处罚决定书之日起十五日内缴纳罚款，逾期每日按罚款数额的3%加处罚款。",
        "四、申请行政复议或者提起行政诉讼的途径和期限", "如不服本处罚决定，可在六十日内申请行政复议。", made.office,
        *([made.dated] if made.dated else []),
    ])  # fmt: skip


def _party(made: Decision) -> list[str]:
    """Two hands: the party addressed with a colon, or named behind 当事人; the person's name is a mask."""
    firm = made.firm
    code, person = f"统一社会信用代码：{firm.uscc}", "法定代表人（负责人）：***"
    if made.turn % 2:
        return [f"{firm.name}：", code, person, f"地址：{firm.address}"]
    return [f"当事人：{firm.name}", code, person, f"住所：{firm.address}"]


def facts(made: Decision) -> dict[str, str]:
    """What a careful person copies from the letter, under the headers of 双公示."""
    law, duty, article, _ = ACTS[made.turn % 3]
    return {
        "行政处罚决定书文号": made.document, "行政相对人名称": made.firm.name, "统一社会信用代码": made.firm.uscc,
        "违法事实": made.fact, "处罚依据": f"{law}{duty}；{law}{article}", "处罚内容": made.orders.replace("\n", " "),
        "罚款金额": made.fine, "处罚决定日期": made.dated, "处罚机关": made.office,
    }  # fmt: skip
