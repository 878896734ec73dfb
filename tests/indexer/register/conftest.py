"""Fixtures: a data folder with settings, and a memory store that answers as the real one does for the register."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from indexer import settings
from indexer.settings import Settings


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    """Settings of a data folder of the test's own."""
    return replace(settings.load(), var=tmp_path, database_url="")
