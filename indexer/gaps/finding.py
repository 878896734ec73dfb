"""What is said of a duty: findings (线索), the proof of each channel, the judgement as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from indexer.gaps.params import Severity
from indexer.law.duties import Duty

Confidence = Literal["high", "medium", "low"]
Audience = Literal["public", "staff", "confirmed_only"]
State = Literal[
    "exempt", "not_due", "not_observable", "missing", "withdrawn", "elsewhere_only", "contradicted", "partial",
    "stale", "late", "met",
]  # fmt: skip
LEAD = "线索,非结论"
SEVERITIES: tuple[Severity, ...] = ("S1", "S2", "S3", "S4")


@dataclass(frozen=True)
class Finding:
    """One reasoned lead: rule and version, the arithmetic in Chinese words, what it rests on."""

    rule: str
    rule_version: str
    severity: Severity
    confidence: Confidence
    audience: Audience
    words: str
    captures: tuple[dict[str, Any], ...] = ()
    visits: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChannelLook:
    """What one channel's visits say of one duty (``documents.ChannelLook`` has the same fields)."""

    source: str
    channel: str
    lawful: bool
    first_capture: date | None
    good: tuple[date, ...]
    good_count: int
    bad: tuple[tuple[date, str, str], ...]
    """(day, outcome, reason) of the last looks that failed."""
    visits: tuple[str, ...]
    found: bool


@dataclass(frozen=True)
class Judged:
    """The judgement of one duty on one day."""

    duty: Duty
    as_of: date
    state: State
    reason: str | None
    public_state: str
    first_seen: date | None
    published: date | None
    delay_days: int | None
    timeliness_known: bool
    completeness: float | None
    missing_fields: tuple[str, ...]
    found: tuple[str, ...]
    channels: tuple[ChannelLook, ...]
    all_lawful_watched: bool
    findings: tuple[Finding, ...] = field(default=())
    decision: str | None = None
    decision_kind: str | None = None

    @property
    def severity(self) -> Severity | None:
        """The worst of its findings."""
        return max((finding.severity for finding in self.findings), default=None)


@dataclass(frozen=True)
class Standing:
    """How a duty stands on one day: what a list of that day is narrowed and sorted by, nothing of the proof."""

    state: str
    reason: str | None
    public_state: str
    severity: Severity | None = None
    decision_kind: str | None = None
    due: date | None = None
    law_seen: bool = False
    sources: tuple[str, ...] = ()
    """Sources of the channels known on that day, ascending."""


def short_days(days: tuple[date, ...], due: date) -> str:
    """``07-05、07-10``; with the year where it is not the due day's."""
    return "、".join(f"{day:%m-%d}" if day.year == due.year else str(day) for day in days)
