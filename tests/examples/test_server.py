"""The running province: its clock, its ports, its source files, its command line."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from examples.province import cli, script, sources
from examples.province.model import World
from examples.province.server import PortTakenError, ProvinceServer
from examples.province.sites import ALL, SITES

from .conftest import Ask

ROOT = Path(__file__).resolve().parents[2]


def test_the_clock_is_set_over_http(ask: Ask, province: ProvinceServer) -> None:
    import http.client

    connection = http.client.HTTPConnection(province.urls["control"].removeprefix("http://"))
    connection.request("POST", "/clock", json.dumps({"date": "2021-07-05"}))
    assert json.loads(connection.getresponse().read()) == {"date": "2021-07-05"}
    connection.request("POST", "/clock", '{"date": "yesterday"}')
    refused = connection.getresponse()
    assert refused.status == 400 and b"YYYY-MM-DD" in refused.read()
    connection.request("GET", "/clock")
    assert json.loads(connection.getresponse().read()) == {"date": "2021-07-05"}
    connection.close()


def test_a_taken_port_is_named(world: World, province: ProvinceServer) -> None:
    taken = int(province.urls["control"].rsplit(":", 1)[1])
    with pytest.raises(PortTakenError, match=f"port {taken} .* choose another --port-base"):
        ProvinceServer(world, date(2021, 3, 1), taken).start()


def test_one_port_a_site(province: ProvinceServer) -> None:
    assert set(province.urls) == {"control", *ALL} and len(set(province.urls.values())) == 1 + len(ALL)


OF_THEIR_OWN = {"province-eid", "province-alarms", "province-supervision"}
"""Shapes without a real source that is described well enough to extend."""


def test_source_files_extend_real_ones(tmp_path: Path, province: ProvinceServer) -> None:
    for path in sources.write(province.urls, tmp_path):
        loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert loaded["name"] == path.stem and loaded["base_url"] == province.urls[path.stem.removeprefix("province-")]
        assert loaded["loopback"] and loaded["demo"] and loaded["enabled"] and loaded["regions"]["990781"] == "庚原市"
        assert "extends" in loaded or loaded["name"] in OF_THEIR_OWN
    with pytest.raises(ValueError, match="no address for permit"):
        sources.write({}, tmp_path)


def test_source_files_satisfy_the_crawlers_schema(tmp_path: Path, province: ProvinceServer) -> None:
    from crawlers import settings
    from crawlers.source import effective

    sources.write(province.urls, tmp_path)
    for site in SITES:
        assert effective(f"province-{site}", (settings.BUILT_IN, tmp_path)).loopback


def test_the_script_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["script"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["visit_days"][0] == "2021-03-01" and printed["last_day"] == "2026-11-20"
    assert printed["as_of"] == [day.isoformat() for day in script.AS_OF_DAYS]


def test_bad_input_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["truth", "--as-of", "2021-07-20", "--enterprises", "3"]) == 2
    assert capsys.readouterr().err.startswith("province: --enterprises 3: at least 6")
    with pytest.raises(SystemExit):
        cli.main(["truth", "--as-of", "July"])
    assert "is not a day" in capsys.readouterr().err


def test_serve_writes_its_addresses_and_ends_on_a_signal(tmp_path: Path) -> None:
    ready = tmp_path / "ready.json"
    words = [
        "serve",
        "--port-base",
        "0",
        "--enterprises",
        "24",
        "--ready",
        str(ready),
        "--sources",
        str(tmp_path / "s"),
    ]
    process = subprocess.Popen([sys.executable, "-m", "examples.province", *words], cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    urls = json.loads(process.stdout.readline())
    assert json.loads(ready.read_text()) == urls and len(list((tmp_path / "s").glob("*.yaml"))) == len(ALL)
    process.terminate()
    assert process.wait(timeout=20) == 0
    process.stdout.close()
