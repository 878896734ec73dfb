"""Which notice (期限调整) moves the due day of one enterprise's period."""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.law.model import Override


def notice_for(
    overrides: Iterable[Override], obligation: str, period: str, region_path: tuple[str, ...], industry: str | None
) -> Override | None:
    """The first notice that fits; one for named industries fits only where the industry is known to be among them."""
    for notice in overrides:
        if (notice.obligation, notice.period, notice.effect) != (obligation, period, "moves"):
            continue
        if _in_regions(notice, region_path) and _in_industries(notice, industry):
            return notice
    return None


def _in_regions(notice: Override, region_path: tuple[str, ...]) -> bool:
    return not notice.regions or any(code.startswith(prefix) for code in region_path for prefix in notice.regions)


def _in_industries(notice: Override, industry: str | None) -> bool:
    """By the four digits of GB/T 4754 (``4411`` or ``D4411``) or by the industry's name within the words."""
    if not notice.codes and not notice.names:
        return True
    if not industry:
        return False
    codes = re.findall(r"(?<!\d)\d{4}(?!\d)", industry)
    return any(code in notice.codes for code in codes) or any(name in industry for name in notice.names)
