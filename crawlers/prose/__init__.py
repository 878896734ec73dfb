"""Free text of authorities → the facts printed in it: pure functions, text in, raw words out.

Nothing is normalised here (a fine stays ``伍拾肆万元整``) and nothing is guessed: what is not certain becomes an issue.
Of natural persons only the role is told; their names never become a field.
"""

from __future__ import annotations

from collections.abc import Callable

from crawlers.prose import decisions, showing
from crawlers.prose.facts import Facts

READERS: dict[str, Callable[[str, str | None], Facts]] = {"decision": decisions.read, "showing": showing.read}
"""What ``reads:`` of a walk may say: (text, title) → facts."""
