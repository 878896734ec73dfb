"""The folders of the embedded node under ``QINGCE_VAR/elasticsearch``, and the module folder its network needs."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

MODULE = "transport-netty4"
MODULE_JARS = ("netty-", "transport-netty4-", "elasticsearch-ssl-config-")
"""Jars that the module loads itself: on the class path too, the jar-hell check would refuse to start."""
DESCRIPTOR = "plugin-descriptor.properties"
POLICY = "entitlement-policy.yaml"


@dataclass(frozen=True)
class Layout:
    """Paths of one node; ``root`` is absolute."""

    root: Path

    @property
    def home(self) -> Path:
        """Elasticsearch's home: configuration and modules, rebuilt at each start."""
        return self.root / "home"

    @property
    def config(self) -> Path:
        """Empty but required configuration folder."""
        return self.home / "config"

    @property
    def data(self) -> Path:
        """The indices."""
        return self.root / "data"

    @property
    def logs(self) -> Path:
        """Folder of ``node.log`` and the log of the start before."""
        return self.root / "logs"

    @property
    def log(self) -> Path:
        """Output of the running node."""
        return self.logs / "node.log"

    @property
    def snapshots(self) -> Path:
        """The only place where file-system snapshots may be written."""
        return self.root / "snapshots"

    @property
    def lock(self) -> Path:
        """Held by the node's process as long as it lives."""
        return self.root / "node.lock"


def split(jars: list[Path]) -> tuple[list[Path], list[Path]]:
    """Jars of the class path, and jars of the network module."""
    module = [jar for jar in jars if jar.name.startswith(MODULE_JARS)]
    return [jar for jar in jars if jar not in module], module


def build(layout: Layout, jars: list[Path]) -> list[Path]:
    """Make all folders and the module anew; returns the class path. Call it only with the data lock held."""
    shutil.rmtree(layout.home, ignore_errors=True)
    for folder in (layout.config, layout.home / "plugins", layout.data, layout.logs, layout.snapshots):
        folder.mkdir(parents=True, exist_ok=True)
    class_path, module = split(jars)
    _build_module(layout.home / "modules" / MODULE, module)
    return class_path


def _build_module(folder: Path, jars: list[Path]) -> None:
    folder.mkdir(parents=True)
    for jar in jars:
        (folder / jar.name).symlink_to(jar)
    transport = next(jar for jar in jars if jar.name.startswith(f"{MODULE}-"))
    with zipfile.ZipFile(transport) as archive:
        inside = f"META-INF/es-plugins/{MODULE}"
        descriptor = archive.read(f"{inside}/{DESCRIPTOR}").decode()
        (folder / POLICY).write_bytes(archive.read(f"{inside}/{POLICY}"))
    (folder / DESCRIPTOR).write_text(_unnamed(descriptor), encoding="utf-8")


def _unnamed(descriptor: str) -> str:
    """Without its module name: the JRE of the wheel lacks ``jdk.jdi``, so modules cannot be resolved by name."""
    lines = descriptor.splitlines()
    return "\n".join("modulename=" if line.startswith("modulename=") else line for line in lines) + "\n"
