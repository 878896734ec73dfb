"""Fetch pinned jars by their Maven coordinates with jgo: no Maven executable, no Java, nothing written to HOME.

``python -m indexer.engine.fetch VERSION`` resolves an Elasticsearch release anew and writes the lock file.
Mirrors come from jgo's own configuration (``[repositories]``); the hash makes any mirror safe to use.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import requests
import structlog
from jgo.config import GlobalSettings
from jgo.maven import MavenContext

from indexer.engine.errors import EngineError
from indexer.engine.filelock import held
from indexer.engine.jars import LOCK_FILE, Jar, cache_dir, check, missing, sha256_of

log = structlog.get_logger(__name__)

ROOTS = ("org.elasticsearch:elasticsearch", "org.elasticsearch.plugin:transport-netty4")
TIMEOUT = 60
"""Seconds for one answer of the repository."""
TRIES = 3
INCOMING = ".incoming-"


def fetch(folder: Path, jars: list[Jar]) -> None:
    """Bring the missing jars into the cache; a second process waits for the first and then finds them there.

    Raises EngineError where a download fails or differs from its pinned hash; the cache then has no new bad file.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with held(folder / ".lock", wait=True):
            _clear_leftovers(folder)
            _fetch_all(folder, missing(folder, jars))
    except OSError as error:
        advice = "set QINGCE_JARS to a writable folder"
        raise EngineError(f"cannot write the jar cache {folder} ({error}); {advice}") from error


def _clear_leftovers(folder: Path) -> None:
    """Under the lock nobody else downloads, so what is there belongs to a process that died."""
    for leftover in folder.glob(f"{INCOMING}*"):
        shutil.rmtree(leftover)


def _fetch_all(folder: Path, wanted: list[Jar]) -> None:
    with tempfile.TemporaryDirectory(prefix=INCOMING, dir=folder) as incoming:
        context = _context(Path(incoming))
        for number, jar in enumerate(wanted, 1):
            log.info("fetching jar", jar=jar.file, number=number, of=len(wanted))
            path = _download(context, jar)
            check(jar, path)
            # Same file system, so the move is atomic: the cache never shows half a jar.
            path.replace(folder / jar.file)


def _context(repository: Path) -> Any:
    mirrors = dict(GlobalSettings.load().repositories)
    default = MavenContext(repo_cache=repository).remote_repos
    return MavenContext(repo_cache=repository, remote_repos={**mirrors, **default}, timeout=TIMEOUT)


def _download(context: Any, jar: Jar) -> Path:
    artifact = context.project(jar.group, jar.artifact).at_version(jar.version).artifact()
    for attempt in range(1, TRIES + 1):
        try:
            return Path(artifact.resolve())
        except (requests.RequestException, RuntimeError) as error:
            # A torn file would be taken for the jar at the next attempt.
            artifact.cached_path.unlink(missing_ok=True)
            if attempt == TRIES:
                raise EngineError(_advice(jar, error)) from error
    raise AssertionError("unreachable")


def _advice(jar: Jar, error: Exception) -> str:
    return (
        f"cannot fetch {jar.group}:{jar.artifact}:{jar.version} ({error}); check the network, "
        "or copy a filled jar cache here and point QINGCE_JARS at it"
    )


def resolve(version: str, repository: Path) -> list[Jar]:
    """Every jar that a release needs, transitively, downloaded into ``repository`` and hashed; sorted by name."""
    context = _context(repository)
    roots = [context.create_dependency(f"{root}:{version}") for root in ROOTS]
    inputs, transitive = context.resolver.resolve(roots)
    return sorted((_pin(item.artifact) for item in [*inputs, *transitive]), key=lambda jar: (jar.group, jar.artifact))


def _pin(artifact: Any) -> Jar:
    path = Path(artifact.resolve())
    return Jar(artifact.groupId, artifact.artifactId, artifact.version, sha256_of(path), path.stat().st_size)


def write_lock(version: str, lock_file: Path = LOCK_FILE) -> int:
    """Resolve a release and write the lock file; returns the number of jars."""
    with tempfile.TemporaryDirectory() as repository:
        jars = resolve(version, Path(repository))
    head = f"# Elasticsearch {version}: group:artifact version sha256 size; written by python -m indexer.engine.fetch\n"
    lock_file.write_text(head + "".join(f"{jar.line}\n" for jar in jars), encoding="utf-8")
    return len(jars)


if __name__ == "__main__":
    print(f"{write_lock(sys.argv[1])} jars pinned; cache: {cache_dir(None)}")
