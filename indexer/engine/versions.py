"""Names of concrete indices: ``<prefix>-<unit>-<mapping hash>-<UTC time>``; ``build`` and ``parse`` are inverses.

A unit is a family (``duties``) or a family's year (``measurements-2024``). The hash tells when a mapping has changed
since the index was made; the time keeps a rebuilt index beside the one it will replace.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from indexer.engine import schema

PREFIX = re.compile(r"[a-z0-9][a-z0-9_-]*")
STAMP = "%Y%m%d%H%M%S%f"
SHAPE = re.compile(r"(?P<prefix>.+)-(?P<unit>[a-z_]+(?:-\d{4})?)-(?P<mapping>[0-9a-f]{8})-(?P<stamp>\d{20})")


@dataclass(frozen=True, order=True)
class IndexName:
    """The parts of a concrete index's name; ``stamp`` has 20 digits, down to microseconds."""

    prefix: str
    unit: str
    mapping: str
    stamp: str

    @property
    def family(self) -> str:
        """The family whose mapping it has."""
        return schema.family_of(self.unit)

    @property
    def aliases(self) -> tuple[str, ...]:
        """Under which names it is written and read: of the unit, and of the whole family."""
        return tuple(dict.fromkeys((alias(self.prefix, self.unit), alias(self.prefix, self.family))))

    @property
    def stale(self) -> bool:
        """True where today's mapping of the family is another one."""
        return self.mapping != schema.fingerprint(self.family)


def alias(prefix: str, unit: str) -> str:
    """The stable name of a unit or family: ``qingce-duties``."""
    return f"{prefix}-{unit}"


def build(name: IndexName) -> str:
    """The index's name in the cluster."""
    return f"{name.prefix}-{name.unit}-{name.mapping}-{name.stamp}"


def parse(text: str) -> IndexName | None:
    """The parts of a name that ``build`` made; None for an index that is not ours."""
    match = SHAPE.fullmatch(text)
    if match is None:
        return None
    name = IndexName(**match.groupdict())
    # A yearly family has only years, the others have none; anything else was not named here.
    known = name.family in schema.families() and ("-" in name.unit) == (name.family == schema.YEARLY)
    return name if known else None


def fresh(prefix: str, unit: str) -> IndexName:
    """A name for a new index with today's mapping; the time is the real one, since it must never repeat."""
    return IndexName(prefix, unit, schema.fingerprint(schema.family_of(unit)), datetime.now(UTC).strftime(STAMP))


def check_prefix(prefix: str) -> str:
    """The prefix itself. Raises ValueError where Elasticsearch would not take it in an index name."""
    if not PREFIX.fullmatch(prefix):
        raise ValueError(f"index prefix {prefix!r}: lower-case letters, digits, - and _ only, a letter or digit first")
    return prefix
