"""Many enterprises to judge: the province's own with all that was disclosed and looked at, under ids of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bench import filling
from indexer.engine.store import Store
from indexer.normalise.prints import SHORTEST

Doc = dict[str, Any]
COPIED = ("disclosures", "visits")


def fill(store: Store, at_least: int) -> int:
    """Copies enterprises with their disclosures and looks until there are ``at_least``; returns how many there are.

    Monitoring values are not copied: days of values that many firms share would be a finding each.
    """
    own = list(store.scan("enterprises"))
    copies = -(-at_least // len(own)) - 1
    for name, copy in (("enterprises", _enterprise), ("disclosures", _disclosure), ("visits", _visit)):
        bodies = own if name == "enterprises" else [row for row in store.scan(name) if row["enterprise"]]
        made = (copy(body, number) for number in range(1, copies + 1) for body in bodies)
        for part in filling.parts(made):
            store.bulk(name, part)
    store.refresh("enterprises", *COPIED)
    return len(own) * (copies + 1)


def disclose(store: Store, enterprises: Sequence[str], number: str, day: str) -> int:
    """One more disclosure of each of these, like one it has, first seen on ``day``: a duty is answered by it too."""
    newest: dict[str, Doc] = {}
    wanted = {"terms": {"enterprise": list(enterprises)}}
    for body in store.scan("disclosures", wanted, sort=[{"id": "asc"}]):
        if body["kind"] != "monitoring":
            newest[body["enterprise"]] = body
    seen = {"first_seen": day, "last_seen": day, "sightings": [f"{day}T02:00:00Z"], "runs": [f"bench-{number}"]}
    store.bulk("disclosures", ({**body, **seen, "id": f"{body['id']}-{number}"} for body in newest.values()))
    store.refresh("disclosures")
    return len(newest)


def _enterprise(one: Doc, number: int) -> Doc:
    keys = [f"{key}-{number}" for key in one["identity_keys"]]
    return {**one, "id": f"{one['id']}-{number}", "name": f"{one['name']}{number}号厂", "identity_keys": keys}


def _of_copy(one: Doc, number: int) -> Doc:
    keyed = one["identity_key"] and f"{one['identity_key']}-{number}"
    return {**one, "id": f"{one['id']}-{number}", "enterprise": f"{one['enterprise']}-{number}", "identity_key": keyed}


def _disclosure(one: Doc, number: int) -> Doc:
    """Long texts say something of their own: the same words of many firms would be a finding each."""
    fields = {header: _own(value, number) for header, value in one["fields"].items()}
    return {**_of_copy(one, number), "text": "\n".join(_lines(one["text"], number)), "fields": fields}


def _lines(text: str, number: int) -> Iterator[str]:
    return (_own(line, number) for line in text.splitlines())


def _own(value: str, number: int) -> str:
    return f"{value}第{number}号" if len(value) >= SHORTEST else value


def _visit(one: Doc, number: int) -> Doc:
    return _of_copy(one, number)
