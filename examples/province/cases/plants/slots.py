"""Automatic monitoring: slots missing or late, lines too flat, too even or repeated, marks (MIS-03 …)."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime, time, timedelta
from random import Random

from ..cast import seats
from ..model import Cases, Firm
from ..script import Season
from . import series
from .series import Value, line, put, start, steady

MARKS = ("停运", "维护", "校准", "故障")
_POOL = "slots"


def plant(cases: Cases) -> None:
    """Every rule about automatic data, each on an outlet of its own."""
    for rule, make in (("MIS-03", _missing), ("LAT-03", _late), ("CON-07", _flat), ("CON-08", _even),
                       ("CON-09", _repeated), ("CON-10", _hugging), ("CON-17", _stopped), ("CON-20", _compared),
                       ("CON-21", _marked), ("LAT-05", _lump)):  # fmt: skip
        for firm, season, number, broken in seats(cases, rule, _POOL):
            rng = cases.rng(rule, firm.key)
            edge, why = make(cases, firm, season, number, broken, rng)
            cases.expect(firm, rule, broken, edge, why)


def _usual(rng: Random, item: str, count: int) -> list[Value]:
    return [steady(rng, item) for _ in range(count)]


def _holes(rng: Random, values: list[Value], first: int, slots: int, holes: int) -> None:
    for number in rng.sample(range(slots), holes):
        values[first + number] = None


def _missing(cases: Cases, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> tuple[str, str]:
    """A day lacks more than 25 % of its slots, or exactly 25 %; marked slots are not expected."""
    hours, item, outlet = ((1, "二氧化硫", "DA001"), (2, "化学需氧量", "DW001"))[number % 2]
    slots, shape = 24 // hours, ("plain", "marked", "days")[number // 2 % 3]
    days = 7 if shape == "days" else 3
    values: list[Value] = _usual(rng, item, slots * days)
    marks: dict[int, str] = {}
    if shape == "days":
        # Three whole days of seven without a word, or one with the mark of a stop in each slot.
        gone = [n for day in ((2, 3, 5) if broken else (3,)) for n in range(day * slots, (day + 1) * slots)]
        for n in gone:
            values[n] = None
        marks = {} if broken else dict.fromkeys(gone, "停运")
        why = "3 of 7 days wholly empty, unmarked" if broken else "1 of 7 days empty, every slot marked 停运"
    else:
        marked = slots // 6 if shape == "marked" else 0
        expected = slots - marked
        holes = expected // 4 + (1 + number % 2 if broken else 0)
        _holes(rng, values, slots, expected, holes)
        marks = {slots + expected + n: rng.choice(MARKS[:2]) for n in range(marked)}
        for n in marks:
            values[n] = None
        why = f"{holes} of {expected} expected slots missing = {holes / expected:.1%}, limit 25 %"
    put(cases, firm, season, line(item, outlet, start(season, days), hours, values, marks))
    return f"{shape}-{hours}h", why


def _late(cases: Cases, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> tuple[str, str]:
    """A slot appears hours after its end and grace (gas 1 h, water 2 h), or within them."""
    hours, item, outlet = ((1, "氮氧化物", "DA003"), (2, "氨氮", "DW003"))[number % 2]
    slots, begin = 24 // hours, start(season, 1)
    late = rng.sample(range(slots), 1 + number % 6)
    minutes = rng.randint(60 * (3 * hours) + 5, 60 * 20) if broken else rng.randint(60 * hours + 30, 60 * 2 * hours)
    moments = series.moments(begin, slots, hours)

    def change(n: int) -> dict[str, str]:
        seen = moments[n] + timedelta(minutes=minutes)
        return {"发布时间": f"{seen:%Y-%m-%d %H:%M:%S}"} if n in late else {}

    put(cases, firm, season, line(item, outlet, begin, hours, _usual(rng, item, slots), change=change))
    return f"{hours}h-{len(late)}", f"{len(late)} slots shown {minutes} min after the slot began; allowed {2 * hours} h"


_FLAT = {1: 24, 2: 12, 24: 5, 0: 3}
"""Least length of a flat run by hours of a slot (0: manual sessions)."""


def _flat(cases: Cases, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> tuple[str, str]:
    """A run within max(last digit, 0.5 % of the median), as long as forbidden or shorter; below detection is none."""
    hours = (1, 2, 24, 0)[number % 4]
    item, outlet = ("颗粒物", "DA005") if hours == 1 else ("化学需氧量", "DW005")
    least = _FLAT[hours]
    shape = "equal" if broken else ("shorter", "censored", "wider")[number // 4 % 3]
    if hours == 0 and shape == "wider":
        shape = "rounded"
    length = {"equal": least + number % 3, "shorter": least - 1}.get(shape, least)
    level = series.ITEMS[item][1] * rng.uniform(0.4, 0.6)
    run: list[Value] = [f"{level:.2f}"] * length
    if shape == "censored":
        run = ["<0.05"] * length
    elif shape == "wider":
        # Every second value is 0.8 % off, more than 0.5 % of the median and than the last digit.
        run = [f"{level * (1 + 0.008 * (n % 2)):.2f}" for n in range(length)]
    elif shape == "rounded":
        run = [f"{level:.1f}"] * length
    # Whole days, so that no day is short of slots.
    day = 24 // hours if hours in (1, 2) else 1
    before = day if day > 1 else 2
    behind = day - (before + length) % day if day > 1 else 2
    values = _usual(rng, item, before) + run + _usual(rng, item, behind)
    # Its neighbours lie well off, so that the run is no longer than it is made.
    values[before - 1] = values[before + length] = f"{level * 0.8:.3f}"
    step = hours or 24
    begin = start(season, -(-len(values) * step // 24))
    rows = (
        series.measured(item, outlet, moment, hours, value or "")
        for moment, value in zip(series.moments(begin, len(values), step), values, strict=True)
    )
    put(cases, firm, season, rows)
    return f"{shape}-{series.KINDS[hours]}", f"{length} values in a row, forbidden from {least}; shape {shape}"


def _even(cases: Cases, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> tuple[str, str]:
    """Seven days whose coefficient of variation is just below or above 1 %, with enough slots or too few."""
    item, slots = "氮氧化物", 84
    few = not broken and number % 2 == 1
    spread = 0.0093 if broken or few else rng.uniform(0.0108, 0.0125)
    level = series.ITEMS[item][1] * rng.uniform(0.4, 0.6)
    values: list[Value] = [
        f"{level * (1 + spread * (1 if n % 2 else -1) + rng.uniform(-0.0006, 0.0006)):.3f}" for n in range(slots)
    ]
    # 18 of 84 missing leave 78.6 %, 16 leave 81 %; never more than 3 of a day's 12, which is 25 %.
    gone = 18 if few else 16 if number % 3 == 0 else 0
    for n in range(gone):
        values[(n % 7) * 12 + 2 + 3 * (n // 7)] = None
    put(cases, firm, season, line(item, "DA007", start(season, 7), 2, values))
    return f"{'few' if few else 'spread'}", f"CV about {spread:.2%} with {slots - gone} of 84 slots; limit 1 %, 80 %"


def _repeated(cases: Cases, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> tuple[str, str]:
    """Twenty of a day's 24 hours repeat those of another day or outlet, or nineteen do."""
    item, begin = "二氧化硫", start(season, 1 + number % 2)
    equal = 20 + number % 5 if broken else 19 - number % 4
    first = _usual(rng, item, 24)
    second = list(first)
    for n in rng.sample(range(24), 24 - equal):
        second[n] = steady(rng, item)
    if number % 2:
        put(cases, firm, season, line(item, "DA009", begin, 1, [*first, *second]))
    else:
        put(cases, firm, season, line(item, "DA009", begin, 1, first))
        put(cases, firm, season, line(item, "DA010", begin, 1, second))
    return f"{'day' if number % 2 else 'outlet'}-{equal}", f"{equal} of 24 hours equal, forbidden from 20"


