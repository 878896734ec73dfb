"""Search is down, not indexed yet, or a source file is broken: the site says what and what to do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.webapp.conftest import Site, settings_in
from tests.webapp.samples import ID
from webapp import create_app


@pytest.mark.parametrize("path", ["/", "/search?q=x", f"/enterprise/{ID}", "/gaps", "/gaps.csv", "/sources"])
def test_with_elasticsearch_down_every_page_that_needs_it_says_so(tmp_path, today: None, path: str) -> None:  # type: ignore[no-untyped-def]
    settings = settings_in(tmp_path)
    inner = replace(settings.indexer, elasticsearch_url="http://127.0.0.1:9")
    client = create_app(replace(settings, indexer=inner)).test_client()
    answer = client.get(path)
    assert answer.status_code == 503 and "检索服务暂时不可用" in answer.text and "qingce doctor" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    for calm in ("/about", "/login", "/healthz", "/static/site.css"):
        assert client.get(calm).status_code == 200


def test_the_json_error_has_the_same_words(tmp_path, today: None) -> None:  # type: ignore[no-untyped-def]
    settings = settings_in(tmp_path)
    inner = replace(settings.indexer, elasticsearch_url="http://127.0.0.1:9")
    answer = create_app(replace(settings, indexer=inner)).test_client().get("/suggest.json?q=x")
    assert answer.status_code == 503 and answer.get_json()["error"]["title"] == "检索服务暂时不可用"


def test_an_index_that_is_gone_names_the_command(fresh: Site) -> None:
    fresh.store.drop()
    answer = fresh.app.test_client().get("/gaps")
    assert answer.status_code == 503 and "索引尚未建立" in answer.text and "qingce index" in answer.text
    fresh.store.ensure()


def test_an_empty_register_is_no_error(fresh: Site) -> None:
    fresh.store.drop()
    fresh.store.ensure()
    client = fresh.app.test_client()
    for path in ("/", "/search", "/search?q=金山", "/gaps", "/sources", "/about", "/gaps.csv"):
        assert client.get(path).status_code == 200, path


def test_a_broken_source_file_is_named(fresh: Site) -> None:
    folder = fresh.settings.indexer.sources
    folder.mkdir(parents=True)
    (folder / "bad.json").write_text("{", encoding="utf-8")
    answer = fresh.app.test_client().get("/sources")
    assert answer.status_code == 500 and "bad.json" in answer.text


@pytest.mark.parametrize(
    "query", ["q=" + "化" * 5000, "q=%00", "q=%22%28%29+AND+%2A", "page=99999999", "page=-1", "region=*", "q=a%20" * 60]
)
def test_odd_searches_are_answered(site: Site, query: str) -> None:
    assert site.app.test_client().get(f"/search?{query}").status_code == 200
