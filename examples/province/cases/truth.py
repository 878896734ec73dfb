"""The truth of the cases at the end of a day: findings and states of duties, one row each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .model import Cases, Expected, Firm
from .script import AS_OF_DAYS


def truth(cases: Cases, as_of: date) -> Iterator[dict[str, object]]:
    """Rows of ``what`` finding, duty and open (of which the law decides nothing); ValueError for another day."""
    if as_of not in AS_OF_DAYS:
        raise ValueError(f"no truth for {as_of}; the days are {', '.join(map(str, AS_OF_DAYS))}")
    for case in cases.expected:
        if as_of in case.as_of:
            yield {**_case(case), "expected": case.expected, "why": case.why}
    yield from _early(cases, as_of)
    for duty in cases.duties:
        if as_of in duty.as_of:
            yield {"what": "duty", **_whom(duty.firm), "obligation": duty.obligation, "period": duty.period,
                   "state": duty.state, "why": duty.why}  # fmt: skip
    yield from _open(cases, as_of)


def _early(cases: Cases, as_of: date) -> Iterator[dict[str, object]]:
    """Cases that have not begun: nothing is found of what has not happened, where no other case of the rule has."""
    begun = {(case.firm.key, case.rule, case.obligation) for case in cases.expected if min(case.as_of) <= as_of}
    for case in cases.expected:
        if (case.firm.key, case.rule, "") in cases.open:
            continue
        if as_of < min(case.as_of) and (case.firm.key, case.rule, case.obligation) not in begun:
            yield {**_case(case), "case": f"{case.case}-before", "expected": False, "why": "nothing of it has happened"}


def _open(cases: Cases, as_of: date) -> Iterator[dict[str, object]]:
    """Of which nothing is said: what a case touches by the way, and all behind the season of an enterprise."""
    for key, rule, obligation in sorted(cases.open):
        yield {"what": "open", "enterprise": key, "rule": rule, "obligation": obligation or None}
    for case in cases.expected:
        if as_of > max(case.as_of):
            yield {"what": "open", "enterprise": case.firm.key, "rule": case.rule, "obligation": case.obligation}
    for firm in cases.firms:
        if firm.season and as_of > firm.season.as_of:
            yield {"what": "open", **_whom(firm), "rule": None, "obligation": None}


def _case(case: Expected) -> dict[str, object]:
    return {"what": "finding", **_whom(case.firm), "rule": case.rule, "obligation": case.obligation,
            "period": case.period, "case": case.case}  # fmt: skip


def _whom(firm: Firm) -> dict[str, object]:
    return {"enterprise": firm.key, "external_id": firm.external, "name": firm.name}
