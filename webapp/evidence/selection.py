"""What belongs into a pack: the duties, what was found, who looked, and every capture that one of these rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indexer.register.documents import CaptureRef
from indexer.register.runs import RunError, open_run
from indexer.register.storage import Storage, all_of, read_many, term, terms
from webapp import dutyview

MOST_VISITS = 500
"""The newest visits of the enterprise's own pages, beside those that the duties name."""
MOST_CAPTURES = 500
"""Captures of one pack; what is left out is named in it."""


@dataclass
class Selection:
    """The documents of a pack; ``refs``: each capture once, with the source whose run holds it."""

    title: str
    enterprise: dict[str, Any]
    duties: list[dict[str, Any]] = field(default_factory=list)
    disclosures: list[dict[str, Any]] = field(default_factory=list)
    visits: list[dict[str, Any]] = field(default_factory=list)
    runs: dict[str, dict[str, Any]] = field(default_factory=dict)
    refs: list[tuple[str, CaptureRef]] = field(default_factory=list)
    left_out: int = 0

    @property
    def sources(self) -> list[str]:
        """Every source that a visit, disclosure or capture is of."""
        documents = [*self.visits, *self.disclosures]
        return sorted({*(one["source"] for one in documents), *(source for source, _ in self.refs)})


def select(store: Storage, runs: Path, identifier: str, public: bool) -> Selection | None:
    """The pack of a duty (``e-…:O31-2:2024``) or of an enterprise with all its duties; None where there is none."""
    one = ":" in identifier
    found = store.mget("duties" if one else "enterprises", [identifier]).get(identifier)
    if found is None:
        return None
    owner = found if not one else store.mget("enterprises", [found["enterprise"]]).get(found["enterprise"])
    if owner is None:
        return None
    duties = [found] if one else sorted(store.scan("duties", term("enterprise", identifier)), key=lambda d: d["id"])
    words = f"{found['item']} · {owner['name']}" if one else owner["name"]
    chosen = Selection(
        words,
        _shown(owner, public),
        [
            _as_seen(duty, public)
            for duty in duties
            if not public or dutyview.is_public(duty)  # type: ignore[arg-type]
        ],
    )
    _documents(store, chosen, owner["id"] if not one else None, public)
    _captures(store, runs, chosen)
    return chosen


def _as_seen(duty: Any, public: bool) -> dict[str, Any]:
    """A duty as the pack's readers may see it: of the public what ``dutyview`` shows them."""
    if not public:
        return dict(duty)
    seen = dutyview.view(duty, "public")
    shown = {"state": seen.state, "reason": seen.reason, "delay_days": seen.delay_days, "severity": seen.severity,
             "completeness": seen.completeness, "missing_fields": list(seen.missing_fields),
             "findings": list(seen.findings), "channels": list(seen.channels)}  # fmt: skip
    return {**duty, **shown}


def _shown(document: dict[str, Any], public: bool) -> dict[str, Any]:
    """A document as the pack's readers may see it."""
    hidden = ("legal_rep", "staff_fields") if public else ()
    return {key: value for key, value in document.items() if key not in hidden}


def _documents(store: Storage, chosen: Selection, enterprise: str | None, public: bool) -> None:
    """What was found and who looked; of an enterprise's pack all its disclosures."""
    visits = {visit for duty in chosen.duties for look in duty["channels"] for visit in look["visits"]}
    visits |= {visit for duty in chosen.duties for finding in duty["findings"] for visit in finding["visits"]}
    looked = read_many(store, "visits", sorted(visits))
    kinds = sorted({duty["kind"] for duty in chosen.duties})
    own = all_of(term("enterprise", chosen.enterprise["id"]), terms("kind", kinds))
    newest = {"query": own, "sort": [{"at": "desc"}, {"id": "asc"}], "size": MOST_VISITS}
    # What was found has no look that missed it: its own pages' visits tell who saw it when.
    looked |= {hit["_source"]["id"]: hit["_source"] for hit in store.search("visits", newest)["hits"]["hits"]}
    chosen.visits = sorted(looked.values(), key=lambda one: (one["at"], one["id"]))
    found = {one for duty in chosen.duties for one in duty["found"]}
    documents = read_many(store, "disclosures", sorted(found))
    if enterprise is not None:
        documents |= {one["id"]: one for one in store.scan("disclosures", term("enterprise", enterprise))}
    order = sorted(documents.values(), key=lambda one: (one["kind"], one["first_seen"], one["id"]))
    chosen.disclosures = [_shown(one, public) for one in order]


def _captures(store: Storage, runs: Path, chosen: Selection) -> None:
    """Every capture that something of the pack rests on, each once; then the pages of the lists that were walked."""
    cited = list(_cited(chosen))
    names = sorted({ref["run"] for ref in cited} | {visit["run"] for visit in chosen.visits})
    chosen.runs = {name: {k: v for k, v in run.items() if k != "issue_rows"}
                   for name, run in read_many(store, "runs", names).items()}  # fmt: skip
    walked = _walked(runs, chosen)
    unique: dict[tuple[str, str, int], CaptureRef] = {}
    for ref in (*cited, *walked):
        if ref["run"] in chosen.runs:
            unique.setdefault((ref["run"], ref["file"], ref["offset"]), ref)
    refs = [(chosen.runs[ref["run"]]["source"], ref) for ref in unique.values()]
    chosen.refs, chosen.left_out = refs[:MOST_CAPTURES], max(0, len(refs) - MOST_CAPTURES)


def _cited(chosen: Selection) -> Iterable[CaptureRef]:
    yield from (ref for duty in chosen.duties for finding in duty["findings"] for ref in finding["captures"])
    yield from (visit["capture"] for visit in chosen.visits if visit["capture"])
    for document in chosen.disclosures:
        yield document["capture"]
        yield document["last_capture"]
    yield from (member["capture"] for member in chosen.enterprise["memberships"])


def _walked(runs: Path, chosen: Selection) -> Iterable[CaptureRef]:
    """The pages from which a walked list was read: they show who stands on it, and so who does not."""
    wanted = sorted({(v["source"], v["run"], v["kind"]) for v in chosen.visits if v["scope"] == "walk"})
    for source, name, kind in wanted:
        try:
            run = open_run(runs / source / name)
        except RunError:
            continue  # the pack names the run all the same; its manifest cannot be copied and is listed as missing
        marker = f'"{kind}"'.encode()
        for record in run.records_with(marker):
            if record["kind"] == kind:
                yield record["capture"]
