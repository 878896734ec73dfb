"""A log that costs nothing below its level: Scrapy, and the readers' libraries, else make a record of all they do.

Scrapy sets the root logger to let everything through to handlers that drop it; pdfminer alone then makes thousands of
records a page.
"""

from __future__ import annotations

import logging
from typing import Any

from scrapy.logformatter import LogFormatter


class QuietFormatter(LogFormatter):
    """No line for each page and each page's rows: the run folder tells of them, and whoever debugs asks for DEBUG."""

    def crawled(self, *_: Any) -> Any:
        """Nothing."""

    def scraped(self, *_: Any) -> Any:
        """Nothing."""


def settings(level: str) -> dict[str, Any]:
    """Scrapy's settings for a log of this level."""
    quiet = number(level) > logging.DEBUG
    return {"LOG_LEVEL": level, **({"LOG_FORMATTER": "crawlers.quietlog.QuietFormatter"} if quiet else {})}


def quieten(level: str) -> None:
    """No logger of this process makes a record below ``level`` from now on."""
    logging.disable(number(level) - 1)


def number(level: str) -> int:
    """The number of a level's name."""
    return logging.getLevelNamesMapping()[level]
