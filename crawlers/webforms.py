"""ASP.NET's own error pages for a hidden state that it does not take back."""

from __future__ import annotations

import re

REASON = "state expired: the site refuses the hidden state of the page before"
_LARGEST = 40_000
_WORDS = (
    "viewstate MAC", "ViewStateException", "Invalid postback or callback argument", "Invalid viewstate",
    "The state information is invalid for this page", "视图状态 MAC", "视图状态无效",
    "无效的视图状态", "回发或回调参数无效", "此页的状态信息无效",
)  # fmt: skip
_MARKS = re.compile(
    b"|".join(re.escape(word.encode(code)) for word in _WORDS for code in ("utf-8", "gb18030")), re.IGNORECASE
)


def refusal(body: bytes) -> str | None:
    """Why a page is no answer to a post (its state expired or was not valid), or None; bodies of either encoding."""
    return REASON if len(body) <= _LARGEST and _MARKS.search(body) else None
