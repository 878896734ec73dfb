"""The platform loaded once for all tests, from the real files where they are at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.replay.shanghai.data import Platform, load
from tests.replay.shanghai.site import Site

REALDATA = Path(os.environ.get("QINGCE_REALDATA") or Path(__file__).parents[4] / "shared" / "realdata")


@pytest.fixture(scope="session")
def folder() -> Path:
    """The real files of August 2020."""
    path = REALDATA / "shanghai-eic"
    if not path.is_dir():
        pytest.skip(f"no real files of the Shanghai platform at {path}; name their folder in QINGCE_REALDATA")
    return path


@pytest.fixture(scope="session")
def platform(folder: Path) -> Platform:
    return load(folder)


@pytest.fixture(scope="session")
def site(platform: Platform) -> Site:
    return Site(platform)
