"""What every reader gives back: grids of text and free texts, with what could not be read beside them.

A reader knows no network, no clock and no source. It never raises on bad content: what is broken, locked, oversized or
without a text layer comes back as an error issue of the document, and nothing that was read before it is lost.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Kind = Literal[
    "xlsx", "xls", "sheetml", "pdf", "docx", "csv", "html", "text", "json", "image", "archive", "doc", "unknown"
]
Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True)
class Limits:
    """Bounds a reader keeps to, so that no file can exhaust the machine."""

    bytes: int = 128 * 1024 * 1024
    """Largest file read."""
    unpacked: int = 1024 * 1024 * 1024
    """Largest sum of a zip container's members after inflation, in bytes."""
    ratio: int = 300
    """Largest inflated : packed ratio of a zip member above 1 MB (a zip bomb has thousands)."""
    rows: int = 2_000_000
    """Most rows taken from one document; the rest is reported."""
    cells: int = 40_000_000
    """Largest rows × columns of one sheet (a lone cell in the last corner makes a sheet of 17 billion)."""
    pages: int = 5_000
    """Most pages of one PDF."""
    span: int = 2_000
    """Largest rowspan or colspan believed."""


LIMITS = Limits()


@dataclass(frozen=True)
class ReadIssue:
    """Something that was not or only partly read; becomes an issue row of the run (contracts, section 5).

    ``code`` is a stable word (``unreadable``, ``hidden-sheet``, ``row-unreadable`` …), ``message`` says what, where and
    what to do, ``value`` is the offending text.
    """

    severity: Severity
    code: str
    message: str
    place: str | None = None
    value: str | None = None

    def __post_init__(self) -> None:
        # Messages quote what parsers say, and those break their lines.
        if "\n" in self.message:
            object.__setattr__(self, "message", " ".join(self.message.split()))

    def row(self) -> dict[str, Any]:
        """As the part of an issue row that a reader can know: severity, code, message, place, value."""
        return asdict(self)


@dataclass(frozen=True)
class Link:
    """A link or click handler inside a grid's cell; ``row`` and ``column`` are indexes into ``Grid.rows``."""

    row: int
    column: int
    text: str
    href: str
    onclick: str = ""


@dataclass
class Grid:
    """One table as a rectangle of texts: spans and merged cells are filled, cells are folded, "" is an empty cell.

    ``place`` names the table (``table 2``, ``sheet 名录``, ``page 3, table 1``); ``places[i]`` names row ``i``
    (``table 2, row 5``: rows count from 1 in the original, title rows included). ``title`` is the heading above the
    table or its caption; ``stated_count`` the number that heading or the notes state (``（251家）`` gives 251).
    ``notes`` are the lines under the table (``注：…``). ``merged`` holds the indexes of rows that are one cell from
    edge to edge: section headings. ``row_attributes[i]`` are the attributes of an HTML row (``onclick``), else {}.
    """

    rows: list[list[str]]
    place: str
    places: list[str] = field(default_factory=list)
    title: str | None = None
    notes: list[str] = field(default_factory=list)
    stated_count: int | None = None
    hidden: bool = False
    merged: frozenset[int] = frozenset()
    links: list[Link] = field(default_factory=list)
    row_attributes: list[dict[str, str]] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Columns of the widest row."""
        return max((len(row) for row in self.rows), default=0)

    def place_of(self, row: int) -> str:
        """The place of row ``row`` (an index), for evidence."""
        return self.places[row] if row < len(self.places) else f"{self.place}, row {row + 1}"


@dataclass(frozen=True)
class Text:
    """Free text outside tables; ``place`` is ``page 3`` or ``body``."""

    text: str
    place: str


@dataclass
class Document:
    """A file read: its kind by signature, its grids in reading order, its texts, and its issues."""

    kind: Kind
    grids: list[Grid] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    issues: list[ReadIssue] = field(default_factory=list)
    encoding: str | None = None
    """Of a text file: the encoding it was decoded with."""

    @property
    def readable(self) -> bool:
        """False where the document as a whole could not be read (an error issue ``unreadable``)."""
        return not any(issue.code == "unreadable" for issue in self.issues)

    @property
    def text(self) -> str:
        """All free texts, joined by line feeds."""
        return "\n".join(part.text for part in self.texts)


def unreadable(kind: Kind, reason: str, *, place: str | None = None) -> Document:
    """A document of which nothing could be read: one error issue ``unreadable: <reason>``, never an empty success."""
    return Document(kind, issues=[ReadIssue("error", "unreadable", f"unreadable: {reason}", place)])
