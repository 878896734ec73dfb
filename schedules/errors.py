"""What the schedules raise for what can be expected to go wrong."""

from __future__ import annotations


class ScheduleError(Exception):
    """One line that says what is wrong and what to do: a bad cadence, an unreadable definition, a simulated clock."""
