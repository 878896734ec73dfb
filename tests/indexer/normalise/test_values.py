"""Values, units and dates: tables of strings met on real sites."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.normalise import dates, periods, units, values


@pytest.mark.parametrize(
    ("text", "value", "censored", "dl", "low", "high", "unit"),
    [
        ("<0.05", None, "lt", 0.05, None, None, None), ("0.05L", None, "lt", 0.05, None, None, None),
        ("未检出", None, "lt", None, None, None, None), ("ND", None, "lt", None, None, None, None),
        ("ND(<0.05)", None, "lt", 0.05, None, None, None), ("6～9", None, None, None, 6, 9, None),
        ("6-9", None, None, None, 6, 9, None), ("50倍", 50, None, None, None, None, "倍"),
        ("20mg/L", 20, None, None, None, None, "mg/L"), ("3 mg/L", 3, None, None, None, None, "mg/L"),
        ("1.2万", 12000, None, None, None, None, None), ("1,234.5", 1234.5, None, None, None, None, None),
        ("9 ", 9, None, None, None, None, None), ("  64", 64, None, None, None, None, None),
        ("0.", 0, None, None, None, None, None), ("１５", 15, None, None, None, None, None),
        ("≤20", None, None, None, None, 20, None), ("0.000481", 0.000481, None, None, None, None, None),
    ],
)  # fmt: skip
def test_readings(text: str, value: float, censored: str, dl: float, low: float, high: float, unit: str) -> None:
    found = values.parse(text)
    assert (found.value, found.censored, found.dl, found.low, found.high, found.unit) == (
        value,
        censored,
        dl,
        low,
        high,
        unit,
    )
    assert found.problem is None


PLACEHOLDERS = [
    "null", "／", "-", "", "  ", "—", "***", "-9999", "-9999.0000", "－9999", "-99999", "-9999 mg/L", "-9999.00毫克/升",
    "一", "一 ", "暂无", "详见附件", "…",
]  # fmt: skip


@pytest.mark.parametrize("text", PLACEHOLDERS)
def test_placeholders_are_absent(text: str) -> None:
    assert values.is_absent(text)
    assert values.parse(text).value is None


@pytest.mark.parametrize(("text", "value"), [("-999", -999.0), ("-5", -5.0), ("9999", 9999.0), ("-9999.5", -9999.5)])
def test_numbers_near_the_missing_one_are_values(text: str, value: float) -> None:
    assert values.parse(text).value == value


def test_a_span_of_one_value_is_that_value() -> None:
    assert (values.parse("30.26~30.26").value, values.parse("6~9").value) == (30.26, None)


def test_an_attachment_makes_the_pointer_to_it_a_value() -> None:
    assert not values.is_absent("详见附件", has_attachment=True)


@pytest.mark.parametrize(
    "text", ["无", "未产生：本年度停产", "不适用", "无（未排放）", "不涉及", "无行政处罚", "未产生，原因：无此类事项。"]
)
def test_not_produced_is_not_absent(text: str) -> None:
    assert values.is_not_produced(text) and not values.is_absent(text)


@pytest.mark.parametrize("text", ["无组织", "无锡某某有限公司", "无固定期限", "未检出", "0"])
def test_words_that_only_begin_like_it_are_values(text: str) -> None:
    assert not values.is_not_produced(text)


@pytest.mark.parametrize("text", ["abc", "12abc", "9~6", "约20左右吧"])
def test_what_cannot_be_read_says_so(text: str) -> None:
    found = values.parse(text)
    assert found.problem and found.value is None


@given(st.floats(min_value=0, max_value=1e9, allow_nan=False).map(lambda x: round(x, 6)))
def test_plain_numbers_read_back(number: float) -> None:
    assert values.parse(f"{number:.6f}").value == pytest.approx(number, abs=1e-6)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("mg/m3", "mg/m³"), ("mg/Nm³", "mg/m³"), ("毫克／升", "mg/L"), ("ug/L", "ug/L"), ("μg/L", "ug/L"),
        ("ng -TEQ/m3", "ng TEQ/m³"), ("个/L", "个/L"), ("吨", "t"), ("摄氏度", "℃"), ("级", "级"), ("乱", None),
    ],
)  # fmt: skip
def test_units(text: str, unit: str | None) -> None:
    assert units.normal(text) == unit


def test_conversion_inside_a_dimension_only() -> None:
    assert units.convert(5, "ug/L", "mg/L") == pytest.approx(0.005)
    assert units.convert(5, "mg/L", "mg/m³") is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-07-26", date(2020, 7, 26)), ("2020年7月6日", date(2020, 7, 6)), ("2020/7/6 10:15", date(2020, 7, 6)),
        ("20200726", date(2020, 7, 26)), ("2020.7.6", date(2020, 7, 6)), ("二〇一九年十二月五日", date(2019, 12, 5)),
        ("二○二〇年三月二十一日", date(2020, 3, 21)), ("２０２０－０８－１３\xa0", date(2020, 8, 13)),
        ("2020-13-01", None), ("2021-02-29", None), ("无", None), ("", None),
    ],
)  # fmt: skip
def test_days(text: str, day: date | None) -> None:
    assert dates.day(text) == day


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2020-08-23 10:15", "2020-08-23T02:15:00Z"), ("2020年8月23日8时", "2020-08-23T00:00:00Z"),
        ("2020-08-23", "2020-08-22T16:00:00Z"), ("2020-08-23 24:00", "2020-08-23T16:00:00Z"), ("昨天", None),
        ("2020-08-23T10:15:00Z", "2020-08-23T10:15:00Z"), ("2020-08-23 25:00", None),
    ],
)  # fmt: skip
def test_instants(text: str, instant: str | None) -> None:
    assert dates.instant(text) == instant


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2024年第01季度", "2024Q1"), ("2024年第01季度季报", "2024Q1"),
        ("2024年第四季度", "2024Q4"), ("2024Q3", "2024Q3"),
        ("2024年年报", "2024"), ("2024年度", "2024"), ("2024", "2024"),
        ("2024年3月", "2024-03"), ("2024-03", "2024-03"),
        ("2020年上半年", "2020H1"), ("某公司2022年度环境信息依法披露年度报告", "2022"),
        ("2020-07-26", None), ("年报", None),
    ],
)  # fmt: skip
def test_periods(text: str, period: str | None) -> None:
    assert periods.period(text) == period


def test_spans() -> None:
    assert dates.span("2020-07-27至2023-07-26") == (date(2020, 7, 27), date(2023, 7, 26))
    assert dates.span("2023年7月26日") == (None, date(2023, 7, 26))
    assert dates.span("长期") == (None, None)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_reads_back_in_every_shape(day: date) -> None:
    shapes = (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        day.strftime("%Y%m%d"),
        f"{day.year}/{day.month}/{day.day}",
    )
    assert {dates.day(shape) for shape in shapes} == {day}
    assert dates.span(f"{day}至{day}") == (day, day)
