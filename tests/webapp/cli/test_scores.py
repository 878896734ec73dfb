"""``qingce scores``: reckoned once a day, listed by rank, refused where it makes no sense."""

from __future__ import annotations

import json
import os

import pytest

from indexer.engine.connect import client
from indexer.engine.store import Store
from tests.indexer.scoring.rows import DAY, duty, enterprise
from tests.webapp.cli.conftest import Tool


@pytest.fixture
def filled(engine: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two enterprises of one city on a simulated day."""
    monkeypatch.setenv("QINGCE_CLOCK", DAY)
    with client(os.environ["QINGCE_ELASTICSEARCH_URL"]) as made:
        store = Store(made, os.environ["QINGCE_INDEX_PREFIX"])
        store.ensure()
        store.bulk("enterprises", [enterprise("e-1"), enterprise("e-2")])
        store.bulk("duties", [duty("e-1"), duty("e-2", delay_days=3, state="late")])
        store.refresh()


def test_scores_are_reckoned_once_and_listed(qingce: Tool, filled: None) -> None:
    first = qingce("scores")
    assert first.exit_code == 0, first.output
    assert f"2 enterprises, 0 authorities, 8 scores of regions as of {DAY}" in first.output
    assert "province 31" in first.output and "city 31" in first.output
    again = qingce("scores", "--region", "31", "--json")
    told = json.loads(again.stdout)
    assert told["reckoned"] is None
    # T of the second: 1 - 3/30.
    ranked = [(row["subject"], row["ranks"][0]["rank"], row["heads"][0]["value"]) for row in told["rows"]]
    assert ranked == [("e-1", 1, 100), ("e-2", 2, 90)]
    assert all("lines" not in row and row["reader"] == "staff" for row in told["rows"])
    # Whether the second was late the public may not be told: nobody put a finding on it.
    public = json.loads(qingce("scores", "--region", "31", "--public", "--json").stdout)["rows"]
    assert [row["ranks"][0]["rank"] for row in public] == [1, 1]
    assert "2 enterprises" in qingce("scores", "--again").output


@pytest.mark.parametrize(("words", "code", "said"), [
    (["--rubric", "eval"], 2, "rubric 'eval' has no scores of this kind; there are monitoring, ours, yardsticks"),
    (["--rubric", "monitoring", "--region", "31"], 2, "there are ours"),
    (["--as-of", "soon"], 2, "soon"),
    (["--as-of", "2026-11-24"], 1, f"2026-11 has scores of {DAY} already, which is later than 2026-11-24"),
])  # fmt: skip
def test_what_makes_no_sense_is_one_line(qingce: Tool, filled: None, words: list[str], code: int, said: str) -> None:
    if code == 1:
        qingce("scores")
    result = qingce("scores", *words)
    assert result.exit_code == code and said in " ".join(result.stderr.split()) and "Traceback" not in result.stderr
