"""The crawl's log makes no record below its level, and a level that is none is refused by name."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest

from crawlers import quietlog


@pytest.fixture
def restored() -> Iterator[None]:
    before = logging.root.manager.disable
    yield
    logging.disable(before)


def test_loggers_make_nothing_below_the_level(restored: None) -> None:
    chatty = logging.getLogger("pdfminer.psparser")
    chatty.setLevel(logging.DEBUG)
    quietlog.quieten("WARNING")
    assert not chatty.isEnabledFor(logging.INFO) and chatty.isEnabledFor(logging.WARNING)
    quietlog.quieten("DEBUG")
    assert chatty.isEnabledFor(logging.DEBUG)


def test_pages_have_lines_for_whoever_debugs_alone() -> None:
    assert quietlog.settings("DEBUG") == {"LOG_LEVEL": "DEBUG"}
    assert quietlog.settings("WARNING")["LOG_FORMATTER"] == "crawlers.quietlog.QuietFormatter"
    formatter = quietlog.QuietFormatter()
    assert formatter.crawled() is None and formatter.scraped() is None


def test_a_level_that_is_none_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QINGCE_CRAWL_LOG_LEVEL", "loud")
    done = subprocess.run([sys.executable, "-m", "crawlers.run", "any"], capture_output=True, text=True, check=False)
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "QINGCE_CRAWL_LOG_LEVEL" in done.stderr
