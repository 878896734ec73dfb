"""Sites of further families, one module each: how it answers, and what it publishes as records.

Unlike the duty sites they are crawled on the script's last visit day alone, and their truth is told record by record.
"""

from __future__ import annotations

from . import (
    alarms,
    complaints,
    credit,
    eia_notices,
    eic,
    eportal,
    inspection,
    jpage,
    monitoring,
    ownsite,
    penalty,
    penalty_open,
    permit_open,
    pseudo,
    ratings,
    registry,
    selfmonitoring,
    supervision,
)
from .site import FamilySite

FAMILIES: dict[str, FamilySite] = {
    site.name: site
    for site in (
        penalty.SITE,
        credit.SITE,
        ratings.SITE,
        penalty_open.SITE,
        eia_notices.SITE,
        inspection.SITE,
        complaints.SITE,
        permit_open.SITE,
        selfmonitoring.SITE,
        alarms.SITE,
        pseudo.SITE,
        registry.SITE,
        supervision.SITE,
        ownsite.SITE,
        eic.SITE,
        monitoring.SITE,
        eportal.SITE,
        jpage.SITE,
    )
}
"""Every family site by name, in the order of their ports."""
