"""All measures by their names in the rubric files."""

from __future__ import annotations

from indexer.gaps.scores import fullness, initiative, ratio, soundness, timeliness
from indexer.gaps.scores.measure import Measure

MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (timeliness.MEASURE, *initiative.MEASURES, *fullness.MEASURES, soundness.MEASURE, ratio.MEASURE)
}
