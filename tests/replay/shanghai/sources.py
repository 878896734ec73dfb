"""Writes the replay's source file with the address it is served at."""

from __future__ import annotations

from pathlib import Path

NAME = "shanghai-eic-replay"
TEMPLATE = Path(__file__).parent / "sources" / f"{NAME}.yaml"


def write(url: str, folder: Path) -> Path:
    """``shanghai-eic-replay.yaml`` for the site at ``url`` in ``folder`` (made where absent); returns its path.

    Name the folder in ``QINGCE_SOURCES`` to crawl it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / TEMPLATE.name
    path.write_text(TEMPLATE.read_text(encoding="utf-8").replace("@BASE_URL@", url), encoding="utf-8")
    return path
