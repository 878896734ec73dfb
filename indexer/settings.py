"""What the indexer reads from the environment (prefix ``QINGCE_``); documented in docs/reference/settings.md."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from environs import Env
from marshmallow.validate import Range


@dataclass(frozen=True)
class Settings:
    """Settings of the indexer; one object is made at start-up and handed down."""

    var: Path
    """Folder of all data: run folders, Elasticsearch, database (``QINGCE_VAR``)."""
    elasticsearch_url: str
    """An Elasticsearch to use instead of the embedded node; empty for the embedded one."""
    elasticsearch_port: int
    """Port of the embedded node on loopback; 0 takes a free one."""
    heap: str
    """Java heap of the embedded node, as ``-Xmx`` takes it."""
    jars: Path | None
    """Cache of Elasticsearch's jars, shared by checkouts; None for the user's cache folder."""
    index_prefix: str
    """First part of every index name; demonstration data have their own."""
    database_url: str
    """SQLAlchemy URL of what people decide; empty for ``var/qingce.sqlite``."""
    hold_share: float
    """A run is held where more than this share (0..1) of a source's disclosures or listed firms would disappear …"""
    hold_least: int
    """… and at least so many."""
    scan_processes: int
    """Processes that judge a scan of all side by side (``QINGCE_SCAN_PROCESSES``); each takes some 300 MB."""
    demo: bool
    """True where the data are examples: pages and exports say 示例数据."""

    @property
    def runs(self) -> Path:
        """The folder of run folders, one folder a source."""
        return self.var / "runs"

    @property
    def sources(self) -> Path:
        """The folder of effective source definitions (one JSON file an enabled source)."""
        return self.var / "sources"

    @property
    def law(self) -> Path:
        """The folder of what officers add to the law: official texts, notices of days off, editions of the rules."""
        return self.var / "law"

    @property
    def database(self) -> str:
        """The SQLAlchemy URL, with the default filled in."""
        return self.database_url or f"sqlite:///{(self.var / 'qingce.sqlite').resolve()}"


def load() -> Settings:
    """Settings from the environment and, where present, ``.env``."""
    env = Env()
    env.read_env(recurse=False)
    with env.prefixed("QINGCE_"):
        jars = env.str("JARS", "")
        return Settings(
            var=Path(env.str("VAR", "var")),
            elasticsearch_url=env.str("ELASTICSEARCH_URL", ""),
            elasticsearch_port=env.int("ELASTICSEARCH_PORT", 0),
            heap=env.str("HEAP", "512m"),
            jars=Path(jars) if jars else None,
            index_prefix=env.str("INDEX_PREFIX", "qingce"),
            database_url=env.str("DATABASE_URL", ""),
            hold_share=env.float("HOLD_SHARE", 0.2, validate=Range(0, 1)),
            hold_least=env.int("HOLD_LEAST", 20, validate=Range(1)),
            scan_processes=env.int("SCAN_PROCESSES", min(2, os.cpu_count() or 1), validate=Range(1)),
            demo=env.bool("DEMO", False),
        )
