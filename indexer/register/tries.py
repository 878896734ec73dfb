"""Tries (读取附件): the page visits of an enterprise at addresses that its own disclosures link."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.clock import day_of, parse
from indexer.law.facts import Try
from indexer.normalise.links import links
from indexer.register.documents import Disclosure, VisitDoc
from indexer.register.looks import GOOD


def tries(documents: Iterable[Disclosure], visits: Iterable[VisitDoc]) -> tuple[Try, ...]:
    """Every visit at a linked address, good or bad, ascending by day, the good ones of a day last.

    Those of a held run say what they count for.
    """
    linked = {url for document in documents for url in links(document["url"], document["fields"])}
    if not linked:
        return ()
    made = [
        Try(visit["url"] or "", day_of(parse(visit["at"])), visit["outcome"], visit["reason"], visit["id"])
        for visit in visits
        if visit["url"] in linked
    ]
    return tuple(sorted(made, key=lambda one: (one.day, one.outcome in GOOD, one.url, one.visit)))
