"""What the site reads from the environment (prefix ``QINGCE_``); documented in docs/reference/settings.md."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from environs import Env
from marshmallow.validate import Range

from indexer import settings as indexer_settings

SECRET_FILE = "secret.key"


@dataclass(frozen=True)
class Settings:
    """Settings of the site, beside those of the indexer."""

    indexer: indexer_settings.Settings
    secret_key: str
    """Signs sessions and form tokens; empty for one made once and kept in ``var/secret.key``."""
    host: str
    """Address the site listens on."""
    port: int
    """Port the site listens on."""
    threads: int
    """Requests answered beside each other."""
    page_size: int
    """Rows on one page of results."""
    export_rows: int
    """Most rows of one CSV file; a longer list says that it was cut."""
    rate_limit: str
    """Requests one address may make, in Flask-Limiter's words; empty for no limit."""
    login_limit: str
    """Log-in attempts one address may make, in Flask-Limiter's words; empty for no limit."""
    lookup_limit: str
    """Lists one address may have looked up, in Flask-Limiter's words; empty for no limit."""
    secure_cookies: bool
    """True where the site is reached by HTTPS: cookies then never travel in the clear."""
    proxy_hops: int
    """Trusted proxies before the site; their X-Forwarded-For gives the visitor's address."""
    evidence_bytes: int
    """Largest archived body that is rendered in a page, in bytes; larger ones are only described."""

    @property
    def demo(self) -> bool:
        """True where all data are examples."""
        return self.indexer.demo


def load() -> Settings:
    """Settings from the environment and, where present, ``.env``."""
    env = Env()
    env.read_env(recurse=False)
    with env.prefixed("QINGCE_"):
        return Settings(
            indexer=indexer_settings.load(),
            secret_key=env.str("SECRET_KEY", ""),
            host=env.str("HOST", "127.0.0.1"),
            port=env.int("PORT", 8000, validate=Range(0, 65535)),
            threads=env.int("WEB_THREADS", 4, validate=Range(1, 256)),
            page_size=env.int("PAGE_SIZE", 20, validate=Range(5, 200)),
            export_rows=env.int("EXPORT_ROWS", 100_000, validate=Range(1)),
            rate_limit=env.str("RATE_LIMIT", "300 per minute"),
            login_limit=env.str("LOGIN_LIMIT", "10 per 5 minutes"),
            lookup_limit=env.str("LOOKUP_LIMIT", "30 per minute"),
            secure_cookies=env.bool("SECURE_COOKIES", False),
            proxy_hops=env.int("PROXY_HOPS", 0, validate=Range(0, 5)),
            evidence_bytes=env.int("EVIDENCE_BYTES", 20_000_000, validate=Range(1)),
        )


def secret_key(settings: Settings) -> str:
    """The signing key: the setting, else the one kept in ``var/secret.key``, made at the first start.

    Kept in a file, so that a restart and a second process know the sessions of the first.
    """
    if settings.secret_key:
        return settings.secret_key
    return _kept(settings.indexer.var / SECRET_FILE)


def _kept(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
    try:
        os.link(draft, path)  # fails where another process was first: both then read the same key
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text(encoding="ascii").strip()
