"""Digits hidden in a font of their own: stored as unreadable, not as text, and the look says so."""

from __future__ import annotations

from crawlers.blocking import enciphered
from crawlers.items import Harvest, Row, issue

UNREADABLE = "[无法读取]"
"""Stands where a value was printed in private-use characters: present on the page, but not to be interpreted."""


class GlyphsPipeline:
    """Replaces enciphered values, one issue a record; a found look at such a kind becomes unreadable."""

    def process_item(self, item: Harvest) -> Harvest:
        """Called by Scrapy for each page."""
        hidden = {record["kind"] for record in item.records if self._clean(item, record)}
        for visit in item.visits:
            if visit["kind"] in hidden and visit["outcome"] == "found":
                visit |= {"outcome": "unreadable", "reason": "digits in a font of their own"}
        return item

    def _clean(self, item: Harvest, record: Row) -> bool:
        # One search a record: nearly none has any.
        if not enciphered("\n".join((*record["fields"].values(), record["text"] or ""))):
            return False
        columns = [column for column, value in record["fields"].items() if enciphered(value)]
        in_text = bool(record["text"]) and enciphered(record["text"])
        for column in columns:
            record["fields"][column] = UNREADABLE
        record["text"] = None if in_text else record["text"]
        words = f"{', '.join(columns) or 'text'}: digits in a font of their own; kept as {UNREADABLE}"
        item.issues.append(issue(item.page, "error", "enciphered", words, record["place"]))
        return True
