"""One server and one crawl of the family sites a session, of those alone whose tests were asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from crawlers.errors import CrawlError
from crawlers.run import crawl
from crawlers.source import Source, effective
from examples.province.families import FAMILIES
from examples.province.sources import source_name
from tests.crawlers.scripted import Told, read_run
from tests.families import province


@dataclass(frozen=True)
class Crawled:
    """A family site's source and its run."""

    source: Source
    run: Told


Runs = dict[str, Crawled | CrawlError]
"""Site → its run, or why its source cannot be crawled."""


@pytest.fixture(scope="session")
def runs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """Every family site that a collected test names, crawled on the last visit day."""
    folder = tmp_path_factory.mktemp("families")
    asked = {item.callspec.params.get("site") for item in request.session.items if hasattr(item, "callspec")}
    with pytest.MonkeyPatch.context() as patch, province.standing(folder / "sources"):
        patch.setenv("QINGCE_SOURCES", str(folder / "sources"))
        patch.setenv("QINGCE_CLOCK", province.DAY.isoformat())
        found = {site: _source(site) for site in FAMILIES if site in asked}
        sources = {source.name: source for source in found.values() if isinstance(source, Source)}
        told = {result.source: read_run(result.folder) for result in crawl(list(sources), folder / "var")}
    # After the block: the clock of these runs is nobody else's.
    return {
        site: Crawled(source, told[source.name]) if isinstance(source, Source) else source
        for site, source in found.items()
    }


def _source(site: str) -> Source | CrawlError:
    """A source that cannot be used fails its own tests, not those of the others."""
    try:
        return effective(source_name(site))
    except CrawlError as error:
        return error


@pytest.fixture
def crawled(runs: Runs, site: str) -> Crawled:
    """The run of ``site``."""
    found = runs[site]
    if isinstance(found, CrawlError):
        pytest.fail(f"{site}: {found}")
    return found


@pytest.fixture(scope="session")
def fixtures() -> Path:
    """The folder of saved pages."""
    return Path(__file__).parent / "fixtures"
