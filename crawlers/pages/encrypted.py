"""Content that a page encrypts against machine reading: recognised and named, never decrypted."""

from __future__ import annotations

import re

_MARKS = (
    ("AES", re.compile(r"""var\s+word\s*=\s*['"][A-Za-z0-9+/=]{24,}['"]""")),
    ("AES", re.compile(r"CryptoJS\.\w+\.decrypt\(")),
    ("base64", re.compile(r"""^\s*\{?\s*"data"\s*:\s*"[A-Za-z0-9+/=]{64,}"\s*\}?\s*$""")),
)
WORDS = "content encrypted against machine reading; it is not worked around"


def cipher(markup: str) -> str | None:
    """By what a page's content is encrypted (``AES`` with its text in a script, ``base64`` as a whole), else None."""
    return next((name for name, mark in _MARKS if mark.search(markup)), None)
