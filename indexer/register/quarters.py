"""First and last sighting of each subject's monitoring results in a quarter: all that a quarter's disclosure needs."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.register import disclosures
from indexer.register.documents import Disclosure
from indexer.register.identities import Who
from indexer.register.records import Record
from indexer.register.runs import capture_order
from indexer.register.sourcefile import Source

Order = tuple[str, str, str, int, str]


def _order(record: Record) -> Order:
    return (*capture_order(record["captured_at"], record["capture"]), record["place"])


@dataclass
class Quarter:
    """The rows of one subject and quarter met so far; ``published`` is the earliest day that one of them states."""

    who: Who
    first: Record
    last: Record
    published: str | None
    lowest: Order
    highest: Order


class Quarters:
    """Every (subject, quarter) of a part of a run."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Quarter] = {}

    def see(self, who: Who, quarter: str, record: Record, published: str | None) -> None:
        """Notes one row."""
        order, key = _order(record), (who.key, quarter)
        known = self._known.get(key)
        if known is None:
            self._known[key] = Quarter(who, record, record, published, order, order)
            return
        if order < known.lowest:
            known.first, known.lowest = record, order
        elif order > known.highest:
            known.last, known.highest = record, order
        if published and (known.published is None or published < known.published):
            known.published = published

    def documents(self, source: Source, run: str) -> dict[str, Disclosure]:
        """One monitoring disclosure a quarter, by id."""
        found: dict[str, Disclosure] = {}
        for (_, quarter), known in self._known.items():
            ends = [
                disclosures.batch(
                    known.who, source, quarter, run, record["captured_at"], record["capture"], record["place"],
                    record["url"], known.published,
                )
                for record in (known.first, known.last)
            ]  # fmt: skip
            document = disclosures.merge(ends[0], ends[1])
            found[document["id"]] = document
        return found
