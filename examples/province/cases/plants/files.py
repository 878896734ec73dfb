"""Promised files that are not there (INC-03): dead or empty on three days; or on two, or on a site that is down."""

from __future__ import annotations

from datetime import date

from ..cast import seats
from ..model import Cases
from ..script import LATER
from ..sites import FILES


def plant(cases: Cases) -> None:
    """One promised file an enterprise, asked on the four days of one season."""
    season = LATER[1]
    for firm, _, count, broken in seats(cases, "INC-03", "reporting"):
        shape = ("dead", "empty", "late")[count % 3] if broken else ("good", "twice", "down")[count % 3]
        number = f"F{firm.external}"
        name = f"{firm.name}{season.year}年社会责任报告.pdf"
        fields = {"编号": number, "社会责任报告": name, "附件链接": f"/files/{number}"}
        published = date(2024, 1, 15)
        cases.put(FILES, "social_report", firm, fields, published, published=published)
        states = {"late": "good dead empty dead", "twice": "dead empty good good"}.get(shape, " ".join([shape] * 4))
        cases.files[number] = dict(zip(season.after, states.split(), strict=True))
        why = f"{name} on {', '.join(map(str, season.after))}: {states}; three tries on three days"
        cases.expect(firm, "INC-03", broken, shape, why, as_of=(season.as_of,))
