"""Family sites change no duty: none is a channel of an enterprise of the truth for a kind that a duty asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.settings import BUILT_IN
from crawlers.source import effective
from examples.province import sources
from examples.province.families import FAMILIES
from examples.province.model import O31_KINDS
from examples.province.sites import ALL
from tests.families import province

ASKED = {kind for kinds in O31_KINDS.values() for kind in kinds} | {"annual_report", "permit_report", "monitoring"}
"""Kinds that the judged duties ask for (contracts, section 8)."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The province's source files; nothing is asked there."""
    made = tmp_path_factory.mktemp("sources")
    sources.write(dict.fromkeys(ALL, "http://127.0.0.1:1"), made)
    return made


@pytest.mark.parametrize("site", FAMILIES)
def test_a_family_site_is_no_channel_of_the_truth(site: str, folder: Path) -> None:
    source = effective(sources.source_name(site), (BUILT_IN, folder))
    regions = {firm.region for firm in province.world().firms}
    for cover in source.data["covers"]:
        reached = [region for region in regions if region.startswith(tuple(cover["regions"]))]
        assert not (ASKED & set(cover["kinds"]) and cover["classes"] and reached), cover
    assert source.data["membership"] is None, "a membership would make duties that the truth does not know"
