"""Elasticsearch's jars: a cache shared by checkouts, and the committed lock that says which bytes may run.

The lock has one line a jar, ``group:artifact version sha256 size``. Every jar is hashed before every start, because
the resolver does not verify what lies in a cache; where all match, the resolver is not called and no network is used.
"""

from __future__ import annotations

import hashlib
import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from indexer.engine.errors import EngineError

LOCK_FILE = Path(__file__).parent / "jars.lock"


@dataclass(frozen=True)
class Jar:
    """One pinned jar; ``size`` in bytes, ``sha256`` in lower-case hex."""

    group: str
    artifact: str
    version: str
    sha256: str
    size: int

    @property
    def file(self) -> str:
        """File name in the cache; the version is in it, so checkouts of different versions share one cache."""
        return f"{self.artifact}-{self.version}.jar"

    @property
    def line(self) -> str:
        """The jar's line in the lock file; ``parse`` is the inverse."""
        return f"{self.group}:{self.artifact} {self.version} {self.sha256} {self.size}"


def parse(line: str) -> Jar:
    """Read one line of the lock. Raises EngineError where it is malformed."""
    try:
        name, version, sha256, size = line.split()
        group, artifact = name.split(":")
        return Jar(group, artifact, version, sha256, int(size))
    except ValueError:
        raise EngineError(f"{LOCK_FILE.name}: malformed line {line!r}; restore the committed file") from None


def locked(lock_file: Path = LOCK_FILE) -> list[Jar]:
    """The pinned jars in the order of the lock file; lines that start with ``#`` are comments."""
    lines = lock_file.read_text(encoding="utf-8").splitlines()
    return [parse(line) for line in lines if line and not line.startswith("#")]


def cache_dir(configured: Path | None) -> Path:
    """The folder of the jars: ``QINGCE_JARS``, else ``qingce/jars`` in the user's cache folder."""
    if configured is not None:
        return configured.absolute()
    cache = os.environ.get("XDG_CACHE_HOME", "")
    # An empty HOME would make the path relative to the working directory; the password database knows better.
    home = os.environ.get("HOME") or pwd.getpwuid(os.getuid()).pw_dir
    return (Path(cache) if cache else Path(home) / ".cache").absolute() / "qingce" / "jars"


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes in lower-case hex."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def missing(folder: Path, jars: list[Jar]) -> list[Jar]:
    """The pinned jars that the cache lacks."""
    return [jar for jar in jars if not (folder / jar.file).is_file()]


def verify(folder: Path, jars: list[Jar]) -> None:
    """Hash every pinned jar; raises EngineError with one line that names the first that differs."""
    for jar in jars:
        check(jar, folder / jar.file)


def check(jar: Jar, path: Path) -> None:
    """Raises EngineError where the file's bytes are not the pinned ones."""
    found = sha256_of(path)
    if found != jar.sha256:
        raise EngineError(
            f"refused jar {path}: sha256 expected {jar.sha256}, found {found}; "
            "if you did not change it, delete the file and start again to fetch it anew"
        )


def ensure(folder: Path, lock_file: Path = LOCK_FILE) -> list[Path]:
    """All pinned jars, present and verified, as paths; fetches the missing ones first.

    Raises EngineError where a jar differs from the lock or cannot be fetched.
    """
    jars = locked(lock_file)
    if missing(folder, jars):
        # Imported here: with a full cache the resolver is not even loaded.
        from indexer.engine.fetch import fetch

        fetch(folder, jars)
    verify(folder, jars)
    return [folder / jar.file for jar in jars]
