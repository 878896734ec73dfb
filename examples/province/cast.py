"""The cast: which part each enterprise plays, so that every state is planted whatever the seed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

KPU = ("KPU.W",)
NEW = tuple(range(2021, 2027))
OLD = tuple(range(2018, 2027))
ITEMS = ("O31-1", "O31-2", "O31-3", "O31-4", "O31-5", "O31-6")
REST = ITEMS[1:]


@dataclass(frozen=True)
class Part:
    """One part. Behaviours are those of ``timing`` or a special word that ``plants`` knows; ``*`` is the default of
    an obligation, None leaves it to the ordinary draw."""

    role: str
    years: tuple[int, ...] | None = None
    classes: tuple[str, ...] = KPU
    el: tuple[int, ...] | None = None
    o31: dict[str, str] = field(default_factory=dict)
    o24: dict[str, str] = field(default_factory=dict)
    pr2: dict[str, str] = field(default_factory=dict)
    m23: dict[str, str] = field(default_factory=dict)
    permit: tuple[date, date] | None = None
    """First validity of its permit; None draws one."""
    no_permit: bool = False
    industry: str | None = None


def _all(behaviour: str, items: tuple[str, ...] = ITEMS) -> dict[str, str]:
    start = {"O31-1": "early"} if "O31-1" not in items else {}
    return start | dict.fromkeys(items, behaviour)


def _new(role: str, behaviour: str, items: tuple[str, ...] = ITEMS) -> Part:
    """A firm first listed in 2021: its six O31 duties fall due between the visits of that summer."""
    return Part(role, NEW, o31=_all(behaviour, items), no_permit=behaviour in ("never", "awaiting", "bad"))


CAST_A: tuple[Part, ...] = (
    _new("o31-early", "early"),
    _new("o31-missing", "never"),
    _new("o31-late-by-look", "late_look"),
    _new("o31-late-stated", "late_stated"),
    _new("o31-partial", "partial"),
    _new("o31-only-profile", "never", REST),
    _new("o31-backdated", "backdated"),
    _new("o31-on-due-day", "on_due"),
    _new("o31-unstated", "unstated_after"),
    Part("no-channel", NEW, permit=(date(2019, 6, 1), date(2022, 5, 31)), pr2={"*": "early"}),
    _new("o31-awaiting", "awaiting", REST),
    _new("o31-bad-page", "bad", REST),
    _new("o31-withdrawn", "withdrawn"),
    Part("soil-only", OLD, ("SOIL",), el=()),
    Part("risk-only", OLD, ("RISK",), el=()),
    Part("relisted", (2018, 2019, *NEW), o31=_all("early")),
    Part("dropped-2022", (2019, 2020, 2021), el=(), o31=_all("early")),
    Part("renamed", tuple(range(2016, 2027)), o31=_all("early")),
    Part("shared-code-1", OLD, o31=_all("early")),
    Part("shared-code-2", OLD, o31=_all("never", REST)),
    Part("same-name-1", OLD, o31=_all("early")),
    Part("wrong-check-digit", OLD, o31=_all("early")),
    _new("o31-contradicted", "contradicted"),
    _new("o31-stale", "stale"),
    Part("class-changed", OLD, ("KPU.W", "KPU.A"), o31=_all("early")),
    Part("backlog-missing", (2018, 2019, 2020), el=(), o31=_all("never")),
    Part("closed", (2018, 2019, 2020, 2021), el=(), o31=_all("early"), permit=(date(2019, 6, 1), date(2022, 5, 31)),
         pr2={"*": "early"}),
)  # fmt: skip


def _both(role: str, behaviour: str, o24: str | None = None, m23: str | None = None) -> Part:
    """A firm whose annual reports and quarterly results behave in the same way on the judged periods."""
    judged = dict.fromkeys(("2022", "2025"), o24 or behaviour)
    quarters = dict.fromkeys(("2023Q1", "2026Q3"), m23 or behaviour)
    return Part(role, OLD, el=(2022, 2023, 2024, 2025, 2026), o31=_all("early"), o24=judged | {"*": "early"},
                m23=quarters | {"*": "early"}, permit=(date(2019, 4, 1), date(2022, 3, 31)))  # fmt: skip


CAST_B: tuple[Part, ...] = (
    _both("o24-early", "early"),
    _both("o24-missing", "never"),
    _both("o24-on-due-day", "on_due"),
    _both("o24-late-by-look", "late_look"),
    _both("o24-late-stated", "late_stated"),
    _both("o24-partial", "partial"),
    _both("o24-not-produced", "early", "not_produced", "tenth_blank"),
    _both("o24-elsewhere", "early", "elsewhere"),
    _both("o24-backdated", "backdated"),
    _both("o24-unstated", "unstated"),
    _both("o24-awaiting", "awaiting"),
    _both("o24-bad-page", "bad"),
    _both("o24-channel-unproven", "early", "unproven"),
    _both("o24-withdrawn", "withdrawn"),
    _both("o24-contradicted", "contradicted"),
    _both("o24-stale", "stale"),
    Part("el-dropped-2023", OLD, el=(2022,), o24={"*": "early"}),
    Part("el-first-2023", OLD, el=(2023, 2024, 2025, 2026), o24={"*": "early"}),
    Part("same-name-2", OLD, o31=_all("early")),
    _new("o31-on-rolled-day", "on_due"),
)


def _report(role: str, behaviour: str, **other: str) -> Part:
    """A permit holder whose execution reports for 2022 and 2025 behave in that way."""
    judged = dict.fromkeys(("2022", "2025"), behaviour)
    return Part(role, OLD, o31=_all("early"), pr2=judged | {"*": "early"} | other,
                permit=(date(2018, 7, 1), date(2021, 6, 30)))  # fmt: skip


def _held(role: str, start: date, end: date, industry: str | None = None, **reports: str) -> Part:
    return Part(role, OLD, o31=_all("early"), pr2={"*": "early"} | {k.removeprefix("y"): v for k, v in reports.items()},
                permit=(start, end), industry=industry)  # fmt: skip


CAST_C: tuple[Part, ...] = (
    _report("pr2-early", "early"),
    Part("pr2-missing", OLD, pr2={"*": "never"}, permit=(date(2018, 7, 1), date(2021, 6, 30))),
    Part("pr2-on-due-day", OLD, pr2={"*": "on_due"}, permit=(date(2018, 7, 1), date(2021, 6, 30))),
    _report("pr2-late-by-look", "late_look"),
    _report("pr2-late-stated", "late_stated"),
    _held("pr2-exempt", date(2022, 10, 2), date(2027, 10, 1), y2022="never"),
    _held("pr2-just-counts", date(2022, 10, 1), date(2027, 9, 30), y2022="never"),
    _report("pr2-backdated", "backdated"),
    _report("pr2-unstated", "unstated"),
    _report("pr2-awaiting", "awaiting"),
    _report("pr2-bad-page", "bad"),
    _report("pr2-withdrawn", "withdrawn"),
    _report("pr2-contradicted", "contradicted"),
    _report("pr2-stale", "stale"),
    _held("permit-expired", date(2020, 2, 16), date(2023, 2, 15), y2023="never"),
    _held("power-2024", date(2019, 5, 1), date(2022, 4, 30), "power", y2024="on 2025-02-10"),
    _held("other-2024", date(2019, 5, 1), date(2022, 4, 30), None, y2024="on 2025-02-10"),
    Part("supplement-1", NEW, el=(), o31=_all("never"), no_permit=True),
    Part("supplement-2", NEW, el=(), o31=_all("never", REST), no_permit=True),
)

CAST_D: tuple[Part, ...] = (_new("down-early", "early"), _new("down-never", "never"))
CAST_E: tuple[Part, ...] = (
    _new("blocked-early", "unstated"),
    _new("blocked-never", "never"),
    Part("blocked-new-after", NEW, o31=_all("on_due")),
    Part("blocked-backlog", (2018, 2019, 2020, 2021), o31=_all("never", REST)),
)
CAST_F: tuple[Part, ...] = (
    _new("changed-early", "unstated"),
    _new("changed-never", "never"),
    Part("changed-new-after", NEW, o31=_all("on_due")),
    Part("changed-backlog", (2018, 2019, 2020, 2021), o31=_all("never", REST)),
)
CAST: dict[str, tuple[Part, ...]] = {
    "A": CAST_A, "B": CAST_B, "C": CAST_C, "D": CAST_D, "E": CAST_E, "F": CAST_F,
}  # fmt: skip
ORDINARY = Part("ordinary")


def part(city: str, index: int) -> Part:
    """The part of the ``index``-th enterprise (from 0) of a city."""
    cast = CAST[city]
    return cast[index] if index < len(cast) else ORDINARY
