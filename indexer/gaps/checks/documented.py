"""The checks on documents: what they say, lack, repeat, and when they were there."""

from __future__ import annotations

from indexer.gaps.checks import (
    aging,
    attachments,
    codes,
    copied,
    denied,
    headings,
    interim,
    permits,
    placeholders,
    replaced,
    silence,
    twosources,
    unfollowed,
    withdrawn,
)
from indexer.gaps.checks.observation import Check

CHECKS: tuple[Check, ...] = (
    Check("MIS-02", silence.check, ("months", "looks", "severity")),
    Check("MIS-06", interim.penalties, ("slack_days", "workdays", "looks", "severity")),
    Check("MIS-07", interim.permits, ("slack_days", "workdays", "looks", "severity")),
    Check("MIS-09", permits.unlisted, ("looks", "severity")),
    Check(
        "INC-02",
        placeholders.check,
        ("severity", "patterns", "attached", "never_none", "firms", "characters", "prose"),
    ),
    Check("INC-03", attachments.dead, ("severity", "days", "promised", "dead")),
    Check("INC-06", headings.check, ("severity", "headings", "read")),
    Check("INC-07", attachments.pictures, ("severity", "days", "reasons")),
    Check("STA-01", aging.stopped, ("times_s2", "times_s3", "averaging", "kinds", "stops", "manual_days")),
    Check("STA-02", copied.check, ("severity", "gram", "similarity", "characters", "of_site")),
    Check("STA-03", aging.last_year, ("severity",)),
    Check("STA-04", permits.expired, ("severity", "ended")),
    Check("STA-05", unfollowed.check, ("severity", "days")),
    Check("STA-06", aging.plan_over, ("severity", "years")),
    Check("STA-07", withdrawn.check, ("severity", "looks", "terms", "acceptance")),
    Check("STA-08", replaced.check, ("severity",)),
    Check("CON-14", codes.digits, ("severity", "exceptions")),
    Check("CON-15", twosources.check, ("s1_share", "s2_share", "s3_share", "same", "verdicts", "over", "within")),
    Check("CON-16", denied.check, ("severity",)),
    Check("CON-18", codes.permits, ("severity",)),
)
