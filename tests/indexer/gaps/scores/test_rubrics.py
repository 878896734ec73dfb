"""Rubric files: every mistake is one line that names file, row and field; the project's own files hold together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from indexer.gaps.scores import rubricfile
from indexer.gaps.scores.counts import NAMES
from indexer.gaps.scores.measures import MEASURES
from indexer.gaps.scores.ratio import PARTS
from indexer.law.errors import RulesError
from indexer.law.rules import default

KNOWN = frozenset(default().obligations)


def changed(tmp_path: Path, name: str, change: Any) -> Path:
    """A copy of one of the files with something changed."""
    row = yaml.safe_load((rubricfile.FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    change(row)
    path = tmp_path / f"{name}.yaml"
    path.write_text(yaml.safe_dump(row, allow_unicode=True), encoding="utf-8")
    return path


MISTAKES: list[tuple[str, Any, str]] = [
    ("ours", lambda r: r.update(wieghts=1), "ours.yaml: row (file): field wieghts: Unknown field"),
    ("ours", lambda r: r.pop("grades"), "field grades: Missing data"),
    ("ours", lambda r: r["heads"][0]["parts"][0].update(measure="eval"), "heads.0.parts.0.measure: must be one of"),
    ("ours", lambda r: r["heads"][1]["parts"][2]["params"].update(full=0), "row P voluntary: field full: Must be"),
    ("ours", lambda r: r["heads"][3]["parts"][0]["params"]["q"].pop("S4"), "row A sound: field q: Length must be 4"),
    ("ours", lambda r: r["heads"][0].update(key="A"), "row A: field heads: the key stands twice"),
    ("ours", lambda r: r["heads"][0].update(weight=0), "field heads.0.weight: Must be greater than 0"),
    ("ours", lambda r: r["items"][0]["obligations"].append("O24-X"), "year_report: field obligations: 'O24-X'"),
    ("ours", lambda r: r["caps"][1].update(items=[]), "field caps.1.items: are needed where when is missing"),
    ("ours", lambda r: r["caps"][1].update(items=["yearly"]), "field items: 'yearly' is no key under items"),
    ("ours", lambda r: r["caps"][0].pop("severity"), "field caps.0.severity: is needed where when is confirmed"),
    ("ours", lambda r: r["within_days"].pop("month"), "field within_days: no days for a cadence of month"),
    ("ours", lambda r: r["grades"].pop("D"), "field grades: the lowest grade must begin at 0"),
    ("ours", lambda r: r["ranking"].update(needs=["X"]), "row ranking: field needs: 'X' is no key under heads"),
    ("ours", lambda r: r.update(regions="counts"), "row T delay: field measure: 'promptness' looks"),
    ("monitoring", lambda r: r["heads"][0]["parts"][0]["params"].update(items=["none"]), "S rate: field items: 'none'"),
    ("monitoring", lambda r: r["heads"][0]["parts"][0]["params"].update(share="__import__"), "field share: Must be"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "said"), MISTAKES, ids=[said for _, _, said in MISTAKES])
def test_a_mistake_is_named(tmp_path: Path, name: str, change: Any, said: str) -> None:
    with pytest.raises(RulesError) as told:
        rubricfile.read(changed(tmp_path, name, change), KNOWN)
    assert said in str(told.value) and str(told.value).startswith(f"{name}.yaml: row ") and "\n" not in str(told.value)


def test_a_key_that_stands_twice_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text('version: "1"\nversion: "2"\n', encoding="utf-8")
    with pytest.raises(RulesError, match="'version' stands twice"):
        rubricfile.read(path, KNOWN)


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="no rubric"):
        rubricfile.load(tmp_path)


def test_the_project_s_rubrics() -> None:
    found = rubricfile.load()
    assert set(found) == {"ours", "authority", "monitoring", "yardsticks"} and rubricfile.FIRST in found
    ours = found["ours"]
    assert {head.key: head.weight for head in ours.heads} == {"T": 0.3, "P": 0.15, "C": 0.3, "A": 0.25}
    assert found["monitoring"].full == 10 and len(found["yardsticks"].heads) == 9
    # An authority's duties weigh nothing in an enterprise's score, nor the other way round.
    assert found["authority"].subjects == ("authority",) and ours.subjects == ("enterprise",)


def test_every_measure_is_used_and_every_count_named() -> None:
    parts = [part for rubric in rubricfile.load().values() for head in rubric.heads for part in head.parts]
    assert {part.measure for part in parts} == set(MEASURES)
    assert {name for above, (below, _) in PARTS.items() for name in (above, below)} <= set(NAMES)


def test_every_obligation_has_a_group_and_days() -> None:
    ours = rubricfile.load()["ours"]
    for row in default().obligations.values():
        group = ours.group(row.id)
        assert group is not None and ours.allowance(group, row.period) >= 1
    assert [ours.grade(total) for total in (100, 85, 84.99, 70, 60, 59.99, 0)] == ["A", "A", "B", "B", "C", "D", "D"]
