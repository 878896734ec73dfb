"""Archives opened in memory: their files as bytes with names as text, within bounds; nothing is written to a disk.

    archive = opened(data, "附件.zip")
    for member in archive.members: read(member.data, filename=member.name)

ZIP by the standard library; RAR and 7z by libarchive, a system library. What cannot be opened is an issue with its
reason, never left out.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from crawlers.filenames import shown
from crawlers.readers import ReadIssue
from crawlers.readers.signature import kind_of

MEND = "install the system library libarchive (Debian: apt-get install libarchive13), then qingce extract the run"
RAR, SEVEN = b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c"
FORMATS = {RAR + b"\x01\x00": "rar5", RAR + b"\x00": "rar", SEVEN: "7zip"}
"""First bytes → libarchive's name of the format; no other is tried on a file from outside."""

DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError, OSError, ValueError,
    OverflowError,
)  # fmt: skip
"""What the standard library raises at a ZIP whose parts contradict each other."""


@dataclass(frozen=True)
class Bounds:
    """What an archive may hold; a file that wants more is refused before or while it inflates."""

    members: int = 2_000
    inflated: int = 256 * 1024 * 1024
    """Bytes of all files together, those of archives inside included."""
    ratio: int = 300
    """Largest inflated : packed ratio of the whole (a bomb has thousands)."""
    small: int = 4 * 1024 * 1024
    """Up to here no ratio is asked for: a sheet of zeros packs well."""
    depth: int = 1
    """Archives inside archives that are opened."""


class Member(NamedTuple):
    """One file: ``name`` is its path in the archive (``内层.zip!名单.xls`` of one inside), for people only."""

    name: str
    data: bytes


@dataclass
class Archive:
    """Files that could be opened and what could not."""

    members: list[Member] = field(default_factory=list)
    issues: list[ReadIssue] = field(default_factory=list)


class ArchiveError(Exception):
    """Why an archive is not opened, or not further."""


@dataclass
class _Budget:
    bounds: Bounds
    packed: int
    members: int = 0
    inflated: int = 0

    def member(self) -> None:
        self.members += 1
        if self.members > self.bounds.members:
            raise ArchiveError(f"more than {self.bounds.members} files; the rest was not read")

    def take(self, block: bytes) -> bytes:
        """Count a block that was inflated; raises ArchiveError where it is too much."""
        self.inflated += len(block)
        if self.inflated > self.bounds.inflated:
            raise ArchiveError(f"it inflates to more than {self.bounds.inflated} bytes; the rest was not read")
        if self.inflated > self.bounds.small and self.inflated > self.bounds.ratio * max(self.packed, 1):
            raise ArchiveError(f"it inflates more than {self.bounds.ratio} times: an archive bomb")
        return block


def opened(data: bytes, name: str, bounds: Bounds | None = None) -> Archive:
    """The files of an archive, those of archives inside it too, ``Bounds.depth`` deep. Never raises on bad content."""
    archive = Archive()
    limits = bounds or Bounds()
    _open(data, name, "", limits.depth, _Budget(limits, len(data)), archive)
    if not archive.members and not archive.issues:
        archive.issues.append(ReadIssue("error", "unreadable", f"unreadable: {name} holds no file", name))
    return archive


def _open(data: bytes, name: str, within: str, depth: int, budget: _Budget, archive: Archive) -> None:
    """``within`` stands before the names of files (the archive that this one lies in)."""
    where = f"{within}{name}" if within else name
    try:
        for path, content in _reader(data)(data, budget):
            full = f"{within}{path}"
            if isinstance(content, str):
                _refuse(archive, full, content)
            elif kind_of(content, filename=path) != "archive":
                archive.members.append(Member(full, content))
            elif depth:
                _open(content, path, f"{full}!", depth - 1, budget, archive)
            else:
                _refuse(archive, full, "an archive inside an archive inside an archive; unpack it and import its files")
    except ArchiveError as error:
        _refuse(archive, where.removesuffix("!"), str(error))


def _refuse(archive: Archive, place: str, reason: str) -> None:
    archive.issues.append(ReadIssue("error", "unreadable", f"unreadable: {place}: {reason}", place))


Files = Iterator[tuple[str, bytes | str]]
"""Path and bytes of each file, or the reason why that file cannot be had."""


def _reader(data: bytes) -> Callable[[bytes, _Budget], Files]:
    if data.startswith(b"PK"):
        return _zip
    if any(data.startswith(mark) for mark in FORMATS):
        return _libarchive
    raise ArchiveError("an archive of a kind that is not opened (only ZIP, RAR and 7z are)")


def _zip(data: bytes, budget: _Budget) -> Files:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            for info in container.infolist():
                if not info.is_dir():
                    budget.member()
                    yield _zip_name(info), _zip_member(container, info, budget)
    except DAMAGED as error:
        raise ArchiveError(f"truncated or damaged ({error}); download it again") from error


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The name as text: UTF-8 where the archive says so, else UTF-8 or GB 18030 by its bytes (Windows writes GBK)."""
    raw = info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437")
    return shown(raw)


def _zip_member(container: zipfile.ZipFile, info: zipfile.ZipInfo, budget: _Budget) -> bytes | str:
    if info.flag_bits & 1:
        return "password-protected; ask for it without the password"
    try:
        with container.open(info) as stream:
            return b"".join(budget.take(block) for block in iter(lambda: stream.read(1 << 16), b""))
    except DAMAGED as error:
        return f"damaged or packed in a way that is not read ({error})"


def _libarchive(data: bytes, budget: _Budget) -> Files:
    try:
        # Loads the system library; where that is absent ctypes raises one of these.
        import libarchive
    except (ImportError, OSError, TypeError, AttributeError) as error:
        raise ArchiveError(f"RAR and 7z cannot be opened here; {MEND}") from error
    name = next(name for mark, name in FORMATS.items() if data.startswith(mark))
    try:
        with libarchive.memory_reader(data, name) as entries:
            for entry in entries:
                if entry.issym or entry.islnk:
                    yield shown(entry.pathname), "a link, not a file; it is not followed"
                elif not entry.isdir:
                    budget.member()
                    yield shown(entry.pathname), b"".join(budget.take(block) for block in entry.get_blocks())
    except libarchive.ArchiveError as error:
        raise ArchiveError(_words(error)) from error


def _words(error: Exception) -> str:
    words = str(error).partition(" (errno")[0]
    if "ncrypt" in words or "Unsupported block header size" in words:
        return f"password-protected ({words}); ask for it without the password"
    return (
        f"damaged, one part of several, or packed in a way that is not read ({words}); unpack it and import its files"
    )
