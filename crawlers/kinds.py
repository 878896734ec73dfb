"""Closed lists of the contracts: kinds of disclosure, channels, outcomes; nothing outside them is written."""

from __future__ import annotations

from typing import Literal, get_args

Kind = Literal[
    "listing", "profile", "emission", "monitoring", "monitoring_plan", "facility", "permit", "permit_report", "eia",
    "emergency_plan", "annual_report", "interim_report", "social_report", "carbon", "soil", "cleaner_production",
    "penalty", "supervised_case", "complaint", "inspection", "incident", "ownership",
    "other",
]  # fmt: skip
Channel = Literal["eid_system", "permit_platform", "self_monitoring", "city_bureau", "own_site", "other"]
Outcome = Literal["found", "absent", "unreadable", "blocked", "failed"]

KINDS: tuple[str, ...] = get_args(Kind)
CHANNELS: tuple[str, ...] = get_args(Channel)
BAD: tuple[Outcome, ...] = ("blocked", "unreadable", "failed")
"""Bad looks, the one that tells most first: where several pages of one look are bad, the first of these counts."""
