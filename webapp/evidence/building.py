"""Writes a pack into a folder: archive, manifests of runs with their time stamps, record, index page, MANIFEST.

captures.warc.gz      the archived records themselves (staff), or renditions/ with personal data masked (public)
record.json           duties, findings, disclosures, visits, runs, versions of rules and vocabulary
runs/<source>/…       run.json of every run from the first one cited to the newest, and their time stamps (.tsr)
index.html            all of it for a reader
MANIFEST.sha256       for ``sha256sum -c``
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any

from warcio.warcwriter import WARCWriter

from indexer import clock
from indexer.register.captures import CaptureError
from indexer.register.documents import CaptureRef
from webapp.evidence import members, page, renditions
from webapp.evidence.members import Member
from webapp.evidence.selection import Selection
from webapp.services import services

MANIFEST, ARCHIVE = "MANIFEST.sha256", "captures.warc.gz"


@dataclass
class Summary:
    """What a pack holds, and what could not be put in, each in one line."""

    captures: int = 0
    records: int = 0
    files: int = 0
    problems: list[str] = field(default_factory=list)


@dataclass
class Listed:
    """One capture, as the pack's record lists it: the ``file`` that holds it; of a revisit where its bytes lie."""

    source: str
    ref: CaptureRef
    file: str
    url: str
    at: str
    kind: str
    refers_to: str | None = None
    problem: str | None = None


def build(chosen: Selection, folder: Path, public: bool) -> Summary:
    """Fill an empty folder with the pack; to be called in a request's context (words, sources). Never raises for a
    damaged capture: it is named in the pack as such."""
    summary = Summary()
    folder.mkdir(parents=True, exist_ok=True)
    runs = services().settings.indexer.runs
    listed = renditions.write(chosen, folder) if public else _archive(chosen, runs, folder, summary)
    summary.captures = sum(1 for one in listed if one.problem is None)
    summary.problems += [f"{one.ref['run']}/{one.ref['file']}: {one.problem}" for one in listed if one.problem]
    chains = _manifests(chosen, runs, folder, summary)
    record = _record(chosen, listed, chains, public, summary)
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / "record.json").write_text(f"{text}\n", encoding="utf-8")
    (folder / "index.html").write_text(page.render(record), encoding="utf-8")
    summary.files = _manifest(folder)
    return summary


def _archive(chosen: Selection, runs: Path, folder: Path, summary: Summary) -> list[Listed]:
    """Copy every capture, and for a revisit the answer whose bytes it refers to: the pack needs no other archive."""
    listed: list[Listed] = []
    written: set[tuple[str, str, int]] = set()
    with (folder / ARCHIVE).open("wb") as out:
        out.write(_head(chosen))
        summary.records += 1
        waiting = [(source, ref, False) for source, ref in chosen.refs]
        while waiting:
            source, ref, target = waiting.pop(0)
            place = (ref["run"], ref["file"], ref["offset"])
            if place in written:
                continue
            written.add(place)
            try:
                found = members.answer(runs, source, ref)
            except CaptureError as error:
                listed.append(Listed(source, ref, "", "", "", "", problem=str(error)))
                continue
            for member in found:
                out.write(member.data)
            summary.records += len(found)
            listed.append(_listed(source, ref, found[0], target))
            if found[0].original:
                run, file, offset = found[0].original
                waiting.insert(0, (source, CaptureRef(run=run, file=file, offset=offset, digest=ref["digest"]), True))
    return listed


def _listed(source: str, ref: CaptureRef, first: Member, target: bool) -> Listed:
    header = first.headers.get
    place = "{}/{} at {}".format(*first.original) if first.original else None
    kind = f"{first.kind} (bytes of a revisit)" if target else first.kind
    return Listed(source, ref, ARCHIVE, header("WARC-Target-URI", ""), header("WARC-Date", ""), kind, place)


def _head(chosen: Selection) -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
    facts = {"software": f"Qingce/{version('qingce')}", "format": "WARC File Format 1.1", "description": chosen.title}
    writer.write_record(writer.create_warcinfo_record(ARCHIVE, facts))
    return out.getvalue()


def _manifests(chosen: Selection, runs: Path, folder: Path, summary: Summary) -> dict[str, list[dict[str, Any]]]:
    """run.json of each source's runs from the first one cited to the newest, in order, with hashes and stamps."""
    chains: dict[str, list[dict[str, Any]]] = {}
    for source in chosen.sources:
        cited = sorted(name for name, run in chosen.runs.items() if run["source"] == source)
        names = _in_order(runs / source)
        first = min((names.index(name) for name in cited if name in names), default=len(names))
        wanted = names[first:]
        summary.problems += [f"{source}/{name}: run.json is missing" for name in cited if name not in wanted]
        chains[source] = [_copied(runs / source, name, folder / "runs" / source, name in cited) for name in wanted]
    return chains


def _in_order(home: Path) -> list[str]:
    """The runs of a source as its chain has them: names tell their order only to the second."""
    names = dict.fromkeys(sorted(path.parent.name for path in home.glob("[0-9]*/run.json")))
    after: dict[str | None, list[str]] = {}
    for name in names:
        before = _before(home / name).get("run")
        after.setdefault(before if before in names else None, []).append(name)
    ordered: dict[str, None] = {}
    waiting = after.get(None, [])[::-1]
    while waiting:
        name = waiting.pop()
        ordered[name] = None
        waiting += after.get(name, [])[::-1]
    # A circle cannot be a chain: its runs are listed by name, and verification tells of it.
    return [*ordered, *(name for name in names if name not in ordered)]


def _before(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "run.json").read_bytes()).get("previous") or {}
    return told


def _copied(home: Path, name: str, into: Path, cited: bool) -> dict[str, Any]:
    (into / name).mkdir(parents=True)
    data = (home / name / "run.json").read_bytes()
    (into / name / "run.json").write_bytes(data)
    if cited and (home / name / "source.json").is_file():
        shutil.copyfile(home / name / "source.json", into / name / "source.json")
    token = home / f"{name}.tsr"
    if token.is_file():
        shutil.copyfile(token, into / token.name)
    before = json.loads(data).get("previous") or {}
    return {"run": name, "sha256": hashlib.sha256(data).hexdigest(), "previous": before.get("run"),
            "previous_sha256": before.get("sha256"), "cited": cited, "stamped": token.is_file()}  # fmt: skip


def _record(
    chosen: Selection, listed: list[Listed], chains: dict[str, Any], public: bool, summary: Summary
) -> dict[str, Any]:
    return {
        "title": chosen.title, "made_at": f"{clock.now():%Y-%m-%dT%H:%M:%SZ}",
        "software": f"Qingce/{version('qingce')}", "audience": "public" if public else "staff",
        "enterprise": chosen.enterprise, "duties": chosen.duties,
        "disclosures": chosen.disclosures, "visits": chosen.visits, "runs": chosen.runs, "chains": chains,
        "captures": [asdict(one) for one in listed], "captures_left_out": chosen.left_out,
        "problems": summary.problems,
        "versions": sorted({(d["rules_version"], d["vocabulary_version"], d["as_of"]) for d in chosen.duties}),
    }  # fmt: skip


def _manifest(folder: Path) -> int:
    """Write MANIFEST.sha256 over every file; returns how many."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    lines = [f"{_sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in files]
    (folder / MANIFEST).write_text("".join(lines), encoding="utf-8")
    return len(files)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
