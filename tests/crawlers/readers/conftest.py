"""The real files, where they are at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REALDATA = Path(os.environ.get("QINGCE_REALDATA") or Path(__file__).parents[4] / "shared" / "realdata")


@pytest.fixture
def realdata() -> Path:
    """The folder of real files."""
    if not REALDATA.is_dir():
        pytest.skip(f"no real files at {REALDATA}; name their folder in QINGCE_REALDATA")
    return REALDATA
