"""The province on its last visit day, served in this process, with its source files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from examples.province import sources
from examples.province.model import World
from examples.province.script import VISIT_DAYS
from examples.province.server import ProvinceServer
from examples.province.world import build_world

DAY: date = VISIT_DAYS[-1]
"""The day on which family sites are crawled."""
ENTERPRISES, SEED = 120, 7


def world(enterprises: int = ENTERPRISES) -> World:
    """The world of these tests."""
    return build_world(enterprises, SEED)


@contextmanager
def standing(folder: Path, enterprises: int = ENTERPRISES) -> Iterator[None]:
    """Serve every site until the block ends; their source files lie in ``folder``."""
    with ProvinceServer(world(enterprises), DAY) as server:
        sources.write(server.urls, folder)
        yield
