"""Old addresses of enterprises: ids that were merged, split or re-coded lead to the present one for ever."""

from __future__ import annotations

from webapp import results
from webapp.services import services


def successor(identifier: str) -> str | None:
    """The id of the enterprise that has had this id; None where no one has."""
    body = {"query": {"term": {"aliases": identifier}}, "size": 1, "sort": [{"id": "asc"}], "_source": ["id"]}
    found = results.rows(services().store.search("enterprises", body))
    return found[0]["id"] if found else None
