"""What those who run the site see, and what programs that watch it read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families as families

from schedules.history import History, Outcome

NOW = datetime.now(UTC)


def tried(history: History, outcome: Outcome, ago: timedelta) -> None:
    claim = history.claim("crawl:shanghai", NOW - ago, "shanghai")
    assert claim is not None and history.finish(claim, outcome, NOW - ago + timedelta(minutes=5))


def metrics(visitor: FlaskClient) -> dict[str, list[float]]:
    answer = visitor.get("/metrics")
    assert answer.status_code == 200 and answer.content_type.startswith("text/plain")
    return {family.name: [sample.value for sample in family.samples] for family in families(answer.text)}


def test_the_site_says_that_it_lives_while_search_is_down(visitor: FlaskClient) -> None:
    answer = visitor.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_metrics_tell_of_the_scheduler_and_each_source(visitor: FlaskClient, history: History) -> None:
    tried(history, Outcome("ok"), timedelta(hours=3))
    tried(history, Outcome("failed"), timedelta(hours=2))
    assert history.claim("scheduler", datetime.now(UTC)) is not None
    found = metrics(visitor)
    assert found["qingce_scheduler_up"] == [1]
    assert found["qingce_source_failures"] == [1]
    assert found["qingce_source_last_good_timestamp_seconds"] == [(NOW - timedelta(hours=2, minutes=55)).timestamp()]


def test_a_source_without_a_good_run_has_no_time_of_it(visitor: FlaskClient) -> None:
    found = metrics(visitor)
    assert found["qingce_source_last_good_timestamp_seconds"] == [] and found["qingce_scheduler_up"] == [0]


def test_the_page_is_for_staff(visitor: FlaskClient) -> None:
    answer = visitor.get("/operations")
    assert answer.status_code == 302 and "/login" in answer.headers["Location"]


def test_the_page_shows_sources_and_tries_with_their_reasons(officer: FlaskClient, history: History) -> None:
    tried(history, Outcome("blocked", run="20260101T000000Z-abcdef", reason="blocked: <challenge>"), timedelta(hours=1))
    text = officer.get("/operations").text
    assert "上海平台" in text and "被对方拦截" in text and "20260101T000000Z-abcdef" in text
    assert "blocked: &lt;challenge&gt;" in text and "<challenge>" not in text
    assert "定时采集没有运行" in text


def test_the_page_says_since_when_the_scheduler_works(officer: FlaskClient, history: History) -> None:
    assert history.claim("scheduler", datetime.now(UTC)) is not None
    assert "定时采集正在运行" in officer.get("/operations").text


def test_before_anything_ran_the_page_says_so(officer: FlaskClient) -> None:
    text = officer.get("/operations").text
    assert "从未采集" in text and "还没有运行过任何定时任务" in text
