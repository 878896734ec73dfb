"""Items that authorities owe (主管部门公开事项): rows of ``authority_items.yaml``, typed and checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from marshmallow import RAISE, Schema, fields, validate

from indexer.law.facts import Found
from indexer.law.schema import CHANNELS, KINDS, OFFICE_KINDS

PeriodOf = Literal["list", "year", "quarter", "month", "printed"]
CITY, PROVINCE = "GOV.C", "GOV.P"
MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
"""Provinces that are cities: one bureau owes both."""


@dataclass(frozen=True)
class OfficeItem:
    """Which records are one item; see the head of the file."""

    item: str
    title: str
    lists: tuple[str, ...]
    origins: tuple[str, ...]
    words: tuple[str, ...]
    needs: tuple[str, ...]
    channels: tuple[str, ...]
    period: PeriodOf
    each: bool

    def takes(self, found: Found) -> bool:
        """True where a record is this item."""
        if found.kind not in self.origins or (self.channels and found.channel not in self.channels):
            return False
        if self.needs and not found.present & frozenset(self.needs):
            return False
        text = f"{found.title} {found.text} {found.facts.get('matter') or ''}" if self.words else ""
        return not self.words or any(word in text for word in self.words)


class OfficeItemSchema(Schema):
    """A row of authority_items.yaml."""

    class Meta:
        unknown = RAISE

    item = fields.String(required=True, validate=validate.OneOf(OFFICE_KINDS))
    title = fields.String(required=True, validate=validate.Length(min=1))
    lists = fields.List(fields.String(), load_default=list)
    origins = fields.List(fields.String(validate=validate.OneOf(KINDS)), load_default=list, data_key="from")
    words = fields.List(fields.String(), load_default=list)
    needs = fields.List(fields.String(), load_default=list)
    channels = fields.List(fields.String(validate=validate.OneOf(CHANNELS)), load_default=list)
    period = fields.String(required=True, validate=validate.OneOf(("list", "year", "quarter", "month", "printed")))
    each = fields.Boolean(load_default=False)


def office_item(row: dict[str, Any]) -> OfficeItem:
    """A checked row."""
    return OfficeItem(
        row["item"], row["title"], tuple(row["lists"]), tuple(row["origins"]), tuple(row["words"]),
        tuple(row["needs"]), tuple(row["channels"]), row["period"], row["each"],
    )  # fmt: skip


def classes_of(code: str) -> tuple[str, ...]:
    """The classes of the authority of a region: of a province, of a city, of a municipality both."""
    if code in MUNICIPALITIES:
        return CITY, PROVINCE
    return (PROVINCE,) if len(code) == 2 else (CITY,)


def city_of(path: tuple[str, ...] | list[str]) -> str | None:
    """The code of the city (or municipality) in a region's path; None where only the province is known."""
    top = path[0] if path else ""
    if top in MUNICIPALITIES:
        return top
    return next((code[:4] for code in path if len(code) >= 4), None)
