"""What the crawls read from the environment (prefix ``QINGCE_``); documented in docs/reference/settings.md."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from environs import Env, validate

PARSER = "0.1.0"
"""Version of the readers and page objects, written into run.json; raise it when a record of the same page changes."""
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
BUILT_IN = Path(__file__).parent / "sources"


@dataclass(frozen=True)
class Settings:
    """Settings of one crawl process."""

    var: Path
    """Folder of all data; run folders lie in ``runs/`` (``QINGCE_VAR``)."""
    source_folders: tuple[Path, ...]
    """Folders of source files: the built-in one and those of ``QINGCE_SOURCES``."""
    contact: str
    """Address printed in the user agent, so that a site's keeper can reach whoever runs this copy."""
    flush_seconds: float
    """A run folder is made durable at least this often (seconds)."""
    lease_seconds: float
    """A crawl that has not renewed its lease for so long is dead (seconds)."""
    max_bytes: int
    """Largest answer taken, before and after decompression (bytes)."""
    run_seconds: float
    """A run that takes longer stops by itself (seconds)."""
    max_requests: int
    """A run that has had so many answers stops by itself."""
    continue_hours: float
    """Pages that a run cut short read within so many hours are taken over by the next (hours; 0: never)."""
    log_level: str
    """Of Scrapy's log on standard error."""
    timestamp_url: str
    """RFC 3161 service that stamps the heads of the chains of runs; empty for none."""
    timestamp_ca: Path | None
    """PEM file of the certificates that time stamps must lead to; None: their origin is not proven."""

    @property
    def user_agent(self) -> str:
        """An honest user agent: the project's name and, where set, a contact."""
        contact = f" (+{self.contact})" if self.contact else ""
        return f"Qingce/{PARSER}{contact}"


def load() -> Settings:
    """Settings from the environment and, where present, ``.env``."""
    env = Env()
    env.read_env(recurse=False)
    with env.prefixed("QINGCE_"):
        authority = env.str("TIMESTAMP_CA", "")
        extra = [Path(part) for part in env.str("SOURCES", "").split(os.pathsep) if part]
        return Settings(
            var=Path(env.str("VAR", "var")),
            source_folders=(BUILT_IN, *extra),
            contact=env.str("CONTACT", ""),
            flush_seconds=env.float("CRAWL_FLUSH_SECONDS", 2.0),
            lease_seconds=env.float("CRAWL_LEASE_SECONDS", 60.0),
            max_bytes=env.int("CRAWL_MAX_MB", 64) * 1024 * 1024,
            run_seconds=env.float("CRAWL_MAX_HOURS", 12.0) * 3600,
            max_requests=env.int("CRAWL_MAX_REQUESTS", 500_000),
            continue_hours=env.float("CRAWL_CONTINUE_HOURS", 24.0),
            log_level=env.str("CRAWL_LOG_LEVEL", "WARNING", validate=validate.OneOf(LEVELS)),
            timestamp_url=env.str("TIMESTAMP_URL", ""),
            timestamp_ca=Path(authority) if authority else None,
        )
