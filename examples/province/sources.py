"""Writes the source files of a running province: the templates of ``sources/`` with its addresses filled in."""

from __future__ import annotations

from pathlib import Path

from .places import REGIONS
from .sites import ALL

TEMPLATES = Path(__file__).parent / "sources"
PREFIX = "province-"


def source_name(site: str) -> str:
    """Name of a site's source: ``platform-e`` → ``province-platform-e``."""
    return PREFIX + site


def write(urls: dict[str, str], folder: Path) -> list[Path]:
    """One ``province-<site>.yaml`` a site in ``folder`` (made where absent); returns their paths.

    Raises ValueError where ``urls`` lacks a site, naming those.
    """
    lacking = [site for site in ALL if site not in urls]
    if lacking:
        raise ValueError(f"no address for {', '.join(lacking)}; give all of {', '.join(ALL)}")
    folder.mkdir(parents=True, exist_ok=True)
    return [_write_one(site, urls[site], folder / f"{source_name(site)}.yaml") for site in ALL]


def _write_one(site: str, url: str, path: Path) -> Path:
    text = (TEMPLATES / path.name).read_text(encoding="utf-8")
    regions = "{" + ", ".join(f'"{code}": {name}' for code, name in REGIONS.items()) + "}"
    path.write_text(text.replace("@BASE_URL@", url).replace("@REGIONS@", regions), encoding="utf-8")
    return path
