"""Builds what the law wing is told of each authority (主管机关), with everything later than ``as_of`` cut off.

An authority is known by its region: the cities and provinces in which the register knows an enterprise. What it
published is what the register holds of lists, penalties, inspections, complaints and the rest, whoever it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from indexer.clock import day_of, parse
from indexer.law import facts as law
from indexer.law.facts import Found, Membership
from indexer.law.model import within_any
from indexer.law.offices import MUNICIPALITIES, OfficeItem, city_of
from indexer.law.rules import Rules, default
from indexer.normalise import regions
from indexer.register import authorities, decisions, offices, watching
from indexer.register.offices import Office
from indexer.register.sourcefile import Source
from indexer.register.storage import Body, Storage, all_of, terms

PREFIX, SOURCE = "a-", "authority"
"""Ids of authorities begin so; in decisions they stand where a source stands for enterprises."""
_MEMBERS = ["region_path", "first_seen", "memberships"]
_RECORDS = [
    "id", "source", "channel", "kind", "period", "published", "sightings", "present", "facts.date", "facts.matter",
    "facts.term", "capture", "key", "title", "document_no", "authority", "url", "region_path", "rows",
]  # fmt: skip


def subjects(
    store: Storage,
    session: Session | None,
    as_of: date,
    ids: Sequence[str] | None,
    sources: Iterable[Source],
    rules: Rules | None = None,
) -> Iterator[law.Subject]:
    """The law's view of every authority (or of those among ``ids``) at the end of the Shanghai day ``as_of``.

    ``session`` reads what people decided on their duties (None: nothing).
    """
    if ids is not None and not any(one.startswith(PREFIX) for one in ids):
        return
    law_, known = rules or default(), tuple(sources)
    found: dict[str, Office] = {}
    # Of some authorities only what lies in their regions is read: everything that counts for them does.
    by_name = {source.name: source for source in known}
    within = [] if ids is None else [terms("region_path", sorted(one.removeprefix(PREFIX) for one in ids))]
    _members(store, as_of, within, law_, by_name, found)
    _records(store, as_of, within, law_, found)
    channels, walks = watching.channels(store, known, as_of), watching.walks(store, as_of)
    for code in sorted(found):
        office = found[code]
        if ids is None or office.id in ids:
            made = offices.subject(office, name(code, known), channels, walks, _years(known), law_)
            yield replace(made, decisions=_decisions(session, office.id, as_of))


def _decisions(session: Session | None, identifier: str, as_of: date) -> tuple[law.Decision, ...]:
    """What people decided, kept under ``authority|<id>``."""
    rows = decisions.decisions_for(session, [f"{SOURCE}|{identifier}"], as_of) if session is not None else []
    return tuple(
        law.Decision(str(row.id), f"{identifier}:{str(row.duty).replace('|', ':', 1)}", row.kind, row.day, row.until)
        for row in rows
        if row.duty
    )


def _years(sources: Iterable[Source]) -> dict[str, str | None]:
    """Of which year a source's lists are: one for all, or as each tells (None)."""
    rules = {source.name: source.membership for source in sources}
    told = {name: rule for name, rule in rules.items() if rule.get("year") or rule.get("year_from")}
    return {name: str(rule["year"]) if rule.get("year") else None for name, rule in told.items()}


def name(code: str, sources: Iterable[Source] = ()) -> str:
    """What the authority of a region is called, by the national table or a source's own."""
    tables = [regions.china(), *(source.regions for source in sources)]
    place = next((said for table in tables if (said := table.name(code))), code)
    return f"{place}{'生态环境厅' if len(code) == 2 and code not in MUNICIPALITIES else '生态环境局'}"


def _members(
    store: Storage, as_of: date, within: list[Body], rules: Rules, sources: dict[str, Source], found: dict[str, Office]
) -> None:
    lists = [item for item in rules.items if item.lists]
    query = all_of(watching.until(as_of, "first_seen"), *within)
    for body in store.scan("enterprises", query, _MEMBERS):
        path, seen = body["region_path"], date.fromisoformat(body["first_seen"])
        code = city_of(path)
        for one in {code, path[0] if path else None} - {None}:
            found.setdefault(str(one), Office(str(one), seen)).known(seen)
        if code is not None:
            for line in body["memberships"]:
                if line["first_seen"] <= as_of.isoformat():
                    _line(found[code], line, lists, sources)


def _line(office: Office, line: dict[str, Any], lists: list[OfficeItem], sources: dict[str, Source]) -> None:
    member = Membership(
        line["cls"], line["year"], _date(line["published"]), None, None, None, None,
        date.fromisoformat(line["first_seen"]), line["source"], assumed=line["assumed"],
    )  # fmt: skip
    source = sources.get(member.source)
    channel = source.channel_of(offices.LISTING) if source else "other"
    for item in lists:
        if within_any(member.cls, item.lists):
            office.listed(item.item, member.year, member, channel, dict(line["capture"]))


def _records(store: Storage, as_of: date, within: list[Body], rules: Rules, found: dict[str, Office]) -> None:
    wanted = [
        all_of(terms("kind", item.origins), *([terms("channel", item.channels)] if item.channels else []))
        for item in rules.items
        if item.origins
    ]
    either = {"bool": {"should": wanted, "minimum_should_match": 1}}
    query = all_of(either, watching.until(as_of, "first_seen"), *within)
    for body in store.scan("disclosures", query, _RECORDS):
        code = _whose(body)
        record = _found(body, as_of) if code in found else None
        if record is not None and code is not None:
            for item in rules.items:
                if item.takes(record) and _counts(item, record):
                    found[code].recorded(item, record)


def _counts(item: OfficeItem, record: Found) -> bool:
    """A penalty that only another site tells of counts where its number says which one it is."""
    return not item.each or bool(item.channels) or record.channel == "city_bureau" or record.document_no is not None


def _whose(body: dict[str, Any]) -> str | None:
    """The province's authority where it is named, else that of the city in which the enterprise lies.

    A county's bureau decides for its city; a name from elsewhere does not outweigh where the enterprise is.
    """
    path, printed = body["region_path"], authorities.region_of(body["authority"]) if body["authority"] else None
    if printed is not None and len(printed) == 2 and printed not in MUNICIPALITIES and printed in path:
        return printed
    return city_of(path)


def _found(body: dict[str, Any], as_of: date) -> Found | None:
    days = tuple(sorted(day for day in map(_day, body["sightings"]) if day <= as_of))
    if not days:
        return None
    return Found(
        id=body["id"], source=body["source"], channel=body["channel"], kind=body["kind"], period=body["period"],
        published=_date(body["published"]), first_seen=days[0], last_seen=days[-1], sightings=days,
        present=frozenset(body["present"]), not_produced=frozenset(), facts=body.get("facts") or {},
        captures=(dict(body["capture"]),), key=body["key"], title=body["title"], document_no=body["document_no"],
        authority=body["authority"], url=body["url"], rows=body["rows"],
    )  # fmt: skip


@lru_cache(maxsize=100_000)
def _day(instant: str) -> date:
    return day_of(parse(instant))


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
