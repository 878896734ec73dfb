"""The installed Chromium: found on the path, or a clear word that it is absent."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def executable() -> str:
    """The browser's path. Without one the test is skipped with the reason, in continuous integration it fails."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        words = f"no browser: install one of {', '.join(NAMES)} (on Debian: apt-get install chromium fonts-noto-cjk)"
        pytest.fail(words) if os.environ.get("CI") else pytest.skip(words)
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window; no sandbox, since tests often run as root in a container."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()
