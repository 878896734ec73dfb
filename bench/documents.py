"""A run folder of disclosures of many enterprises: those of one run again and again, each time of other firms."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.errors import BenchError
from crawlers import clock
from crawlers.runs import Run
from crawlers.segments import read_lines
from crawlers.source import from_export

Line = dict[str, Any]
CHARACTERS = 300
"""Of prose a disclosure, all searchable: with its fields about a kilobyte, as the first limits were measured with."""
PHRASES = (
    "本单位按照排污许可证要求开展自行监测",
    "废水经物化和生化两级处理后排入城镇污水管网",
    "锅炉烟气采用低氮燃烧与湿法脱硫",
    "危险废物委托有资质的单位处置",
    "报告期内未发生突发环境事件",
    "应急预案已向所在区生态环境分局备案",
    "污染防治设施运行正常",
    "在线监测设备每季度比对一次",
    "颗粒物排放浓度低于特别排放限值",
    "厂界噪声昼间和夜间均达到三类标准",
    "环保税按季度申报缴纳",
    "清洁生产审核已于上年通过验收",
    "原辅材料储存于防渗防漏的专用库房",
    "雨水排口设有切换阀并定期检查",
    "环境管理台账保存不少于五年",
    "挥发性有机物经活性炭吸附后高空排放",
    "生产线检修期间停止排放",
    "土壤和地下水监测结果未超过筛选值",
    "温室气体排放报告已经核查",
)


def multiply(example: Path, var: Path, at_least: int) -> Path:
    """Writes a finished run folder of ``at_least`` records or more below ``var``; returns it.

    Monitoring rows are left out: they become values, which the row ``measurements`` counts. Raises BenchError where
    the example has no other records.
    """
    own = [line for line in read_lines(example, "records") if line["kind"] != "monitoring"]
    visits = [line for line in read_lines(example, "visits") if line["scope"] == "page"]
    if not own:
        raise BenchError(f"{example.name}: no disclosures to multiply; take more --enterprises")
    run = Run(var, from_export(example / "source.json"), clock.read())
    for number in range(-(-at_least // len(own))):
        for line in _of_others(own, number):
            run.records.add(line)
        for line in _of_others(visits, number):
            run.visits.add(line)
    run.finish("finished")
    return run.folder


def _of_others(lines: list[Line], number: int) -> Iterator[Line]:
    chance = random.Random(number)
    for line in lines:
        subject = line["subject"]
        renamed = {**subject, "external_id": f"{number}-{subject['external_id']}", "uscc": None}
        if subject["name"]:
            renamed["name"] = f"{subject['name'][:2]}{number}号{subject['name'][2:]}"
        yield {**line, "subject": renamed, **({"text": _prose(chance)} if "fields" in line else {})}


def _prose(chance: random.Random) -> str:
    """Sentences in an order of their own, so that no two documents are alike."""
    text = ""
    while len(text) < CHARACTERS:
        text += f"{chance.choice(PHRASES)}，共{chance.randrange(1000)}次。"
    return text[:CHARACTERS]
