"""The verbs by which the rest of the program reads and writes documents; nobody else touches the client."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from elasticsearch import Elasticsearch

from indexer import clock
from indexer.engine import bulk, reading, rebuild, schema, versions
from indexer.engine.bulk import Counts
from indexer.engine.errors import EngineError
from indexer.engine.indices import Indices
from indexer.engine.lease import leased
from indexer.engine.speaking import speaking
from indexer.engine.versions import IndexName

Body = dict[str, Any]


class Store:
    """Documents of one index prefix. ``name`` is a family: ``enterprises``, ``disclosures``, ``measurements``, ….

    Every method raises EngineError with the HTTP ``status`` where the cluster answered (400: bad query, 404: no index).
    Written documents show in searches after ``refresh``; ``get`` and ``mget`` see them at once, except measurements.
    Usable from several threads, apart from ``rebuild``.
    """

    def __init__(self, client: Elasticsearch, prefix: str) -> None:
        self.client = client
        self.indices = Indices(client, prefix)
        self._units: set[str] = set()
        """Units known to have an index, so that writing need not ask each time."""
        self._rebuilding: dict[str, IndexName] = {}
        self._families: frozenset[str] = frozenset()

    @property
    def prefix(self) -> str:
        """First part of every index name."""
        return self.indices.prefix

    def names(self) -> tuple[str, ...]:
        """All families, sorted."""
        return schema.families()

    def ensure(self) -> None:
        """Create what is missing: an index and its alias for each family, for measurements those of this year."""
        wanted = [name if name != schema.YEARLY else _year_unit(str(clock.today().year)) for name in self.names()]
        self._ensure(wanted)

    def stale(self) -> list[str]:
        """Units whose index was made with another mapping than today's; the remedy is ``qingce rebuild``."""
        return [unit for unit, name in self.indices.live().items() if name.stale]

    def drop(self) -> None:
        """Delete every index of this prefix, for ever."""
        self.indices.drop(self.indices.all())
        with speaking("delete locks"):
            self.client.indices.delete(index=self.indices.locks, ignore_unavailable=True)
        self._units.clear()

    # Writing

    def bulk(self, name: str, docs: Iterable[Mapping[str, Any]]) -> Counts:
        """Index documents under their ``id``: the same documents again change nothing. Raises on any refused one."""
        return bulk.write(self.client, (bulk.index_action(self._target(name, doc), doc) for doc in docs))

    def delete(self, name: str, ids: Iterable[str]) -> int:
        """Delete documents by id; returns how many there were. Measurements are found by search: refresh first."""
        return bulk.write(self.client, (bulk.delete_action(*place) for place in self._places(name, ids))).deleted

    def refresh(self, *names: str) -> None:
        """Make everything written so far visible to searches; without names in all families."""
        for name in names or self.names():
            with speaking(f"refresh {name}"):
                self.client.indices.refresh(index=self._readable(name))

    # Reading

    def get(self, name: str, identifier: str) -> Body | None:
        """The document with this id, or None."""
        return self.mget(name, [identifier]).get(identifier)

    def mget(self, name: str, ids: Sequence[str]) -> dict[str, Body]:
        """Documents by id, those that exist; in the order of ``ids``."""
        if not ids:
            return {}
        read = reading.by_search if name == schema.YEARLY else reading.by_id
        found = read(self.client, self._readable(name), ids)
        return {identifier: found[identifier] for identifier in ids if identifier in found}

    def search(self, name: str, body: Mapping[str, Any]) -> Body:
        """Elasticsearch's answer to a search body."""
        return reading.search(self.client, self._readable(name), body)

    def msearch(self, searches: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Body]:
        """Answers to several searches in one round trip; raises if one of them fails."""
        return reading.msearch(self.client, [(self._readable(name), body) for name, body in searches])

    def count(self, name: str, query: Mapping[str, Any] | None = None) -> int:
        """Number of documents, of those that match the query where one is given."""
        return reading.count(self.client, self._readable(name), query)

    def scan(
        self,
        name: str,
        query: Mapping[str, Any] | None = None,
        source: Sequence[str] | None = None,
        sort: Sequence[Any] | None = None,
    ) -> Iterator[Body]:
        """Every matching document, of one moment: writes during the scan do not show. ``source`` limits the fields.

        ``sort`` as in a search body; without it in the order of the index, which is fastest.
        """
        return reading.scan(self.client, self._readable(name), query, source, sort)

    # Rebuilding

    @contextmanager
    def rebuild(self, names: Sequence[str], force: bool = False) -> Iterator[Store]:
        """Within the block this store writes the named families into new indices and reads them there.

        At its end the new ones are counted against the old; then the aliases move in one step and the old are dropped.
        On an exception, or where documents or fields were lost (EngineError; ``force`` allows it), the old ones stay
        and the new ones are dropped. Raises LockedError while another process rebuilds.
        """
        with leased(self.client, self.indices.locks, "rebuild", wait=0) as lease:
            self._drop_unused()
            try:
                self._begin(names)
                yield self
                self._check(force)
                # Proof that nobody took the lock over while we were working.
                lease.renew()
                self._swap()
            finally:
                self._families, self._rebuilding = frozenset(), {}
                self._drop_unused()

    def _begin(self, names: Sequence[str]) -> None:
        for name in names:
            schema.definition(name)
        self._families = frozenset(names)
        for name in names:
            self._new_unit(name if name != schema.YEARLY else _year_unit(str(clock.today().year)))

    def _drop_unused(self) -> None:
        """Indices without an alias: of this rebuild where it failed, or of one whose process died."""
        self.indices.drop([name for name, used in self.indices.all().items() if not used])

    def _old(self) -> list[IndexName]:
        return [name for name in self.indices.live().values() if name.family in self._families]

    def _check(self, force: bool) -> None:
        self.refresh(*self._families)
        old = self._old()
        lost = [] if force else [words for family in sorted(self._families) for words in self._losses(family, old)]
        if lost:
            raise EngineError(f"rebuild refused, the old indices stay: {'; '.join(lost)}; `--force` accepts the loss")

    def _swap(self) -> None:
        self.indices.filled(self._rebuilding.values())
        self.indices.swap(self._rebuilding.values(), self._old())
        self._units = {unit for unit in self._units if schema.family_of(unit) not in self._families}

    def _losses(self, family: str, old: Sequence[IndexName]) -> list[str]:
        before = [versions.build(name) for name in old if name.family == family]
        after = self._readable(family).split(",")
        for index in before:
            with speaking(f"refresh {index}"):
                self.client.indices.refresh(index=index)
        return rebuild.losses(
            family, rebuild.census(self.client, family, before), rebuild.census(self.client, family, after)
        )

    # Which index

    def _target(self, name: str, doc: Mapping[str, Any]) -> str:
        """Where a document is written: the alias of its unit, or the new index while that family is rebuilt."""
        unit = _year_unit(doc["time"]) if name == schema.YEARLY else name
        if name in self._families:
            return versions.build(self._rebuilding.get(unit) or self._new_unit(unit))
        if unit not in self._units:
            self._ensure([unit])
        return versions.alias(self.prefix, unit)

    def _new_unit(self, unit: str) -> IndexName:
        self._rebuilding[unit] = self.indices.create(unit, with_aliases=False)
        return self._rebuilding[unit]

    def _ensure(self, units: Sequence[str]) -> None:
        """Create the missing ones, under a lock: two processes at once would make two indices behind one alias."""
        if any(unit not in self.indices.live() for unit in units):
            with leased(self.client, self.indices.locks, "create indices"):
                live = self.indices.live()
                for unit in units:
                    if unit not in live:
                        self.indices.create(unit, with_aliases=True)
        self._units.update(units)

    def _readable(self, name: str) -> str:
        schema.definition(name)
        new = [versions.build(index) for index in self._rebuilding.values() if index.family == name]
        return ",".join(new) if name in self._families else versions.alias(self.prefix, name)

    def _places(self, name: str, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Index and id of each document to delete; measurements may lie in any year."""
        if name == schema.YEARLY:
            yield from reading.places(self.client, self._readable(name), list(ids))
        else:
            yield from ((self._readable(name), identifier) for identifier in ids)


def _year_unit(time: str) -> str:
    return f"{schema.YEARLY}-{time[:4]}"
