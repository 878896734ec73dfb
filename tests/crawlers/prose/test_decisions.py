"""Decisions in several hands, and the four real ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawlers.prose import decisions
from indexer.normalise.fields import interpret

LAW = "《中华人民共和国水污染防治法》"
TEXT = f"""甲川市生态环境局
行政处罚决定书
甲川环罚〔2026〕12号
当 事 人：甲川宏泰化工有限公司
统一社会信用代码：91990202MA9123456X
法定代表人（负责人）：甄示甲
一、环境违法事实和证据
我局于2026年3月5日对你单位进行了现场检查，废水总排口化学需氧量浓度超过排放标准0.5倍。
以上事实，有《现场检查笔录》为凭。
你单位的上述行为违反了{LAW}第十条的规定。
二、责令改正和行政处罚的依据、种类
依据{LAW}第八十三条第二项“处十万元以上一百万元以下的罚款”的规定，我局决定对你单位作出如下行政处罚：
1.责令立即改正违法行为；
2.处罚款伍拾肆万元整（￥540000）。
三、行政处罚决定的履行方式和期限
限于接到本处罚决定书之日起十五日内缴纳罚款。逾期每日按罚款数额的3%加处罚款。
四、申请行政复议的途径和期限
如不服本处罚决定，可依《中华人民共和国行政复议法》第九条申请复议。
甲川市生态环境局
二〇二六年四月二日"""


def test_every_fact_is_read_raw() -> None:
    facts = decisions.read(TEXT)
    assert facts.recognised and facts.issues == []
    assert facts.fields == {
        "行政处罚决定书文号": "甲川环罚〔2026〕12号", "行政相对人名称": "甲川宏泰化工有限公司",
        "统一社会信用代码": "91990202MA9123456X",
        "违法事实": "我局于2026年3月5日对你单位进行了现场检查，废水总排口化学需氧量浓度超过排放标准0.5倍。",
        "处罚依据": f"{LAW}第十条；{LAW}第八十三条第二项",
        "处罚内容": "1.责令立即改正违法行为； 2.处罚款伍拾肆万元整（￥540000）。",
        "罚款金额": "伍拾肆万元整（￥540000）", "处罚机关": "甲川市生态环境局", "处罚决定日期": "二〇二六年四月二日",
    }  # fmt: skip


def test_the_indexer_makes_yuan_and_day_of_it() -> None:
    said = interpret("penalty", decisions.read(TEXT).fields)
    assert (said.facts["amount"], said.facts["date"]) == (540_000, "2026-04-02")
    assert said.unknown == [] and said.problems == []


def test_an_identity_number_is_no_credit_code() -> None:
    number = "110101199001011237"
    for words in (f"身份证号码：{number}", f"统一社会信用代码（身份证号）：{number}"):
        text = TEXT.replace("统一社会信用代码：91990202MA9123456X", words)
        assert not any(number in value for value in decisions.read(text).fields.values())


def test_no_person_s_name_becomes_a_field() -> None:
    fields = decisions.read(TEXT).fields
    assert not any("甄示甲" in value for value in fields.values())
    person = decisions.read(TEXT.replace("甲川宏泰化工有限公司", "甄示乙"))
    assert "行政相对人名称" not in person.fields and [i.code for i in person.issues] == ["party-natural-person"]


@pytest.mark.parametrize("day", ["2026年4月2日", "2026.4.2", "2026-04-02", "二○二六年四月二日", "二O二六年四月二日"])
def test_the_day_is_that_which_stands_alone_at_the_end(day: str) -> None:
    facts = decisions.read(TEXT.replace("二〇二六年四月二日", day))
    assert facts.fields["处罚决定日期"] == day
    assert interpret("penalty", facts.fields).facts["date"] == "2026-04-02"


def test_what_is_missing_is_reported_and_stays_missing() -> None:
    facts = decisions.read(TEXT.replace("二〇二六年四月二日", "").replace("甲川环罚〔2026〕12号", ""))
    assert {issue.code for issue in facts.issues} == {"date-missing", "number-missing"}
    assert "处罚决定日期" not in facts.fields and "行政处罚决定书文号" not in facts.fields


def test_several_fines_stand_side_by_side_and_a_total_alone() -> None:
    assert decisions.fines("1.罚款10万元；2.罚款贰拾万元整。") == "10万元；贰拾万元整"
    assert decisions.fines("1.罚款10万元；2.罚款20万元；合计罚款30万元。") == "30万元"


def test_another_notice_is_no_decision() -> None:
    assert not decisions.read("关于召开会议的通知\n各单位：\n现将有关事项通知如下：请参加。").recognised


OTHER_HAND = """甲川市生态环境局甲东分局
行 政 处 罚 决 定 书
甲川环罚〔2026〕13号
被处罚单位：甲川宏泰化工有限公司甲东分公司
经查，你单位实施了以下环境违法行为：
2026年3月2日我局执法人员检查发现地下油罐未使用双层罐。
上述事实，有以下证据为证：1.现场检查笔录；2.照片。
我局于2026年3月8日向你单位送达《行政处罚事先告知书》（甲川环罚告〔2026〕10号）。
依据《中华人民共和国水污染防治法》第八十五条第一款第（八）项的规定，我局决定：
一、责令你单位在一个月内完成改造；
二、处罚款人民币捌万元整。
你单位应自收到本处罚决定书之日起十五日内缴纳罚款。
甲川市生态环境局甲东分局
2026年4月5日
（联系人：示某，电话：0990-8000000）"""


def test_another_hand_orders_and_fines_under_numbers_of_its_own() -> None:
    fields = decisions.read(OTHER_HAND).fields
    assert fields["行政处罚决定书文号"] == "甲川环罚〔2026〕13号"
    assert fields["行政相对人名称"] == "甲川宏泰化工有限公司甲东分公司"
    assert fields["处罚内容"] == "一、责令你单位在一个月内完成改造； 二、处罚款人民币捌万元整。"
    assert fields["处罚依据"] == "《中华人民共和国水污染防治法》第八十五条第一款第（八）项"
    assert (fields["处罚机关"], fields["处罚决定日期"]) == ("甲川市生态环境局甲东分局", "2026年4月5日")
    assert interpret("penalty", fields).facts["amount"] == 80_000


def test_a_decision_that_only_orders_has_no_fine() -> None:
    text = TEXT.replace("2.处罚款伍拾肆万元整（￥540000）。\n", "").replace("甲川环罚", "甲川环责改")
    fields = decisions.read(text).fields
    assert "罚款金额" not in fields and fields["处罚内容"] == "1.责令立即改正违法行为；"
    assert "amount" not in interpret("penalty", fields).facts


PARTIES = ("中国石油天然气股份有限公司", "中国石油天然气股份有限公司河南郑州第71加油站", "中国石油天然气股份有限公司",
           "中国石油天然气股份有限公司河南济源济邵路官桥较优质")  # fmt: skip
FINES, DAYS = (80_000, 30_000, 80_000, None), ("2019-12-05", None, "2019-09-24", None)


@pytest.mark.parametrize("index", range(4))
def test_the_real_decisions(realdata: Path, index: int) -> None:
    printed = json.loads((realdata / "penalties" / "decisions.json").read_text(encoding="utf-8"))[index]
    raw = {name: json.dumps(v, ensure_ascii=False) if isinstance(v, list) else v or "" for name, v in printed.items()}
    said = interpret("penalty", raw)
    assert said.facts["doc_no"] == printed["documentNumber"].replace("第0", "")
    assert said.facts.get("amount") == FINES[index] and said.facts.get("date") == DAYS[index]
    assert decisions.party_in_title(printed["title"], printed["documentNumber"]) == PARTIES[index]
    read = decisions.read(f"{printed['documentNumber']}\n{printed['approvalSummary']}", printed["title"])
    assert (
        read.fields["行政处罚决定书文号"] == printed["documentNumber"]
        and read.fields["行政相对人名称"] == PARTIES[index]
    )
    assert [issue.code for issue in read.issues] == ["date-missing"]
    assert interpret("penalty", read.fields).facts.get("amount") == FINES[index]
