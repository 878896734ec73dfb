"""Identical rows of one page become one record with their number."""

from __future__ import annotations

from crawlers.items import Harvest, Row


class MergePipeline:
    """The first of equal rows stays with its place; ``rows`` adds up."""

    def process_item(self, item: Harvest) -> Harvest:
        """Called by Scrapy for each page."""
        if len(item.records) > 1:
            kept: dict[object, Row] = {}
            for record in item.records:
                identity = _identity(record)
                if identity in kept:
                    kept[identity]["rows"] += record["rows"]
                else:
                    kept[identity] = record
            item.records = list(kept.values())
        return item


def _identity(record: Row) -> object:
    return (
        record["kind"], record["key"], record["title"], record["text"], record["published_at"],
        tuple(record["fields"].items()), tuple(record["subject"].values()),
    )  # fmt: skip
