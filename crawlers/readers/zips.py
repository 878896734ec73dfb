"""Bounds on zip containers (XLSX, DOCX) before any reader inflates them."""

from __future__ import annotations

import io
import zipfile

from crawlers.readers.document import Limits

_SMALL = 1024 * 1024


def refusal(data: bytes, limits: Limits) -> str | None:
    """Why a container must not be inflated (damaged, too large, a bomb), or None.

    The sizes come from the container's directory; a reader that inflates more than its directory says stops by itself.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            members = container.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return "the file is truncated or damaged (no zip directory); download it again"
    if any(member.flag_bits & 1 for member in members):
        return "password-protected; ask for it without the password"
    if sum(member.file_size for member in members) > limits.unpacked:
        return f"it inflates to more than {limits.unpacked} bytes"
    for member in members:
        if member.file_size > _SMALL and member.file_size > limits.ratio * max(member.compress_size, 1):
            return f"{member.filename} inflates {member.file_size // max(member.compress_size, 1)} times: a zip bomb"
    return None
