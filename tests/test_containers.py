"""The container files name only what exists: commands, options, ports, variables, volumes, files."""

from __future__ import annotations

import importlib.util
import re
import shlex
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from tests import known
from webapp.cli import cli

ROOT = Path(__file__).resolve().parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
OURS = [name for name, service in SERVICES.items() if "build" in service]


def test_the_image_is_the_engine_we_are_built_for() -> None:
    version = re.fullmatch(r"elasticsearch:(9\.\d+)\.\d+", SERVICES["elasticsearch"]["image"])
    assert version is not None
    assert f'"elasticsearch>={version[1]},' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", OURS)
def test_each_service_starts_a_command_that_exists(name: str) -> None:
    entry = SERVICES[name].get("entrypoint") or ["qingce"]
    assert_runs([*entry, *SERVICES[name]["command"]])


def test_the_image_starts_a_command_that_exists() -> None:
    words = [yaml.safe_load(re.search(rf"^{key} (\[.*\])$", DOCKERFILE, re.M)[1]) for key in ("ENTRYPOINT", "CMD")]  # type: ignore[index]
    assert_runs(words[0] + words[1])


def assert_runs(words: list[str]) -> None:
    """``qingce COMMAND …`` with options the command has, or ``python -m MODULE`` that can be imported."""
    if words[:2] == ["python", "-m"]:
        assert importlib.util.find_spec(words[2]) is not None
        return
    assert words[0] == "qingce"
    command = cli.commands[words[1]]
    command.make_parser(click.Context(command)).parse_args(args=words[2:])


@pytest.mark.parametrize("name", [name for name in SERVICES if "healthcheck" in SERVICES[name]])
def test_each_health_check_asks_something_that_answers(name: str) -> None:
    kind, *words = SERVICES[name]["healthcheck"]["test"]
    assert kind == "CMD"
    if words[:2] == ["python", "-m"]:
        assert importlib.util.find_spec(words[2]) is not None
    elif name == "web":
        assert "http://127.0.0.1:8000/healthz" in words[-1]
        assert '"/healthz"' in "".join(p.read_text(encoding="utf-8") for p in (ROOT / "webapp/operations").glob("*.py"))
    else:
        assert words[0] == "curl" and words[-1].startswith("http://127.0.0.1:9200/")


def test_every_service_has_a_health_check() -> None:
    assert [name for name, service in SERVICES.items() if "healthcheck" not in service] == []


def test_ports_are_published_on_loopback_and_served() -> None:
    served = {"elasticsearch": "9200", "web": SERVICES["web"]["command"][-1]}
    for name, service in SERVICES.items():
        for port in service.get("ports", []):
            assert re.fullmatch(r"127\.0\.0\.1:(?:\$\{PORT:-)?\d+\}?:" + served[name], port)
    assert f"EXPOSE {served['web']}\n" in DOCKERFILE


def test_every_variable_is_a_setting() -> None:
    passed = {key for name in OURS for key in SERVICES[name]["environment"]}
    assert {key for key in passed if key.startswith("QINGCE_")} == passed
    assert passed - known.settings() == set()
    asked = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
    documented = (ROOT / "docs/how-to/run-a-cluster.md").read_text(encoding="utf-8")
    assert [word for word in asked if word not in documented] == []


def test_volumes_are_declared_and_used_where_the_data_are() -> None:
    mounts = [mount.split(":") for service in SERVICES.values() for mount in service.get("volumes", [])]
    assert {source for source, _ in mounts} == set(COMPOSE["volumes"])
    assert all(["data", SERVICES[name]["environment"]["QINGCE_VAR"]] in
               [m.split(":") for m in SERVICES[name]["volumes"]] for name in OURS)  # fmt: skip
    assert re.search(r"^VOLUME /data$", DOCKERFILE, re.M) and "QINGCE_VAR=/data" in DOCKERFILE


def test_the_services_wait_for_what_they_need() -> None:
    for name in OURS:
        assert SERVICES[name]["depends_on"].keys() <= SERVICES.keys()
        assert SERVICES[name]["depends_on"]["elasticsearch"]["condition"] == "service_healthy"


def test_every_copied_file_exists_and_is_not_left_out() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    for line in re.findall(r"^COPY (.+)$", DOCKERFILE, re.M):
        for source in shlex.split(line)[:-1]:
            assert (ROOT / source).exists(), source
            assert not any(fnmatch(source, pattern) for pattern in ignored), source
