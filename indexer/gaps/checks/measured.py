"""The checks on monitoring values and on amounts reckoned from them."""

from __future__ import annotations

from indexer.gaps.checks import (
    agreement,
    balance,
    flatline,
    hugging,
    marked,
    oxygen,
    physics,
    printed,
    quota,
    repeats,
    running,
    sessions,
    slots,
    spikes,
    tardy,
    unlabelled,
    unmonitored,
    verdicts,
    waste,
    yearly,
)
from indexer.gaps.checks.observation import Check

CHECKS: tuple[Check, ...] = (
    Check("MIS-03", slots.run, slots.PARAMS),
    Check("MIS-04", sessions.run, sessions.PARAMS),
    Check("MIS-05", unmonitored.run, unmonitored.PARAMS),
    Check("LAT-03", tardy.run_slots, tardy.SLOT_PARAMS),
    Check("LAT-05", tardy.run_lump, tardy.LUMP_PARAMS),
    Check("INC-04", unlabelled.run_units, unlabelled.UNIT_PARAMS),
    Check("INC-05", unlabelled.run_rows, unlabelled.ROW_PARAMS),
    Check("CON-01", verdicts.run_over, verdicts.OVER_PARAMS),
    Check("CON-02", verdicts.run_within, verdicts.WITHIN_PARAMS),
    Check("CON-03", printed.run, printed.PARAMS),
    Check("CON-04", quota.run, quota.PARAMS),
    Check("CON-05", balance.run, balance.PARAMS),
    Check("CON-06", oxygen.run, oxygen.PARAMS),
    Check("CON-07", flatline.run_flat, flatline.FLAT_PARAMS),
    Check("CON-08", flatline.run_spread, flatline.SPREAD_PARAMS),
    Check("CON-09", repeats.run, repeats.PARAMS),
    Check("CON-10", hugging.run, hugging.PARAMS),
    Check("CON-11", spikes.run, spikes.PARAMS),
    Check("CON-12", yearly.run, yearly.PARAMS),
    Check("CON-13", physics.run, physics.PARAMS),
    Check("CON-17", running.run, running.PARAMS),
    Check("CON-19", waste.run, waste.PARAMS),
    Check("CON-20", agreement.run, agreement.PARAMS),
    Check("CON-21", marked.run, marked.PARAMS),
)
