"""Saved pages: each family has some, each is read at a frozen instant; their replay is web-poet's own plugin's work."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from web_poet.serialization import load_class
from web_poet.testing import Fixture

from crawlers.families import FAMILIES
from crawlers.settings import BUILT_IN
from crawlers.source import effective
from examples.province import sources
from examples.province.families import FAMILIES as SITES
from examples.province.sites import ALL
from tests.families.save import FROZEN

FOLDER = Path(__file__).parent / "fixtures"
SAVED = sorted(path.parent for path in FOLDER.glob("*/*/*/output.json"))


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Any socket that is opened fails the test."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a page object asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    yield


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_every_family_has_saved_pages(family: str) -> None:
    outputs = [Fixture(path).get_expected_output() for path in SAVED if path.parent.parent.name == family]
    assert outputs, f"python -m tests.families.save SITE of the family {family}"
    assert any(output.get("rows") or output.get("parts") or output.get("items") for output in outputs)


def test_every_family_is_planted_in_the_province(tmp_path: Path) -> None:
    sources.write(dict.fromkeys(ALL, "http://127.0.0.1:1"), tmp_path)
    planted = {effective(sources.source_name(site), (BUILT_IN, tmp_path)).family for site in SITES}
    assert set(FAMILIES) - planted == set()


@pytest.mark.parametrize("path", SAVED, ids=lambda path: f"{path.parent.parent.name}/{path.name}")
def test_a_saved_page_is_read_as_it_was(path: Path, no_network: None) -> None:
    fixture = Fixture(path)
    assert fixture.is_valid() and fixture.get_meta()["frozen_time"] == FROZEN
    fixture.assert_full_item_correct(load_class(path.parent.name))
