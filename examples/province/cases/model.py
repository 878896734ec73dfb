"""What the cases are made of: enterprises, rows on sites with the days they are shown, what is to be found and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from ..identity import stream
from .script import AS_OF_DAYS, Season


@dataclass(frozen=True)
class Firm:
    """One enterprise; ``season`` is the one in which it plays, None where it plays in all."""

    key: str
    name: str
    uscc: str
    external: str
    city: str
    county: str
    pool: str
    season: Season | None


@dataclass(frozen=True)
class Row:
    """A row that ``site`` shows from ``shown`` on, until ``until`` (exclusive); ``published`` is the stated day."""

    site: str
    kind: str
    firm: Firm
    fields: dict[str, str]
    shown: date
    until: date | None = None
    published: date | None = None
    title: str = ""

    def visible(self, day: date) -> bool:
        """Whether the site shows it on ``day``."""
        return self.shown <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Expected:
    """Whether ``rule`` has an open finding about ``firm`` at each day of ``as_of``.

    ``obligation`` and ``period`` are None where the case is about the enterprise as a whole. ``case`` names rule, side
    and edge; ``why`` is the arithmetic.
    """

    firm: Firm
    rule: str
    expected: bool
    case: str
    why: str
    as_of: tuple[date, ...]
    obligation: str | None = None
    period: str | None = None


@dataclass(frozen=True)
class DutyState:
    """How a duty stands at each day of ``as_of``."""

    firm: Firm
    obligation: str
    period: str
    state: str
    why: str
    as_of: tuple[date, ...]


@dataclass
class Cases:
    """The whole set under construction.

    ``open`` are (enterprise key, rule, obligation or ``""`` for all) of which the law's text decides nothing.
    """

    seed: int
    firms: list[Firm] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    expected: list[Expected] = field(default_factory=list)
    duties: list[DutyState] = field(default_factory=list)
    open: set[tuple[str, str, str]] = field(default_factory=set)

    told: set[str] = field(default_factory=set)
    """Numbers of rows that stand once however many cases ask for them."""
    files: dict[str, dict[date, str]] = field(default_factory=dict)
    """What is answered in place of a promised file, by the row's number and day: dead, empty or down."""
    by_site: dict[str, list[tuple[int, Row]]] = field(default_factory=dict)
    """Rows with their numbers, once all are made."""

    def settle(self) -> None:
        """Sorts the rows by site: from now on none is added."""
        for number, row in enumerate(self.rows, 1):
            self.by_site.setdefault(row.site, []).append((number, row))

    def rng(self, *parts: object) -> Random:
        """A generator of its own for each purpose."""
        return stream(self.seed, "cases", *parts)

    def put(
        self, site: str, kind: str, firm: Firm, fields: dict[str, str], shown: date, *,
        until: date | None = None, published: date | None = None, title: str = "",
    ) -> None:  # fmt: skip
        """Shows a row."""
        self.rows.append(Row(site, kind, firm, fields, shown, until, published, title))

    def expect(
        self, firm: Firm, rule: str, expected: bool, edge: str, why: str, *,
        as_of: tuple[date, ...] | None = None, obligation: str | None = None, period: str | None = None,
    ) -> None:  # fmt: skip
        """Says what is to be found; by default at the as_of day of the enterprise's own season alone."""
        days = as_of or ((firm.season.as_of,) if firm.season else AS_OF_DAYS)
        case = f"{rule}-{'found' if expected else 'lawful'}-{edge}"
        self.expected.append(Expected(firm, rule, expected, case, why, days, obligation, period))

    def stands(
        self, firm: Firm, obligation: str, period: str, state: str, why: str, as_of: tuple[date, ...] | None = None
    ) -> None:
        """Says how a duty stands."""
        days = as_of or ((firm.season.as_of,) if firm.season else AS_OF_DAYS)
        self.duties.append(DutyState(firm, obligation, period, state, why, days))

    def undecided(self, firm: Firm, rule: str, obligation: str = "") -> None:
        """A rule about ``firm`` that a case touches without the law saying how: nothing is asked of it."""
        self.open.add((firm.key, rule, obligation))