def _hugging(cases: Cases, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> tuple[str, str]:
    """Thirty daily means, 60 % of them in the last twentieth below the limit; none above, or one."""
    item, limit = "化学需氧量", 50.0
    above = not broken and number % 2 == 1
    near = (18 + number % 4) if broken or above else 17 - number % 3
    values = [f"{limit * rng.uniform(0.955, 0.995):.2f}" for _ in range(near)]
    values += [f"{limit * rng.uniform(0.3, 0.9):.2f}" for _ in range(30 - near)]
    if above:
        values[-1] = f"{limit * rng.uniform(1.02, 1.3):.2f}"
    rng.shuffle(values)
    put(cases, firm, season, line(item, "DW011", start(season, 30), 24, list(values)))
    return "above" if above else "share", f"{near} of 30 days in [0.95 L, L] = {near / 30:.1%}, {int(above)} above"


def _stopped(cases: Cases, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> tuple[str, str]:
    """Hours marked as a stop while more than 5 % of the usual flow passes the outlet, or less."""
    item, median = "氮氧化物", 1000 * rng.randint(20, 90)
    share = rng.uniform(0.07, 0.4) if broken else rng.uniform(0.0, 0.045)
    stopped = range(8, 8 + 3 + number % 6)
    values = _usual(rng, item, 24)

    def change(n: int) -> dict[str, str]:
        flow = median * (share if n in stopped else rng.uniform(0.95, 1.05))
        return {"标记": "停运" if n in stopped else "", "流量(m3/h)": f"{flow:.0f}"}

    put(cases, firm, season, line(item, "DA013", start(season, 1), 1, values, change=change))
    return f"flow-{len(stopped)}", f"flow while marked 停运 {share:.1%} of the median, limit 5 %"


def _compared(cases: Cases, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> tuple[str, str]:
    """A manual result of the same day differs from the automatic ones by more than 0.3 of the limit, or by less."""
    item, begin = "二氧化硫", start(season, 1)
    level, difference = rng.uniform(0.45, 0.55), rng.uniform(0.32, 0.42) if broken else rng.uniform(0.1, 0.28)
    limit, sign = series.ITEMS[item][1], 1 if number % 2 else -1
    values: list[Value] = [f"{limit * level * rng.uniform(0.99, 1.01):.2f}" for _ in range(24)]
    put(cases, firm, season, line(item, "DA015", begin, 1, values))
    by_hand = f"{limit * (level + sign * difference):.2f}"
    put(cases, firm, season, [series.measured(item, "DA015", begin, 0, by_hand)])
    # Other manual results of other days, so that not all of a quarter's appear on one day.
    put(cases, firm, season, [
        series.measured("颗粒物", "DA016", begin - timedelta(days=back), 0, steady(rng, "颗粒物")) for back in (1, 2, 3)
    ])  # fmt: skip
    return "above" if sign > 0 else "below", f"|auto - manual| / limit about {difference:.2f}, limit 0.30"


def _marked(cases: Cases, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> tuple[str, str]:
    """More than 5 % of a month's slots are marked, or 5 % at most."""
    if number % 4:
        return _marked_week(cases, firm, season, number, broken, rng)
    first, last = season.month
    slots = ((last - first).days + 1) * 12
    count = slots // 20 + (1 + number // 4 % 4 if broken else -(number // 4 % 3))
    # The line goes on behind the month until the day before the last visit.
    whole = (season.after[-1] - first).days * 12
    _put_marked(cases, firm, season, rng, datetime.combine(first, time()), whole, rng.sample(range(slots), count))
    return f"{count - slots // 20:+d}", f"{count} of {slots} slots marked = {count / slots:.2%}, limit 5 %"


def _marked_week(cases: Cases, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> tuple[str, str]:
    """A line that is seven days old: more than 5 % of the whole month, or no more than 5 % of the days shown."""
    begin, shown = start(season, 7), 7 * 12
    slots = monthrange(begin.year, begin.month)[1] * 12
    count = slots // 20 + 1 + number % 4 if broken else shown // 20 - number % 3
    _put_marked(cases, firm, season, rng, begin, shown, rng.sample(range(shown), count))
    shares = f"of the month's {count / slots:.2%}, of those shown {count / shown:.2%}"
    return "week", f"{count} slots marked, {shares}, limit 5 %"


def _put_marked(
    cases: Cases, firm: Firm, season: Season, rng: Random, begin: datetime, slots: int, marked: list[int]
) -> None:
    marks = {n: rng.choice(MARKS) for n in marked}
    put(cases, firm, season, line("颗粒物", "DA017", begin, 2, _usual(rng, "颗粒物", slots), marks))


def _lump(cases: Cases, firm: Firm, season: Season, number: int, broken: bool, rng: Random) -> tuple[str, str]:
    """More than half of a quarter's manual results appear on one day, or half at most."""
    first, last = season.quarter
    total = 12 + number % 9
    together = total // 2 + (1 + number % 4 if broken else 0)
    days = sorted(rng.sample(range(80), total))
    lump = last - timedelta(days=1)
    rows = []
    for n, day in enumerate(days):
        moment = datetime.combine(first + timedelta(days=day), time(9))
        seen = lump if n < together else moment.date() + timedelta(days=1)
        rows.append(series.measured("总磷", "DW019", moment, 0, steady(rng, "总磷"), 发布时间=seen.isoformat()))
    put(cases, firm, season, rows)
    return (
        f"{together}of{total}",
        f"{together} of {total} results appear on {lump} = {together / total:.0%}, limit 50 %",
    )
