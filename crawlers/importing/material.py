"""What a person says of the file they supply: where it is from, when it was taken, what it holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlsplit

from crawlers import clock
from crawlers.errors import ClockError
from crawlers.importing.errors import ImportRefusedError
from crawlers.kinds import CHANNELS, KINDS
from crawlers.sourceschema import CLASSES

SOURCE = re.compile(r"[a-z0-9][a-z0-9-]{1,60}")
REGION = re.compile(r"\d{2}(\d{2}(\d{2}(\d{6})?)?)?")
PARTS = ("name", "uscc", "external_id", "region")


@dataclass(frozen=True)
class Material:
    """Facts of a supplied file.

    ``source`` a source's name (one with a YAML, or a new one); ``region`` the GB/T 2260 code that the file is about;
    ``year`` of the list or of what is disclosed; ``url`` where it was published; ``retrieved_at`` when it was taken
    there (ISO 8601; a bare day is its noon in Shanghai). ``cls`` the class of a list's enterprises (``KPU``, ``EL`` …),
    ``published`` the day the list states (``YYYY-MM-DD``), ``title`` its heading where the file has none.
    ``publisher`` and ``channel`` serve a source without a YAML. ``columns`` names the file's headers for a subject's
    parts: ``{"name": "单位"}``; ``header_row`` (from 1, as the sheet counts) fixes the header. ``enterprise`` is the
    one enterprise that a file without a column of names is about.
    """

    source: str
    region: str
    year: int
    url: str
    retrieved_at: str
    cls: str | None = None
    published: str | None = None
    title: str | None = None
    publisher: str | None = None
    channel: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    header_row: int | None = None
    enterprise: str | None = None
    stated_total: int | None = None
    """Rows that the disclosure system itself states for the export (its count on the page), where the file has none."""

    def checked(self, kind: str, now: clock.Clock) -> None:
        """Raise ImportRefusedError for the first fact that cannot be."""
        for name, wrong in (
            ("source", not SOURCE.fullmatch(self.source) and "lower case letters, digits and hyphens"),
            ("kind", kind not in KINDS and f"one of {', '.join(KINDS)}"),
            ("region", not REGION.fullmatch(self.region) and "2, 4, 6 or 12 digits of a GB/T 2260 code, like 350300"),
            ("year", not 2000 <= self.year <= 2100 and "a year like 2022"),
            ("url", not is_url(self.url) and "the http or https address at which the file was published"),
            ("class", self.cls is not None and not CLASSES.fullmatch(self.cls) and "a class like KPU, KPU.W, EL, SOIL"),
            ("channel", self.channel not in (None, *CHANNELS) and f"one of {', '.join(CHANNELS)}"),
            ("column", set(self.columns) - set(PARTS) and f"a header for one of {', '.join(PARTS)}"),
            ("published", not _is_day(self.published) and "a day like 2022-03-31"),
        ):
            if wrong:
                raise ImportRefusedError(f"{name}: {self._value(name, kind)!r} cannot be; it must be {wrong}")
        if self.stamp() > now.stamp():
            raise ImportRefusedError(
                f"retrieved-at: {self.retrieved_at} lies in the future; write when the file was taken"
            )

    def stamp(self) -> str:
        """``retrieved_at`` as ISO 8601 in UTC; raises ImportRefusedError where it is no date."""
        try:
            return clock.simulated(self.retrieved_at).stamp()
        except ClockError:
            raise ImportRefusedError(
                f"retrieved-at: {self.retrieved_at!r} cannot be; write for example 2022-04-02 or 2022-04-02T09:30"
            ) from None

    def _value(self, name: str, kind: str) -> object:
        return (
            kind
            if name == "kind"
            else {"class": self.cls, "column": dict(self.columns)}.get(name) or getattr(self, name)
        )

    def dated_title(self, heading: str | None) -> str:
        """A record's title: the heading, with the list's year before it where another or none stands there first.

        Membership takes its year from the first 20NN of the title, and the person's word on the year is what counts.
        """
        text = heading or self.title or ""
        first = re.search(r"20\d\d", text)
        return text if first and int(first.group()) == self.year else f"{self.year}年 {text}".strip()


def is_url(text: str) -> bool:
    """Whether a text is an http or https address with a host."""
    parts = urlsplit(text)
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _is_day(text: str | None) -> bool:
    try:
        return text is None or date.fromisoformat(text) == datetime.fromisoformat(text).date()
    except ValueError:
        return False
