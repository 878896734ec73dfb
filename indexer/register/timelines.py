"""What each run did to each thing a source discloses: it saw it, looked and did not see it, or did not look.

One reading of the index for two uses: whether a run makes too much disappear (``holding``), and what a run changed
(``changes``). A thing is one (kind, key) of a source; its versions are its documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, cast

from indexer.register import looks
from indexer.register.documents import VisitDoc
from indexer.register.looks import Look
from indexer.register.storage import Body, Storage, all_of, parts, term, terms

LIGHT = (
    "id", "key", "kind", "identity_key", "enterprise", "subject_name", "title", "period", "region_path", "runs",
    "sightings",
)  # fmt: skip
"""Of a document only what its history needs; a source may have a hundred thousand."""
_SUBJECTS = 200


@dataclass(frozen=True)
class RunMark:
    """A run of a source in order; ``counts`` is False where its looks are held back or refused."""

    run: str
    counts: bool = True


@dataclass
class Version:
    """One document of a thing: the runs that saw it and those that looked where it should be."""

    doc: Body
    seen: frozenset[str]
    looked: frozenset[str]


@dataclass
class Thing:
    """One thing with all its versions."""

    kind: str
    key: str
    versions: list[Version] = field(default_factory=list)

    def seen_in(self, run: str) -> bool:
        """Whether any version was seen in a run."""
        return any(run in version.seen for version in self.versions)


@dataclass(frozen=True)
class Step:
    """What one run did to one version: open before it, open after it."""

    before: bool
    after: bool
    seen: bool
    ever: bool
    """True where an earlier run had seen the version."""


def things(store: Storage, source: str, kinds: Sequence[str] | None = None) -> Iterator[Thing]:
    """Every thing of a source, subject by subject."""
    query = all_of(term("source", source), *([terms("kind", kinds)] if kinds is not None else []))
    walks = looks.walk_looks(_raw(_visits(store, source, "walk")))
    ordered = store.scan("disclosures", query, list(LIGHT), sort=[{"identity_key": "asc"}])
    subjects = (list(group) for _, group in groupby(ordered, key=lambda body: body["identity_key"]))
    for groups in parts(subjects, _SUBJECTS):
        keys = [group[0]["identity_key"] for group in groups]
        pages = looks.page_looks(_raw(_visits(store, source, "page", keys)))
        for group in groups:
            yield from _of_subject(group, pages, walks)


def _of_subject(
    documents: list[Body], pages: dict[tuple[str, str], list[Look]], walks: dict[str, list[Look]]
) -> Iterator[Thing]:
    found: dict[tuple[str, str], Thing] = {}
    for doc in documents:
        kind = doc["kind"]
        around = looks.combined(pages.get((doc["identity_key"], kind), []), walks.get(kind, []), doc["region_path"])
        looked = frozenset(look.run for look in around if look.good and looks.fits(look, doc["period"]))
        thing = found.setdefault((kind, doc["key"]), Thing(kind, doc["key"]))
        thing.versions.append(Version(doc, frozenset(doc["runs"]), looked))
    yield from found.values()


def steps(version: Version, order: Sequence[RunMark]) -> Iterator[tuple[str, Step]]:
    """What each run did to the version, in order."""
    is_open = ever = False
    for mark in order:
        seen = mark.run in version.seen
        after = seen or (is_open and not (mark.counts and mark.run in version.looked))
        yield mark.run, Step(is_open, after, seen, ever)
        is_open, ever = after, ever or seen


def _raw(found: Iterator[VisitDoc]) -> Iterator[VisitDoc]:
    """Visits as they were said, also those of runs held back."""
    return (looks.said(visit) for visit in found)


def _visits(store: Storage, source: str, scope: str, keys: list[str] | None = None) -> Iterator[VisitDoc]:
    filters: list[Any] = [term("source", source), term("scope", scope)]
    if keys is not None:
        filters.append(terms("identity_key", keys))
    yield from cast(Iterator[VisitDoc], store.scan("visits", all_of(*filters)))
