"""The checks on monitoring values and on amounts reckoned from them."""

from __future__ import annotations

from indexer.gaps.checks.observation import Check

CHECKS: tuple[Check, ...] = ()
