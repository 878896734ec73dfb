"""All checks by the id of their rule: those on monitoring values and those on documents."""

from __future__ import annotations

from indexer.gaps.checks import documented, measured
from indexer.gaps.checks.observation import Check

CHECKS: dict[str, Check] = {check.rule: check for check in (*measured.CHECKS, *documented.CHECKS)}
