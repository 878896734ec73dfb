"""Family ``supplied``: nothing to walk, a person supplies the material."""

from __future__ import annotations

from crawlers.schemafields import Strict


class SuppliedWalk(Strict):
    """Nothing to walk: a person supplies the material by ``qingce import`` (family ``supplied``)."""
