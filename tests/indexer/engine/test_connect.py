"""Addresses that are wrong, dead, foreign or too old: one line that says what was tried and what to do."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from indexer.engine import checks
from indexer.engine.connect import client, connected, shown
from indexer.engine.errors import EngineError
from indexer.engine.node import Node
from indexer.settings import Settings, load


@contextmanager
def _server(status: int, body: Any, headers: dict[str, str]) -> Iterator[str]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            for name, value in {
                "Content-Type": "application/json",
                "Content-Length": str(len(data)),
                **headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing on the console."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


OURS = {"X-Elastic-Product": "Elasticsearch"}


def _message(url: str) -> str:
    with pytest.raises(EngineError) as error, client(url):
        pytest.fail("connected")
    assert "\n" not in str(error.value)
    return str(error.value)


def test_nothing_answers() -> None:
    text = _message("http://user:secret@127.0.0.1:9")
    assert text.startswith("no Elasticsearch at http://127.0.0.1:9 (")
    assert "Connection refused" in text
    assert "unset it to use the embedded node" in text
    assert "secret" not in text


def test_no_address_at_all() -> None:
    assert "write it like http://127.0.0.1:9200" in _message("localhost")


def test_another_kind_of_server() -> None:
    with _server(200, {"hello": "world"}, {}) as url:
        assert "refuses" in _message(url)


def test_a_cluster_that_wants_a_password() -> None:
    with _server(401, {"error": {"type": "security_exception", "reason": "missing credentials"}}, OURS) as url:
        assert "refuses (security_exception: missing credentials)" in _message(url)


def test_a_cluster_that_is_too_old() -> None:
    nodes = {"nodes": {"a": {"version": "9.5.3"}, "b": {"version": "8.19.1"}}}
    with _server(200, nodes, OURS) as url:
        assert "runs Elasticsearch 8.19.1; 9.5 or newer is needed" in _message(url)


def test_the_address_of_the_environment_is_used_and_no_node_started(es_node: Node, tmp_path: Path) -> None:
    settings = replace(load(), var=tmp_path, elasticsearch_url=es_node.url)
    with connected(settings) as made:
        assert made.cluster.health()["cluster_name"] == "qingce"
    assert list(tmp_path.iterdir()) == []
    assert [(check["name"], check["ok"]) for check in checks.checks(settings)] == [("elasticsearch", True)]


def test_an_address_is_shown_without_its_password() -> None:
    assert shown("https://user:secret@search.example:9200/path") == "https://search.example:9200/path"


@pytest.fixture
def bare(tmp_path: Path) -> Settings:
    """Settings of a folder where nothing has run yet, with an empty jar cache."""
    return replace(load(), var=tmp_path / "var", jars=tmp_path / "jars", elasticsearch_url="", elasticsearch_port=0)


def _failed(settings: Settings) -> dict[str, checks.Check]:
    return {check["name"]: check for check in checks.checks(settings) if not check["ok"]}


def test_doctor_on_a_new_machine_lacks_only_the_jars_and_changes_nothing(bare: Settings, tmp_path: Path) -> None:
    failed = _failed(bare)
    assert set(failed) == {"jars"}
    assert failed["jars"]["detail"].startswith("53 of 53 jars are not in")
    assert list(tmp_path.iterdir()) == []


def test_doctor_names_a_taken_port_a_wrong_heap_and_a_dead_address(bare: Settings) -> None:
    with _server(200, {}, {}) as url:
        taken = int(url.rsplit(":", 1)[1])
        assert str(taken) in _failed(replace(bare, elasticsearch_port=taken))["port"]["detail"]
    assert "write it like 512m" in _failed(replace(bare, heap="much"))["memory"]["remedy"]
    assert "9000" in checks.checks(replace(bare, elasticsearch_url="http://127.0.0.1:9000"))[0]["detail"]


@pytest.mark.parametrize(
    ("heap", "size"), [("512m", 512 << 20), ("1G", 1 << 30), ("1024", 1024), ("x", None), ("", None)]
)
def test_heap_sizes_are_read_as_java_reads_them(heap: str, size: int | None) -> None:
    assert checks.heap_bytes(heap) == size
