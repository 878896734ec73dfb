"""What a check of a source found: as data for programs, as lines for people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crawlers.source import Source
    from crawlers.trial import Trial

CHECK = "CHECK"
SHOWN = 3
_SHARE = 0.8
"""Floors stand somewhat below what came: so much of the rows, so much of a column's filled share."""
_FILLED = 0.5
"""Columns that are filled less often are left out of the floors."""
_ENDED = "ended at its limit of requests"
Said = dict[str, Any]


def checked(file: Path, source: Source, fixtures: Path, trial: Trial | None) -> Said:
    """Everything that the check says; ``problems`` are what is left to mend."""
    from crawlers.maturity import maturity
    from crawlers.trial import replayed, saved_pages

    said: Said = {
        "source": source.name, "family": source.family, "file": str(file), "problems": _left(file), "robots": None,
        "asked": [], "outcome": None, "records": {}, "visits": {}, "issues": [], "floors": None, "saved": [],
    }  # fmt: skip
    if trial is not None:
        _add_trial(said, source, trial)
    pages = saved_pages(fixtures)
    broken = replayed(fixtures)
    said["problems"] += [f"saved page {words}; save it anew, or mend what reads it" for words in broken]
    said["saved"] = [str(path) for path in pages]
    said["maturity"] = maturity(source, bool(pages) and not broken)
    if source.family == "supplied":
        said["outcome"] = "nothing to ask: a person supplies the material (`qingce import`)"
    return said


def _left(file: Path) -> list[str]:
    """Lines that ``qingce read`` left for a person."""
    lines = enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
    open_ = [number for number, line in lines if CHECK in line.split(" #")[0] and not line.lstrip().startswith("#")]
    return [f"line {number} still says {CHECK}" for number in open_]


def _add_trial(said: Said, source: Source, trial: Trial) -> None:
    from crawlers.opencapture import read_captures
    from crawlers.segments import read_lines

    said["robots"] = trial.robots
    said["asked"] = [{"url": capture.url, "status": capture.status} for capture in read_captures(trial.folder)]
    said["outcome"] = f"{trial.status}" + (f": {trial.reason}" if trial.reason else "")
    records = list(read_lines(trial.folder, "records"))
    visits = list(read_lines(trial.folder, "visits"))
    said["issues"] = list(read_lines(trial.folder, "issues"))
    said["visits"] = dict(Counter(visit["outcome"] for visit in visits if visit["scope"] == "page"))
    by_kind = defaultdict(list)
    for record in records:
        by_kind[record["kind"]].append(record)
    said["records"] = {kind: _kind(kind, rows, source) for kind, rows in by_kind.items()}
    said["floors"] = _floors(by_kind, visits)
    if trial.reason and _ENDED not in trial.reason and not trial.reason.startswith("floor:"):
        said["problems"].append(f"{trial.reason}; see docs/how-to/add-a-source.md")
    elif not records:
        said["problems"].append("no record in these pages; look at `walk`, or ask for more pages (--pages)")
    for issue in said["issues"]:
        if issue["severity"] == "error" and "list" not in issue["code"]:
            said["problems"].append(issue["message"])


def _kind(kind: str, rows: list[dict[str, Any]], source: Source) -> Said:
    """Of one kind: how many, the first as the index takes them, headers that nothing explains."""
    from indexer.normalise.fields import interpret

    shown, unknown, problems = [], Counter[str](), Counter[str]()
    for number, row in enumerate(rows):
        found = interpret(kind, row["fields"], source.data["fields"])
        unknown.update(found.unknown)
        problems.update(f"{header} = {value}: {why}" for header, value, why in found.problems)
        if number < SHOWN:
            shown.append({"subject": row["subject"], "place": row["place"], "published_at": row["published_at"],
                          "title": row["title"], "facts": found.facts})  # fmt: skip
    return {
        "rows": len(rows), "first": shown, "unknown_headers": sorted(unknown),
        "not_understood": [words for words, _ in problems.most_common(5)],
        "without_a_name": sum(1 for row in rows if not row["subject"]["name"]),
    }  # fmt: skip


def _floors(by_kind: dict[str, list[dict[str, Any]]], visits: list[dict[str, Any]]) -> Said | None:
    """Floors to begin with: below what the site states, else below what these pages held."""
    from indexer.normalise.fields import is_ignored

    if not by_kind:
        return None
    stated = {visit["kind"]: visit["stated_total"] for visit in visits if visit["scope"] == "walk"}
    rows = {kind: max(int(_SHARE * (stated.get(kind) or len(found))), 1) for kind, found in by_kind.items()}
    fill = {}
    for kind, found in by_kind.items():
        columns = ((header, value) for row in found for header, value in row["fields"].items())
        filled = Counter(header for header, value in columns if value and not is_ignored(header))
        shares = {header: round(_SHARE * count / len(found), 2) for header, count in filled.items()}
        fill[kind] = {header: share for header, share in shares.items() if share >= _SHARE * _FILLED}
    return {"rows": rows, "fill": fill}


def lines(said: Said) -> Iterator[str]:
    """The check in words."""
    yield f"{said['source']}: family {said['family']}, the file is well formed; maturity: {said['maturity']}"
    if said["robots"]:
        yield f"robots: {said['robots']}"
    for page in said["asked"]:
        yield f"asked: {page['status']} {page['url']}"
    if said["outcome"]:
        yield f"outcome: {said['outcome']}"
    for kind, found in said["records"].items():
        yield from _kind_lines(kind, found)
    for issue in said["issues"][:10]:
        yield f"{issue['severity']} {issue['code']}: {issue['message']}"
    if said["floors"]:
        yield f"floors to begin with: {{rows: {_flow(said['floors']['rows'])}, fill: {_flow(said['floors']['fill'])}}}"
    for path in said["saved"]:
        yield f"saved page: {path}"
    for problem in said["problems"]:
        yield f"to mend: {problem}"
    if not said["problems"]:
        yield f"nothing to mend; `qingce crawl {said['source']}` walks it whole"


def _kind_lines(kind: str, found: Said) -> Iterator[str]:
    yield f"{kind}: {found['rows']} records" + (
        f", {found['without_a_name']} without a subject's name" if found["without_a_name"] else ""
    )
    for record in found["first"]:
        facts = "; ".join(f"{key}={value}" for key, value in record["facts"].items())
        yield f"  {record['place']}, {record['published_at'] or 'no day'}: {record['subject']['name']}: {facts}"
    if found["unknown_headers"]:
        yield f"  not in the vocabulary: {'、'.join(found['unknown_headers'])}"
    for words in found["not_understood"]:
        yield f"  not understood: {words}"


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    return str(value)
