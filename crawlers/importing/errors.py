"""Why an import is refused; nothing was written and the file is untouched."""

from __future__ import annotations

from crawlers.errors import CrawlError


class ImportRefusedError(CrawlError):
    """The material cannot be imported: one line that says what was wrong, where, and what to do."""
