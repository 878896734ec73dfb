"""Writes the records of a run part by part: while the store takes one part, the next is read and interpreted."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from indexer.register import disclosures, gather, resolving, writing
from indexer.register.documents import Disclosure
from indexer.register.gather import Part
from indexer.register.resolution import Pair
from indexer.register.runs import Run
from indexer.register.sourcefile import Source
from indexer.register.storage import Storage, parts
from indexer.register.writing import Owner

_PART = 10_000
"""Records held in memory at once are twice this, about 150 MB; larger parts leave less side by side."""


@dataclass
class Recorded:
    """What was written of a run's records."""

    records: int = 0
    disclosures: int = 0
    measurements: int = 0
    kinds: set[str] = field(default_factory=set)


@dataclass
class Recorder:
    """One run's records on their way. ``owner`` gains the enterprise of every identity met; ``fresh``: nothing of the
    source is stored, so that only this run's own documents can be met again."""

    store: Storage
    run: Run
    source: Source
    owner: Owner
    decided: list[Pair]
    fresh: bool
    told: Recorded = field(default_factory=Recorded)
    _batches: dict[str, Disclosure] = field(default_factory=dict)
    _written: set[str] = field(default_factory=set)

    def write(self, progress: Callable[[int], None]) -> Recorded:
        """Writes everything; raises what the store raises, after which the run is simply indexed again."""
        with ThreadPoolExecutor(1, thread_name_prefix="recording") as pool:
            pending: Future[None] | None = None
            for records in parts(self.run.records(), _PART):
                part = gather.gather(records, self.run, self.source)
                self._resolve(part, pending)
                _settle(pending)
                pending = pool.submit(self._write, part, *self._may_exist(part))
                self._remember(part)
                progress(self.told.records)
            _settle(pending)
        self.told.disclosures += writing.write_batches(self.store, self._batches, self.owner, self.run.name)
        return self.told

    def _resolve(self, part: Part, pending: Future[None] | None) -> None:
        """Resolves the part's identities; documents still being written must be stored before they are re-pointed."""
        settled = resolving.resolve(
            self.store, part.identities, self.run.name, self.decided, settle=lambda: _settle(pending)
        )
        self.owner.update(settled)

    def _may_exist(self, part: Part) -> tuple[list[str], bool]:
        """Ids of disclosures that may be stored already, and whether measurements may be."""
        known = [identifier for identifier in part.disclosures if not self.fresh or identifier in self._written]
        return known, not self.fresh or bool(self._batches)

    def _write(self, part: Part, known: list[str], measured: bool) -> None:
        store, run = self.store, self.run.name
        self.told.disclosures += writing.write_disclosures(store, part.disclosures, self.owner, run, known)
        self.told.measurements += writing.write_measurements(store, part.measurements, self.owner, measured)
        if part.measurements:
            store.refresh("measurements")

    def _remember(self, part: Part) -> None:
        self._written.update(part.disclosures)
        self.told.kinds |= part.kinds
        self.told.records += part.records
        for identifier, batch in part.batches.items():
            self._batches[identifier] = disclosures.merge(self._batches.get(identifier), batch)


def _settle(pending: Future[None] | None) -> None:
    """Waits for a part to be stored and raises what went wrong with it."""
    if pending is not None:
        pending.result()
