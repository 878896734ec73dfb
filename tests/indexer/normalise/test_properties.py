"""What holds for whatever is printed: shapes read back, nothing raises, nothing is guessed."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.normalise import (
    codes,
    cores,
    dates,
    docnos,
    facts,
    industries,
    names,
    periods,
    pollutants,
    regions,
    units,
    values,
)  # fmt: skip
from indexer.normalise.data import load

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31))
NUMBERS = st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False)
UNITS = sorted(unit for entries in load("units").values() for unit in entries)
TYPES = ("text", "day", "span", "period", "value", "unit", "pollutant", "industry", "verdict", "code", "docno", "money")
WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
BRACKETS = ["〔〕", "[]", "（）", "()", "【】", "〖〗", "{}", "［］"]
DIGITS = "〇一二三四五六七八九"


@given(st.text(max_size=40), st.sampled_from(TYPES))
def test_no_text_raises_whatever_its_field(text: str, kind: str) -> None:
    read = facts.read(kind, text)
    assert read.problem is None or read.lacks or kind == "money"


@given(NUMBERS, st.sampled_from(["", "<", "≤", "≥", "L"]), st.booleans())
def test_values_read_back_in_every_shape(number: object, mark: str, wide: bool) -> None:
    text = f"{number}L" if mark == "L" else f"{mark}{number}"
    read = values.parse(text.translate(WIDE) if wide else text)
    want = float(str(number))
    got = {"": read.value, "<": read.dl, "L": read.dl, "≤": read.high, "≥": read.low}[mark]
    assert read.problem is None and got == pytest.approx(want)
    assert (read.censored == "lt") == (mark in ("<", "L"))


@given(NUMBERS, NUMBERS, st.sampled_from(["~", "～", "-", "—", "至"]))
def test_ranges_read_back_and_never_run_backwards(one: object, other: object, dash: str) -> None:
    low, high = sorted((float(str(one)), float(str(other))))
    read = values.parse(f"{low}{dash}{high}")
    assert read.value == low if low == high else (read.low, read.high) == (low, high)
    assert low == high or values.parse(f"{high}{dash}{low}").problem


@given(st.integers(0, 10**9))
def test_thousands_and_ten_thousands(number: int) -> None:
    assert values.parse(f"{number:,}").value == number
    assert values.parse(f"{number}万").value == number * 10_000


@given(st.sampled_from(UNITS), st.sampled_from(UNITS), st.floats(1e-3, 1e6))
def test_units_convert_inside_a_dimension_and_back(one: str, other: str, amount: float) -> None:
    there = units.convert(amount, one, other)
    assert (there is None) == (units.dimension(one) != units.dimension(other))
    if there is not None:
        back = units.convert(there, other, one)
        assert back is not None and math.isclose(back, amount, rel_tol=1e-9)


def test_concentrations_of_gas_and_water_and_masses_are_apart() -> None:
    apart = ["mg/m³", "mg/L", "kg", "t/a", "无量纲", "dB(A)", "倍", "umol/mol", "%"]
    assert len({units.dimension(unit) for unit in apart}) == len(apart)
    sulphur, copper = pollutants.resolve("二氧化硫"), pollutants.resolve("总铜")
    assert sulphur and copper
    assert pollutants.in_usual_unit(sulphur, 100, "umol/mol") == pytest.approx(286) and sulphur.ppm_by == "HJ 57-2017"
    assert pollutants.in_usual_unit(copper, 100, "umol/mol") is None
    assert pollutants.unit_problem(copper, "mg/m³") and pollutants.unit_problem(sulphur, "mg/L")
    assert pollutants.in_usual_unit(copper, 500, "ug/L") == pytest.approx(0.5)


def test_a_word_of_two_media_is_told_by_its_unit() -> None:
    fluoride = {medium: pollutants.resolve("氟化物", medium) for medium in ("water", "air")}
    assert fluoride["water"] and fluoride["air"]
    assert (fluoride["water"].code, fluoride["air"].code) == ("w21017", "a21018")
    assert pollutants.medium_of(None, "mg/m3") == "air" and pollutants.medium_of("废水", "mg/m3") == "water"


def _chinese(day: date) -> str:
    year = "".join(DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{_small(day.month)}月{_small(day.day)}日"


def _small(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = "" if not tens else ("十" if tens == 1 else f"{DIGITS[tens]}十")
    return ten + (DIGITS[ones] if ones else "")


@given(DAYS)
def test_a_day_reads_back_in_every_chinese_shape(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo("Asia/Shanghai"))
    shapes = [
        day.isoformat(), _chinese(day), f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}", f"{day:%Y/%m/%d}",
        f"{day.year}.{day.month}.{day.day}", f"民国{day.year - 1911}年{day.month}月{day.day}日", str(serial),
        f"{day.isoformat()} 08:30".translate(WIDE), f"{day:%a %b %d} 00:00:00 CST {day.year}",
    ]  # fmt: skip
    assert {dates.sheet_day(shape) for shape in shapes} == {day}
    if day.year >= 2002:  # thirteen digits
        assert dates.day(f"{int(midnight.timestamp() * 1000)}.0") == day


@given(DAYS, st.integers(0, 40))
def test_a_span_may_leave_out_what_it_shares(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    assert dates.span(f"{start:%Y年%m月%d日}至{end:%Y年%m月%d日}") == (start, end)
    assert dates.span(f"{start.year}年{start.month}月{start.day}日至{end.month}月{end.day}日") == (start, end)
    if (start.year, start.month) == (end.year, end.month):
        assert dates.span(f"{start.year}年{start.month}月{start.day}日-{end.day}日") == (start, end)


@given(st.integers(1990, 2060), st.integers(1, 4), st.integers(1, 12))
def test_periods_read_back_and_their_bounds_meet(year: int, quarter: int, month: int) -> None:
    word = "一二三四"[quarter - 1]
    shapes = [
        f"{year}年第0{quarter}季度", f"{year}年第{word}季度", f"{year}Q{quarter}", f"{year}年{word}季度报告",
        f"{year}年{quarter * 3 - 2}-{quarter * 3}月", f"{year}年{quarter * 3 - 2}月至{quarter * 3}月",
    ]  # fmt: skip
    assert {periods.period(shape) for shape in shapes} == {f"{year}Q{quarter}"}
    assert periods.period(f"{year}年{month}月份") == f"{year}-{month:02d}"
    assert periods.period(f"{year}年上半年") == f"{year}H1" and periods.period(f"{year}年度") == str(year)
    assert periods.bounds(f"{year}H1")[1] == periods.bounds(f"{year}H2")[0]
    assert periods.bounds(f"{year}Q4")[1] == periods.bounds(str(year))[1] == periods.bounds(str(year + 1))[0]
    start, end = periods.bounds(f"{year}-{month:02d}")
    assert start.astimezone(ZoneInfo("Asia/Shanghai")).day == 1 and timedelta(27) < end - start < timedelta(32)


@given(
    st.integers(1990, 2060),
    st.integers(1, 99_999),
    st.sampled_from(["〔〕", "[]", "（）", "()", "【】", "〖〗", "{}", "［］"]),
)
def test_document_numbers_of_all_brackets_are_one(year: int, number: int, brackets: str) -> None:
    left, right = brackets
    for shape in (f"沪环罚{left}{year}{right}{number}号", f"沪环罚 {left} {year} {right} 第{number:05d}号"):
        found = docnos.parse(shape)
        assert found is not None and found.value == f"沪环罚〔{year}〕{number}号"


@given(st.text(alphabet="0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=18, max_size=18))
def test_a_code_is_kept_and_a_repair_only_suggested(text: str) -> None:
    found = codes.uscc(text)
    assert found is not None and found.value == text
    if found.suggestion:
        repaired = codes.uscc(found.suggestion)
        assert not found.valid and repaired is not None and repaired.valid


def test_divisions_that_ended_lead_to_one_in_force() -> None:
    china = regions.china()
    assert china.current("371202") == "370116" and china.name("370116") == "山东省济南市莱芜区"
    assert china.held("371202", 2018) == "莱城区" and china.held("371202", 2019) is None
    assert china.find("闸北区") == "310108" and china.current("310108") == "310106"
    for old in china.successors:
        now = china.current(old)
        assert all(held.last is not None for held in china.history[old]), f"{old} has not ended"
        assert any(held.last is None for held in china.history[now]), f"{old} leads to {now}, which is not in force"


def test_industries_by_code_name_or_both() -> None:
    for code, name in industries.names().items():
        assert industries.path(industries.resolve(name))[0] == industries.path(code)[0], name
        assert industries.resolve(code) == code
    assert (
        industries.resolve("D4411 火力发电") == industries.resolve("4411") == industries.resolve("火力发电") == "4411"
    )
    assert industries.resolve("4412", 2011) == "4413" and industries.resolve("8311", 2011) == "8411"
    assert industries.path("2614") == ["C", "26", "261", "2614"] and industries.resolve("A2614") is None
    assert industries.listed("其他") == ((), ()) and industries.listed("捉妖业") == ((), ("捉妖业",))


@given(st.text(alphabet="上海宏泰达化工科技有限公司（）()厂集团", min_size=2, max_size=20))
def test_folding_and_cores_are_stable(name: str) -> None:
    assert names.fold(names.fold(name)) == names.fold(name)
    assert cores.core(name) == cores.core(names.fold(name))
    assert not cores.near(name, name)
