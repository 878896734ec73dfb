"""The values of one measured series."""

from __future__ import annotations

from typing import Any

from indexer.search import enterprise as questions
from indexer.search import moment
from webapp import moments, results
from webapp.api.blueprint import question
from webapp.api.schemas import MeasuredArgs, MeasurementsOut
from webapp.services import services


@question("/enterprises/<enterprise>/measurements", MeasuredArgs, MeasurementsOut)
def measurements(given: dict[str, Any], enterprise: str) -> dict[str, Any]:
    """The newest 2,000 values of a series, newest first, every revision known (or the one public on a day)."""
    results.one("enterprises", enterprise)
    at = moments.asked()
    asked = (given["outlet"], given["pollutant"], given["averaging"], given["unit"])
    answer = services().store.search("measurements", questions.points(enterprise, *asked, at))
    return {"total": results.total(answer), "rows": moment.public(results.rows(answer), at)}
