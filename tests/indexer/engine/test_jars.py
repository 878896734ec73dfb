"""Jars: only the pinned bytes run, the network is used for missing ones alone, and two first starts do not collide."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from indexer.engine import fetch, jars
from indexer.engine.errors import EngineError
from indexer.engine.jars import Jar
from indexer.engine.node import NodeOptions, start

LIBRARIES = {
    "org/example/first/1.0/first-1.0.jar": b"first bytes",
    "org/example/second/2.0/second-2.0.jar": b"second bytes",
}


class Repository(ThreadingHTTPServer):
    """A Maven repository on loopback that counts what it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.asked: Counter[str] = Counter()
        super().__init__(("127.0.0.1", 0), partial(Handler, directory=str(folder)))


class Handler(SimpleHTTPRequestHandler):
    """Counts and keeps quiet."""

    def do_GET(self) -> None:
        assert isinstance(self.server, Repository)
        self.server.asked[self.path] += 1
        super().do_GET()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on the console."""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    """The repository that jgo asks, with two small jars."""
    folder = tmp_path / "repository"
    for name, content in LIBRARIES.items():
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_bytes(content)
    server = Repository(folder)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setattr(fetch, "_context", partial(_context, f"http://127.0.0.1:{server.server_port}"))
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def _context(url: str, folder: Path) -> Any:
    return fetch.MavenContext(repo_cache=folder, remote_repos={"here": url}, timeout=5)


@pytest.fixture
def lock_file(tmp_path: Path) -> Path:
    """A lock over the two small jars."""
    pinned = [
        Jar("org.example", name.split("/")[2], name.split("/")[3], hashlib.sha256(content).hexdigest(), len(content))
        for name, content in LIBRARIES.items()
    ]
    path = tmp_path / "jars.lock"
    path.write_text("# a comment\n" + "".join(f"{jar.line}\n" for jar in pinned), encoding="utf-8")
    return path


def _jar_requests(repository: Repository) -> dict[str, int]:
    return {path: number for path, number in repository.asked.items() if path.endswith(".jar")}


def test_missing_jars_are_fetched_once_and_only_they(repository: Repository, lock_file: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    found = jars.ensure(cache, lock_file)
    assert [path.read_bytes() for path in found] == list(LIBRARIES.values())
    found[0].unlink()
    jars.ensure(cache, lock_file)
    assert _jar_requests(repository) == {"/" + name: number for name, number in zip(LIBRARIES, (2, 1), strict=True)}
    assert sorted(path.name for path in cache.iterdir()) == [".lock", "first-1.0.jar", "second-2.0.jar"]


def test_two_first_starts_at_once_download_each_jar_once(
    repository: Repository, lock_file: Path, tmp_path: Path
) -> None:
    leftover = tmp_path / "cache" / ".incoming-of-a-dead-process"
    leftover.mkdir(parents=True)
    threads = [threading.Thread(target=jars.ensure, args=(tmp_path / "cache", lock_file)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(_jar_requests(repository).values()) == {1}
    jars.verify(tmp_path / "cache", jars.locked(lock_file))
    assert not leftover.exists()


def test_a_wrong_download_never_enters_the_cache(repository: Repository, lock_file: Path, tmp_path: Path) -> None:
    (tmp_path / "repository" / next(iter(LIBRARIES))).write_bytes(b"something else")
    with pytest.raises(EngineError, match=r"refused jar .*first-1.0.jar: sha256 expected"):
        jars.ensure(tmp_path / "cache", lock_file)
    assert list((tmp_path / "cache").glob("*.jar")) == []


def test_a_repository_that_lacks_a_jar_gives_one_line_with_advice(
    repository: Repository, lock_file: Path, tmp_path: Path
) -> None:
    (tmp_path / "repository" / next(iter(LIBRARIES))).unlink()
    with pytest.raises(EngineError, match=r"cannot fetch org.example:first:1.0 .*QINGCE_JARS") as error:
        jars.ensure(tmp_path / "cache", lock_file)
    assert "\n" not in str(error.value)


def test_a_changed_jar_is_refused_before_anything_starts(engine_options: NodeOptions, tmp_path: Path) -> None:
    cache, copy = jars.cache_dir(engine_options.jars), tmp_path / "jars"
    copy.mkdir()
    pinned = jars.locked()
    for jar in pinned:
        (copy / jar.file).symlink_to(cache / jar.file)
    changed = copy / pinned[7].file
    changed.unlink()
    changed.write_bytes((cache / pinned[7].file).read_bytes() + b"\0")
    with pytest.raises(EngineError) as error:
        start(NodeOptions(var=tmp_path / "var", jars=copy))
    for word in (str(changed), pinned[7].sha256, jars.sha256_of(changed)):
        assert word in str(error.value)
    assert not (tmp_path / "var").exists()


def test_with_a_full_cache_the_resolver_is_not_even_loaded(engine_options: NodeOptions) -> None:
    cache = jars.cache_dir(engine_options.jars)
    program = (
        "import sys, pathlib; from indexer.engine import jars;"
        "jars.ensure(pathlib.Path(sys.argv[1]));"
        "sys.exit(any(name in sys.modules for name in ('jgo', 'requests')))"
    )
    subprocess.run([sys.executable, "-c", program, str(cache)], check=True, cwd=Path(__file__).parents[3])


def test_the_lock_pins_every_jar_of_the_class_path_and_names_no_host() -> None:
    pinned = jars.locked()
    assert len({jar.file for jar in pinned}) == len(pinned) == 53
    assert {jar.version for jar in pinned if jar.group.startswith("org.elasticsearch")} == {"9.5.3"}
    assert all(len(jar.sha256) == 64 and jar.size > 0 for jar in pinned)
    assert "//" not in jars.LOCK_FILE.read_text(encoding="utf-8")


def test_a_malformed_lock_is_refused(tmp_path: Path) -> None:
    (tmp_path / "jars.lock").write_text("org.example:first 1.0\n", encoding="utf-8")
    with pytest.raises(EngineError, match="malformed line"):
        jars.locked(tmp_path / "jars.lock")


def test_the_cache_is_the_setting_else_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    assert jars.cache_dir(Path("/some/where")) == Path("/some/where")
    monkeypatch.setenv("XDG_CACHE_HOME", "/cache")
    assert jars.cache_dir(None) == Path("/cache/qingce/jars")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/home/somebody")
    assert jars.cache_dir(None) == Path("/home/somebody/.cache/qingce/jars")
    # An empty HOME must not put the cache into the working directory.
    monkeypatch.setenv("HOME", "")
    assert not jars.cache_dir(None).is_relative_to(Path.cwd())
