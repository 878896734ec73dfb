"""What goes wrong in a crawl and who says it; every message is one line: what, where, what to do."""

from __future__ import annotations


class CrawlError(Exception):
    """Base of every error that the command line prints as one line and ends with exit code 2."""


class SourceError(CrawlError):
    """A source's YAML cannot be used; raised by ``crawlers.sourcefiles`` and ``crawlers.source``."""


class UnknownSourceError(SourceError):
    """No file defines the source that was asked for; the message names near ones."""


class ClockError(CrawlError):
    """``QINGCE_CLOCK`` is no date, or a simulated clock was to date captures of real sites."""


class RunError(CrawlError):
    """A run folder cannot be opened, is locked by a living crawl, or is no run folder."""


class CaptureError(CrawlError):
    """A capture cannot be read where a record says it lies; raised by ``crawlers.opencapture``."""


class RefusedError(Exception):
    """An address that this source may not be asked for; raised by ``crawlers.hosts``."""
