"""Writes the records of a run part by part: while one part is resolved and stored, the next is read and interpreted."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice

import orjson

from indexer.register import disclosures, gather, identities, resolving, writing
from indexer.register.documents import Disclosure, IdentityDoc
from indexer.register.gather import Part
from indexer.register.identities import Gathered
from indexer.register.resolution import Pair
from indexer.register.runs import Run
from indexer.register.seen import Seen
from indexer.register.sourcefile import Source
from indexer.register.storage import Storage, parts
from indexer.register.templates import Templates
from indexer.register.writing import Owner

_PART = 4_000
"""Records of which the documents are in memory are twice this, about 50 MB; smaller parts resolve more often."""


@dataclass
class Recorded:
    """What was written of a run's records."""

    records: int = 0
    disclosures: int = 0
    measurements: int = 0
    kinds: set[str] = field(default_factory=set)
    moved: set[str] = field(default_factory=set)
    """Enterprises that gained or lost an identity."""


@dataclass
class Recorder:
    """One run's records on their way. ``owner`` gains the enterprise of every identity met; ``fresh``: nothing of the
    source is stored, so that only this run's own documents can be met again."""

    store: Storage
    run: Run
    source: Source
    decided: list[Pair]
    fresh: bool
    owner: Owner = field(default_factory=dict)
    told: Recorded = field(default_factory=Recorded)
    templates: Templates = field(init=False)
    values: writing.Values = field(init=False)
    _batches: dict[str, Disclosure] = field(default_factory=dict)
    _written: Seen = field(default_factory=Seen)
    _said: dict[str, bytes] = field(default_factory=dict)
    """Identity documents as JSON: a fifth of what they take as objects, and a run may name 100,000 enterprises."""
    _resolved: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.templates = Templates(self.source)
        self.values = writing.Values(self.store, self.fresh)

    def meet(self, found: dict[str, Gathered]) -> None:
        """Notes what visits or records say of identities; they are resolved when their enterprise is asked for."""
        for key, entry in found.items():
            known = self._known(key) if key in self._said else None
            said = orjson.dumps(identities.merge(known, entry.document(self.run.name)))
            # What orjson hands out keeps the buffer it was written into, some 16 KB: a copy takes what it says.
            self._said[key] = bytes(memoryview(said))

    def _known(self, key: str) -> IdentityDoc:
        document: IdentityDoc = orjson.loads(self._said[key])
        return document

    def write(self, progress: Callable[[int], None]) -> Recorded:
        """Writes everything; raises what the store raises, after which the run is simply indexed again."""
        records = self.run.records()
        with ThreadPoolExecutor(1, thread_name_prefix="recording") as pool:
            pending: Future[None] | None = None
            while (part := gather.gather(islice(records, _PART), self.run, self.templates)).records:
                self.told.kinds |= part.kinds
                self.told.records += part.records
                _settle(pending)
                pending = pool.submit(self._record, part)
                progress(self.told.records)
            _settle(pending)
        changed = (key for key, said in self._said.items() if self._resolved.get(key) != hash(said))
        for keys in parts(changed, _PART):
            self._resolve(keys)
        self.told.measurements = self.values.written
        self.told.disclosures += writing.write_batches(self.store, self._batches, self.owner, self.run.name)
        return self.told

    def _record(self, part: Part) -> None:
        """Resolves whom a part names and stores what it says; what is done with is let go of at once."""
        store, run = self.store, self.run.name
        self.meet(part.identities)
        # Known ones gain a kind or a name at most: resolving them once more at the end is enough.
        self._resolve([key for key in part.identities if self.owner.get(key) is None])
        part.identities.clear()
        known = self._may_exist(part)
        self.told.disclosures += writing.write_disclosures(store, part.disclosures, self.owner, run, known)
        part.disclosures.clear()
        self.values.write(part.measurements, self.owner)
        part.measurements.clear()
        for identifier, batch in part.quarters.documents(self.source, run).items():
            self._batches[identifier] = disclosures.merge(self._batches.get(identifier), batch)

    def _resolve(self, keys: list[str]) -> None:
        said = {key: self._known(key) for key in keys}
        if said:
            self.owner.update(resolving.resolve(self.store, said, self.decided, moved=self.told.moved))
            self._resolved.update({key: hash(self._said[key]) for key in keys})

    def _may_exist(self, part: Part) -> list[str]:
        """Ids of disclosures that may be stored already."""
        if not self.fresh:
            return list(part.disclosures)
        return [identifier for identifier in part.disclosures if self._written.add(identifier)]


def _settle(pending: Future[None] | None) -> None:
    """Waits for a part to be stored and raises what went wrong with it."""
    if pending is not None:
        pending.result()
