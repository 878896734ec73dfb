"""The real sources and the rules of source files."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from scrapy.utils.test import get_crawler

from crawlers import source as sources_module
from crawlers.clock import simulated
from crawlers.errors import SourceError, UnknownSourceError
from crawlers.families import FAMILIES
from crawlers.runs import Run
from crawlers.settings import BUILT_IN
from crawlers.source import Source, all_sources, effective, enabled, export, from_export
from tests.crawlers.scripted import DIRECTORY, write_source

REAL = list(all_sources((BUILT_IN,)))
CRAWLED = [source for source in REAL if source.family in FAMILIES]


async def first_request(spider: Any) -> Any:
    return await anext(spider.start())


@pytest.mark.parametrize("source", CRAWLED, ids=lambda source: source.name)
def test_every_real_source_loads_is_off_and_yields_a_first_request_on_its_hosts(source: Source, tmp_path: Path) -> None:
    assert not source.enabled and source.data["verified"] == "never" and not source.loopback
    assert source.pace.delay >= 1 and source.pace.autothrottle
    run = Run(tmp_path, source, simulated("2026-11-20"))
    spider = FAMILIES[source.family].from_crawler(get_crawler(), source=source, run=run, clock=run.clock, ended=print)
    request = asyncio.run(first_request(spider))
    assert request.url.split("/")[2] in source.hosts and request.errback is not None
    run.finish("stopped", "not asked")


@pytest.mark.parametrize("source", REAL, ids=lambda source: source.name)
def test_an_exported_definition_reads_back_as_itself(source: Source, tmp_path: Path) -> None:
    again = from_export(export(source, tmp_path, f"{source.name}.json"))
    assert again.data == source.data and again.kinds == source.kinds


@pytest.mark.parametrize("source", [s for s in REAL if s not in CRAWLED], ids=lambda source: source.name)
def test_a_source_that_only_a_person_supplies_says_why(source: Source) -> None:
    assert source.family == "supplied" and source.data["notes"]
    assert not source.enabled and source.data["verified"] == "never"


def test_no_real_source_is_enabled_by_default() -> None:
    assert enabled((BUILT_IN,)) == []


def test_an_unknown_source_names_near_ones(sources: Path) -> None:
    with pytest.raises(UnknownSourceError, match=r"unknown source 'shanghai-eicc'; did you mean shanghai-eic[,?]"):
        effective("shanghai-eicc")


def test_extends_merges_mappings_and_replaces_lists_and_keeps_switches_its_own(sources: Path) -> None:
    (sources / "mine.yaml").write_text(
        "extends: shanghai-eic\ntitle: 别处\nbase_url: http://127.0.0.1:8801\nloopback: true\n"
        "pace: {delay: 0}\nwalk: {list: {max_pages: 3}, feeds: []}\n",
        encoding="utf-8",
    )
    mine, base = effective("mine"), effective("shanghai-eic")
    assert mine.name == "mine" and mine.pace.delay == 0 and mine.pace.timeout == base.pace.timeout
    assert mine.walk["list"]["max_pages"] == 3 and mine.walk["list"]["table"] == base.walk["list"]["table"]
    assert mine.walk["feeds"] == [] and not mine.enabled and mine.hosts == ("127.0.0.1:8801",)


BROKEN = {
    "title: [\n": "line 2, column 1: broken YAML",
    "title: a\ntitle: b\n": "line 2, column 1: broken YAML: the key 'title' stands twice",
    "- a\n": "a source is a mapping of fields, this is list",
    "extends: nowhere\n": "field extends: unknown source 'nowhere'",
    "extends: broken\n": "broken → broken is a circle",
    "extends: shanghai-eic\nname: other\n": "field name: 'other' is not the file's name 'broken'",
    "extends: shanghai-eic\nchannel: tv\n": "field channel: Must be one of",
    "extends: shanghai-eic\ncolour: red\n": "field colour: Unknown field",
    "extends: shanghai-eic\nwalk: {list: {pages: '(\\d+'}}\n": "field walk.list.pages: no regular expression",
    "extends: shanghai-eic\nwalk: {list: {pages: 'x'}}\n": "field walk.list.pages: the expression needs 1 group",
    "extends: shanghai-eic\nwalk: {list: {table: 'a['}}\n": "field walk.list.table: no CSS selector",
    "extends: shanghai-eic\nwalk: {list: {kind: news}}\n": "field walk.list.kind: no such kind",
    "extends: shanghai-eic\nwalk: {info: {kind: carbon}}\n": "field covers: the walk yields the kind carbon",
    "extends: shanghai-eic\nallowed_hosts: [a.example]\n": "field allowed_hosts: xxgk.eic.sh.cn of base_url is not",
    "extends: shanghai-eic\ncadence: sometimes\n": "field cadence: not like daily",
}


@pytest.mark.parametrize("text", BROKEN, ids=lambda text: text.splitlines()[-1][:40])
def test_a_bad_file_gives_one_line_with_file_field_and_what_to_do(sources: Path, text: str) -> None:
    (sources / "broken.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        effective("broken")
    assert BROKEN[text] in str(caught.value) and "broken.yaml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_name_stands_for_one_file_alone(sources: Path) -> None:
    write_source(sources, "shanghai-eic", "http://127.0.0.1:1", **DIRECTORY)
    with pytest.raises(SourceError, match="the name shanghai-eic is taken by"):
        effective("shanghai-eic")


def test_a_missing_folder_of_sources_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QINGCE_SOURCES", str(tmp_path / "nowhere"))
    with pytest.raises(SourceError, match="no such folder of sources; correct QINGCE_SOURCES"):
        sources_module.effective("shanghai-eic")
