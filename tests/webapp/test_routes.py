"""Every route is documented, and every documented one exists."""

from __future__ import annotations

import re
from pathlib import Path

from tests.webapp.conftest import Site

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/routes.md"


def test_every_route_is_documented_and_every_documented_one_exists(site: Site) -> None:
    rules = {
        (method, rule.rule) for rule in site.app.url_map.iter_rules() for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    listed = set(re.findall(r"^\| `(GET|POST)` \| `([^`]+)` \|", PAGE.read_text(encoding="utf-8"), re.M))
    assert rules - listed == set(), "not in docs/reference/routes.md"
    assert listed - rules == set(), "in docs/reference/routes.md, but unknown"
