"""JSON modules of the platform (``/jsp/view/<module>/list.do``), with the column names of the Shanghai platform."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ..facts import FREQUENCIES, approval, file_id, measured, outlets
from ..identity import hex32, stream
from ..model import Firm, Item

Row = dict[str, str]
CATEGORIES = {
    "emergency_plan": ("YJYA_YAWB", "突发环境事件应急预案.pdf"),
    "monitoring_plan": ("OTHER_ZXJC", "自行监测方案（盖章版）.pdf"),
    "social_report": ("OTHER_SHZR", "社会责任报告.pdf"),
    "annual_report": ("OTHER_NDBG", "环境信息依法披露年度报告.pdf"),
    "other": ("OTHER_QT", "其他应当公开的环境信息.doc"),
}
"""Kind → (ST_FILE_CATEGORY, file name)."""


MODE = {"WATER": "间接排放", "AIR": "有组织排放"}
WHERE = {"WATER": "城镇污水处理厂", "AIR": "大气"}
STALE_WORDS = "数据截至2014年12月31日"
"""What a stale page says of itself; a contradicted one says two things that cannot both hold."""


def _base(firm: Firm, item: Item, *parts: object) -> Row:
    stated = item.stated.isoformat() if item.stated else ""
    return {
        "stRemark": STALE_WORDS if item.mark == "stale" else "",
        "stId": hex32(firm.key, *parts).upper(),
        "stWryCode": firm.wry_code,
        "stZzjgdm": "null",
        "stFbsj": stated,
    }


def _permit_shape(firm: Firm, item: Item, day: date, *parts: object) -> Row:
    """The wide row that ``port`` and ``xzxk`` share; most of it is empty, as in reality."""
    names = (
        "stZxbzmc stType stSo2 stPrwsclc stWd stP stExt5 stExt4 stDyhw stN stExt3 stExt2 stPfkType stPfkmc stExt1 "
        "stQzkPfkbh stXmmc stAd stJd stSnst stPfkbh stYkzyxq stYkzbh stFzjg stPwh stFzrq stVoc stHzjygm "
        "stUnitfyPfkbh stSpjg stKlw stHxxyl stTypeCode stPsqxlx"
    )
    row = dict.fromkeys(names.split(), "")
    base = _base(firm, item, *parts)
    return row | {"stHxxyl": "null", "stQymc": firm.name_on(day), "stWrybh": base.pop("stWryCode")} | base


def _ports(firm: Firm, item: Item, day: date) -> list[Row]:
    rows = []
    for outlet in outlets(firm):
        row = _permit_shape(firm, item, day, "port", outlet.code)
        standard = (
            "《污水综合排放标准》GB8978－1996"
            if outlet.medium == "WATER"
            else "《大气污染物综合排放标准》GB16297－1996"
        )
        blank = item.blank
        row |= {
            "stPfkbh": outlet.code,
            "stPfkmc": outlet.name,
            "stPfkType": outlet.medium,
            "stType": "排污许可证",
            "stTypeCode": "PWXK",
            "stZxbzmc": "" if "standard" in blank else standard,
            "stPfksl": "" if "outlet_count" in blank else str(len(outlets(firm))),
            "stPfkfb": "" if "outlet_layout" in blank else f"厂区{'东南' if outlet.medium == 'WATER' else '西北'}侧",
        }
        rows.append(row)
    return rows


def _items(firm: Firm, item: Item, _day: date) -> list[Row]:
    rng, rows = stream(0, firm.key, "jcdw"), []
    for outlet in outlets(firm):
        for name, limit, unit in outlet.pollutants:
            mess = f"{limit:g} " if rng.random() < 0.1 else f"{limit:g}"
            rows.append(
                _base(firm, item, "jcdw", outlet.code, name)
                | {
                    "stSitename": outlet.name,
                    "stSitecode": outlet.code,
                    "stType": outlet.medium,
                    "stProject": name,
                    "stPfxz": "6~9" if name == "PH值" else mess,
                    "stPfxzMin": "0",
                    "jcxm_dw": unit,
                    "stJcpc": rng.choice(FREQUENCIES),
                    "stJcff": "手工",
                    "stFfFrom": "国标法",
                    "stFxyq": "",
                    "stHbbmbspCode": "",
                    "stZsy": "",
                }
            )
    return rows


def _discharges(firm: Firm, item: Item, _day: date) -> list[Row]:
    rng, rows = stream(0, firm.key, "discharge"), []
    for outlet in outlets(firm):
        for name, limit, unit in outlet.pollutants:
            rows.append(
                _base(firm, item, "pullication", outlet.code, name)
                | {
                    "stType": "废水" if outlet.medium == "WATER" else "废气",
                    "stPortId": "",
                    "stPortCode": outlet.code,
                    "stPortName": outlet.name,
                    "stProject": name,
                    "stPffs": MODE[outlet.medium],
                    "stPfqx": WHERE[outlet.medium],
                    "stPfnd": f"{limit * (3 if item.mark == 'contradicted' else rng.uniform(0.1, 0.8)):.3g}{unit}",
                    "stPfzl": f"{rng.uniform(0.1, 90):.2f}吨/年",
                    "stCbqk": "达标排放",
                    "stHdzl": "" if "quota" in item.blank else f"{rng.randint(100, 300)}吨/年",
                }
            )
    return rows


def _licences(firm: Firm, item: Item, day: date) -> list[Row]:
    row = _permit_shape(firm, item, day, "xzxk", item.kind)
    project, number, signed = approval(firm)
    day_signed = "2031-01-01" if item.mark == "contradicted" else signed.isoformat()
    if item.kind == "permit" and firm.permit:
        version = firm.permit.versions[0]
        return [
            row
            | {
                "stType": "排污许可证",
                "stTypeCode": "PWXK",
                "stYkzbh": firm.permit.number,
                "stYkzyxq": version.end.isoformat(),
                "stFzrq": version.start.isoformat(),
            }
        ]
    return [
        row
        | {
            "stType": "建设项目环境影响评价",
            "stTypeCode": "JSXM",
            "stXmmc": project,
            "stYkzbh": "",
            "stPwh": "null" if "eia_doc" in item.blank else number,
            "stFzrq": day_signed,
        }
    ]


def _facilities(medium: str) -> Callable[[Firm, Item, date], list[Row]]:
    def rows(firm: Firm, item: Item, _day: date) -> list[Row]:
        name, process = {"WATER": ("污水处理站", "A/O生化处理"), "AIR": ("RTO废气处理装置", "蓄热焚烧")}[medium]
        if not any(outlet.medium == medium for outlet in outlets(firm)):
            return []
        return [
            _base(firm, item, "hand", medium)
            | {
                "stName": name,
                "stCwCode": "",
                "stType": medium,
                "stClnl": "500吨/日",
                "stCwName": "",
                "stTytj": "",
                "stNyxfy": "-",
                "stGyfs": process,
                "stHppfrq": "2009-10-16",
                "stJgrq": "2012-07-10",
                "stYdl": "null",
                "stSscrq": "2012-03-01",
                "stXl": "-",
                "stJsqk": "未建设" if item.mark == "contradicted" else "已建成并通过验收",
                "stYxqk": "null" if "running" in item.blank else "正常运行",
            }
        ]

    return rows


def file_name(firm: Firm, item: Item, day: date) -> str:
    """The file that answers an item of the ``other`` module."""
    owner = "虚拟样板有限公司" if item.mark == "contradicted" else firm.name_on(day)
    return f"{owner}{item.period or ''}{CATEGORIES[item.kind][1]}"


def _files(firm: Firm, item: Item, day: date) -> list[Row]:
    plan = item.kind == "emergency_plan"
    return [
        _base(firm, item, "other", item.kind, item.period)
        | {
            "stFileCategory": CATEGORIES[item.kind][0],
            "stWjmc": "null" if "plan" in item.blank else file_name(firm, item, day),
            "fileId": "" if "plan" in item.blank else file_id(firm, f"{item.kind}{item.period or ''}"),
            "stNd": item.period or "",
            "stBabh": f"{firm.region}-2019-{firm.key[2:]}-M" if plan else "",
            "stFxdj": "较大" if plan else "",
        }
    ]


def _results(medium: str) -> Callable[[Firm, Item, date], list[Row]]:
    def rows(firm: Firm, item: Item, _day: date) -> list[Row]:
        result = []
        for number, value in enumerate(measured(firm, item.period or "", item.mark)):
            blank = ("ok" in item.blank and number % 2) or (item.mark == "tenth_blank" and number == 0)
            if value.outlet.medium != medium:
                continue
            result.append(
                _base(firm, item, "sg", item.period, number)
                | {
                    "dataComment": "",
                    "stIspublic": "1",
                    "stJcdCode": value.outlet.code,
                    "stJcsj": value.time,
                    "stWjxyy": "",
                    "stDatasource": "manual",
                    "stJcdName": value.outlet.name,
                    "jcxm_dw": value.unit,
                    "stJclx": "手工监测",
                    "stDbqk": "null" if blank else value.verdict,
                    "stPffs": MODE[medium],
                    "stPfqx": WHERE[medium],
                    "flag": "",
                    "stJcxm": value.pollutant,
                    "stJcnd": value.text,
                    "stBzxz": value.limit,
                    "stBzxzMin": "0",
                    "stJcpc": "季",
                }
            )
        return result

    return rows


def _nothing(_firm: Firm, _item: Item, _day: date) -> list[Row]:
    """Modules that this platform has and leaves empty."""
    return []


MODULES: dict[str, tuple[tuple[str, ...], Callable[[Firm, Item, date], list[Row]]]] = {
    "port": (("emission",), _ports),
    "jcdw": (("emission",), _items),
    "pullicationEmissions": (("emission",), _discharges),
    "xzxk": (("eia", "permit"), _licences),
    "other": (tuple(CATEGORIES), _files),
    "waterHand": (("facility",), _facilities("WATER")),
    "wasteHand": (("facility",), _facilities("AIR")),
    "noiseHand": (("facility",), _nothing),
    "product": (("facility",), _nothing),
    "pullication": (("eia",), _nothing),
    "waterAuto": (("monitoring",), _nothing),
    "wasteAuto": (("monitoring",), _nothing),
    "sgWater": (("monitoring",), _results("WATER")),
    "sgWaste": (("monitoring",), _results("AIR")),
}
"""Module → (kinds it carries, rows of one item)."""
