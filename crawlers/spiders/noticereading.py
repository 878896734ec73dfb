"""One notice while its tables and attachments are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawlers.items import Seen
from crawlers.visits import Look


@dataclass
class NoticeReading:
    """Rows read against the counts that headings (``stated``) or the text (``in_text``) state."""

    title: str
    published: str | None
    page: Seen
    stated: int | None = None
    in_text: int | None = None
    rows: int = 0
    waiting: int = 0
    bad: list[Look] = field(default_factory=list)

    @property
    def total(self) -> int | None:
        """What the notice states: the headings' sum, else the text's count."""
        return self.stated if self.stated is not None else self.in_text

    @property
    def shortfall(self) -> str | None:
        """Why the notice is not wholly read; None where it is.

        A bad attachment does no harm where the rows of the others are as many as stated (a form, an explanation).
        """
        if self.total is not None and self.rows != self.total:
            because = f" ({self.bad[0].reason})" if self.bad else ""
            return f"it states {self.total} rows, {self.rows} were read{because}"
        if self.bad and self.total is None:
            return f"attachment bad: {self.bad[0].reason}"
        if not self.rows and self.total != 0:
            return "it holds neither a table nor a readable attachment"
        return None
