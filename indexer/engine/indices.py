"""Concrete indices and aliases: what there is, making one, swapping them in one step."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from elasticsearch import Elasticsearch

from indexer.engine import schema, versions
from indexer.engine.speaking import speaking
from indexer.engine.versions import IndexName

FILLING = {"refresh_interval": "-1", "translog": {"durability": "async"}}
"""While an index is filled nobody reads it, and a crash begins the rebuild anew: no syncs, no refreshes by itself."""


class Indices:
    """The indices of one prefix."""

    def __init__(self, client: Elasticsearch, prefix: str) -> None:
        self._client = client
        self.prefix = versions.check_prefix(prefix)

    @property
    def locks(self) -> str:
        """Name of the index of locks."""
        return f"{self.prefix}-locks"

    def all(self) -> dict[IndexName, bool]:
        """Every concrete index of this prefix, and whether an alias points at it; sorted by name."""
        with speaking("list indices"):
            answer = self._client.indices.get_alias(index=f"{self.prefix}-*", expand_wildcards="open,closed")
        parsed = {versions.parse(text): bool(entry["aliases"]) for text, entry in answer.body.items()}
        return dict(sorted(_ours(parsed, self.prefix)))

    def live(self) -> dict[str, IndexName]:
        """The index behind each unit's alias."""
        return {name.unit: name for name, used in self.all().items() if used}

    def create(self, unit: str, with_aliases: bool) -> IndexName:
        """A new empty index with today's mapping; one without aliases is set up to be filled, see ``filled``."""
        name = versions.fresh(self.prefix, unit)
        aliases: dict[str, Any] = {text: {} for text in name.aliases} if with_aliases else {}
        body = schema.definition(name.family)
        if not with_aliases:
            body["settings"] = {"index": {**body["settings"]["index"], **FILLING}}
        with speaking(f"create index {versions.build(name)}"):
            self._client.indices.create(index=versions.build(name), aliases=aliases, **body)
        return name

    def filled(self, names: Iterable[IndexName]) -> None:
        """Everything written is synced to the disk, and from now on every write is."""
        listed = ",".join(versions.build(name) for name in names)
        if listed:
            with speaking(f"settle {listed}"):
                self._client.indices.put_settings(
                    index=listed, settings={"refresh_interval": None, "translog.durability": None}
                )
                self._client.indices.flush(index=listed, wait_if_ongoing=True)

    def swap(self, new: Iterable[IndexName], old: Iterable[IndexName]) -> None:
        """Point the aliases at the new indices and drop the old ones, in one atomic step: no reader sees neither."""
        added = [{"add": {"index": versions.build(name), "alias": text}} for name in new for text in name.aliases]
        removed = [{"remove_index": {"index": versions.build(name)}} for name in old]
        with speaking("move aliases"):
            self._client.indices.update_aliases(actions=[*added, *removed])

    def drop(self, names: Iterable[IndexName]) -> None:
        """Delete concrete indices; those already gone are passed over."""
        for name in names:
            with speaking(f"delete index {versions.build(name)}"):
                self._client.indices.delete(index=versions.build(name), ignore_unavailable=True)


def _ours(parsed: dict[IndexName | None, bool], prefix: str) -> list[tuple[IndexName, bool]]:
    """Without foreign indices, and without those of a longer prefix that begins like ours."""
    return [(name, used) for name, used in parsed.items() if name is not None and name.prefix == prefix]
