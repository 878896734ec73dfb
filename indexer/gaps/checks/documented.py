"""The checks on documents: what they say, lack, repeat, and when they were there."""

from __future__ import annotations

from indexer.gaps.checks.observation import Check

CHECKS: tuple[Check, ...] = ()
