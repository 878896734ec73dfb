"""Saves pages with what is read of them, in web-poet's fixture format; see the package for how they are replayed.

    python -m tests.families.save SITE… [--most 2] [--enterprises 120]
    python -m tests.families.save --file PAGE --page CLASS --params JSON --url URL --family F --name N

Read what was written before it is committed: it is what the tests will hold the readers to.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from web_poet import HttpResponse, PageParams
from web_poet.testing import Fixture
from web_poet.utils import get_fq_class_name

from examples.province.sources import source_name
from tests.families import province

FIXTURES = Path(__file__).parent / "fixtures"
FROZEN = f"{province.DAY.isoformat()}T04:00:00+00:00"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; see the module."""
    parser = argparse.ArgumentParser(prog="python -m tests.families.save", description="Save pages of site families.")
    parser.add_argument("sites", nargs="*", metavar="SITE", help="site of the province; its saved pages are replaced")
    parser.add_argument("--most", type=int, default=2, help="pages saved of each page object and its params")
    parser.add_argument("--enterprises", type=int, default=province.ENTERPRISES, help="size of the world")
    parser.add_argument("--file", type=Path, help="a page that lies in a file")
    for name in ("page", "params", "url", "family", "name", "type"):
        parser.add_argument(f"--{name}", help=f"with --file: {name}")
    options = parser.parse_args(arguments)
    if options.file:
        body = options.file.read_bytes()
        headers = {"Content-Type": options.type or "text/html;charset=UTF-8"}
        page = _loaded(options.page)(
            HttpResponse(options.url, body, status=200, headers=headers), PageParams(json.loads(options.params or "{}"))
        )
        print(_save(page, options.family, options.name, options.url))
        return 0
    if not options.sites:
        parser.error("name a site of the province, or a --file")
    _save_sites(options.sites, options.most, options.enterprises)
    return 0


def _loaded(name: str) -> Any:
    from web_poet.serialization import load_class

    return load_class(name)


def _save_sites(sites: list[str], most: int, enterprises: int) -> None:
    families = _crawl(sites, enterprises)
    for site, family in families.items():
        for old in (FIXTURES / family).glob(f"*/{site}-[0-9]*"):
            shutil.rmtree(old)
        from tests.families.recording import SEEN

        for number, page in enumerate(_chosen(SEEN.get(source_name(site), []), most), 1):
            parts = urlsplit(str(page.response.url))
            url = parts._replace(scheme="http", netloc=f"{site}.example").geturl()
            print(_save(page, family, f"{site}-{number}", url))


def _crawl(sites: list[str], enterprises: int) -> dict[str, str]:
    """Crawl the sites in this process; site → family."""
    from crawlers import clock as clocks
    from crawlers import settings as settings_module
    from crawlers.process import Job, work
    from crawlers.runs import Run
    from crawlers.source import effective

    recorder = {"SPIDER_MIDDLEWARES": {"tests.families.recording.PageRecorder": 10}}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with province.standing(folder / "sources", enterprises):
            os.environ["QINGCE_SOURCES"] = str(folder / "sources")
            os.environ["QINGCE_CLOCK"] = province.DAY.isoformat()
            sources = {site: effective(source_name(site)) for site in sites}
            clock = clocks.read()
            jobs = [Job(s, Run(folder / "var", s, clock), clock, dict(recorder)) for s in sources.values()]
            results = work(jobs, settings_module.load(), lambda result: print(result.words))
    if any(result.status != "finished" for result in results):
        sys.exit("a crawl did not finish: nothing was saved")
    return {site: source.family for site, source in sources.items()}


def _chosen(pages: Iterable[Any], most: int) -> list[Any]:
    """Of each page object and its params the first page and then the longest ones."""
    groups: dict[tuple[str, str], list[Any]] = {}
    for page in pages:
        shape = {name: value for name, value in page.params.items() if name != "filename"}
        key = (get_fq_class_name(type(page)), json.dumps(shape, sort_keys=True, default=str))
        groups.setdefault(key, []).append(page)
    chosen = []
    for group in groups.values():
        longest = sorted(group[1:], key=lambda page: (-len(page.response.body), str(page.response.url)))
        distinct = {bytes(page.response.body): page for page in reversed([group[0], *longest])}
        chosen += list(reversed(distinct.values()))[:most]
    return chosen


def _save(page: Any, family: str, name: str, url: str) -> Path:
    """One page under its family and page object; its address is made to name no port of this machine."""
    kind = type(page)
    headers = {"Content-Type": page.response.headers.get("Content-Type") or "text/html"}
    response = HttpResponse(url, bytes(page.response.body), status=page.response.status, headers=headers)
    params = PageParams(dict(page.params))
    folder = FIXTURES / family / get_fq_class_name(kind)
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / name).exists():
        shutil.rmtree(folder / name)
    saved = Fixture.save(folder, inputs=[response, params], meta={"frozen_time": FROZEN}, fixture_name=name)
    # Read as it will be replayed: from what was written, at the frozen instant.
    saved.output_path.write_text(saved.item_to_json(saved.get_output(kind)), encoding="utf-8")
    return Path(saved.path).relative_to(FIXTURES)


if __name__ == "__main__":
    sys.exit(main())
