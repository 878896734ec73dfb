"""Reading ``rubrics/*.yaml``: checked against the law's obligations; every error names file, row and field."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Any

from indexer.gaps.scores import schema
from indexer.gaps.scores.measures import MEASURES
from indexer.gaps.scores.rubric import Cap, Head, ItemGroup, Part, Ranking, Rubric
from indexer.law import rules, yamlfile
from indexer.law.errors import RulesError
from indexer.law.schema import PERIODS, load_row

FOLDER = Path(__file__).parent / "rubrics"
FIRST = "ours"
"""The rubric that is shown where none is asked for."""


@lru_cache(maxsize=4)
def load(folder: Path = FOLDER) -> dict[str, Rubric]:
    """The rubrics of a folder by their keys (the files' names); raises RulesError naming file, row and field."""
    known = frozenset(rules.default().obligations)
    found = {path.stem: read(path, known) for path in sorted(folder.glob("*.yaml"))}
    if not found:
        raise RulesError(f"{folder.name}: no rubric (*.yaml) in it; restore the files")
    return found


def read(path: Path, obligations: frozenset[str]) -> Rubric:
    """One rubric; ``obligations`` are the ids that its groups may name."""
    row = load_row(schema.RubricSchema(), yamlfile.mapping(path), path.name, "(file)")
    groups = tuple(_group(path, item, obligations) for item in row["items"])
    rubric = Rubric(
        key=path.stem, version=row["version"], digest=hashlib.sha256(path.read_bytes()).hexdigest()[:8],
        title=row["title"], origin=row["origin"], note=row["note"], subjects=tuple(row["subjects"]),
        regions=row["regions"], months=row["months"], full=row["full"],
        heads=tuple(_head(path, head) for head in row["heads"]), groups=groups,
        others=ItemGroup("others", row["others"]["title"], (), row["others"]["weight"], None, False)
        if row["others"]
        else None,
        within_days=row["within_days"],
        caps=tuple(Cap(c["when"], c["at_most"], c["severity"], tuple(c["items"]), c["title"]) for c in row["caps"]),
        grades=tuple(sorted(row["grades"].items(), key=lambda pair: -pair[1])),
        ranking=Ranking(**{**row["ranking"], "needs": tuple(row["ranking"]["needs"])}),
    )  # fmt: skip
    _check(path, rubric)
    return rubric


def _group(path: Path, row: Mapping[str, Any], obligations: Iterable[str]) -> ItemGroup:
    for pattern in row["obligations"]:
        if not any(fnmatchcase(known, pattern) for known in obligations):
            raise _wrong(path, row["key"], "obligations", f"{pattern!r} names no obligation of the law's files")
    return ItemGroup(
        row["key"], row["title"], tuple(row["obligations"]), row["weight"], row["within_days"], row["together"]
    )


def _head(path: Path, row: Mapping[str, Any]) -> Head:
    parts = []
    for part in row["parts"]:
        params = load_row(MEASURES[part["measure"]].params(), part["params"], path.name, f"{row['key']} {part['key']}")
        parts.append(Part(part["key"], part["title"], part["measure"], part["weight"], params))
    return Head(row["key"], row["title"], row["weight"], tuple(parts))


def _check(path: Path, rubric: Rubric) -> None:
    """What no single row can tell: keys are unique, groups that are named exist, a region has counts alone."""
    for field, keys in (("heads", [h.key for h in rubric.heads]), ("items", [g.key for g in rubric.groups])):
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise _wrong(path, twice[0], field, "the key stands twice; keys are unique")
    groups = {group.key for group in rubric.groups}
    for head in rubric.heads:
        for part in head.parts:
            unknown = sorted(set(part.params.get("items", ())) - groups)
            if unknown:
                raise _wrong(path, f"{head.key} {part.key}", "items", f"{unknown[0]!r} is no key under items")
            if rubric.regions == "counts" and not MEASURES[part.measure].of_counts:
                raise _wrong(path, f"{head.key} {part.key}", "measure", f"{part.measure!r} looks at the items of one"
                             " subject, a region of counts has none")  # fmt: skip
    for cap in rubric.caps:
        for item in sorted(set(cap.items) - groups):
            raise _wrong(path, cap.title, "items", f"{item!r} is no key under items")
    for need in rubric.ranking.needs:
        if need not in {head.key for head in rubric.heads}:
            raise _wrong(path, "ranking", "needs", f"{need!r} is no key under heads")
    lacking = sorted(set(PERIODS) - set(rubric.within_days))
    if lacking:
        raise _wrong(path, "(file)", "within_days", f"no days for a cadence of {lacking[0]}")
    if not rubric.grades or rubric.grades[-1][1] != 0:
        raise _wrong(path, "(file)", "grades", "the lowest grade must begin at 0, so that every total has one")


def _wrong(path: Path, row: str, field: str, what: str) -> RulesError:
    return RulesError(f"{path.name}: row {row}: field {field}: {what}; correct it")
