"""Jinja filters: days, instants, numbers, periods, regions, sources, and the pieces of a highlighted text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import Flask, url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape

from indexer.clock import SHANGHAI
from indexer.law import rules
from indexer.search.highlight import mark
from webapp import findingview, words
from webapp.chart import is_over
from webapp.dutyview import obligation_path
from webapp.gist import gist
from webapp.services import services


def moment(instant: str | None) -> str:
    """``2021-03-01T02:00:00Z`` → ``2021-03-01 10:00`` in Shanghai; empty for None."""
    if not instant:
        return ""
    return datetime.fromisoformat(instant).astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def number(value: float | int | None) -> str:
    """A number as people write it: no trailing zeros, thousands set apart from five digits on."""
    if value is None:
        return ""
    text = f"{value:,.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"
    return text.replace(",", "") if abs(value) < 10_000 else text


def percent(share: float | None) -> str:
    """A share of 1 in whole percent."""
    return "" if share is None else f"{share:.0%}"


def period(text: str | None) -> str:
    """``2024`` → 2024年, ``2024Q1`` → 2024年第1季度, ``once:2020`` → 2020年起列入名录 …"""
    if not text:
        return ""
    head, colon, rest = text.partition(":")
    if head == "once" and colon:
        return str(_("%(year)s年列入名录后", year=rest))
    if head == "event" and colon:
        return str(_("事件 %(mark)s", mark=rest[:8]))
    if text[4:] in ("H1", "H2"):
        return str(_("%(year)s年上半年", year=text[:4]) if text[5] == "1" else _("%(year)s年下半年", year=text[:4]))
    if "Q" in text:
        year, quarter = text.split("Q", 1)
        return str(_("%(year)s年第%(quarter)s季度", year=year, quarter=quarter))
    if "-" in text:
        year, month = text.split("-", 1)
        return str(_("%(year)s年%(month)s月", year=year, month=month))
    return str(_("%(year)s年", year=text))


def region(code: str | None) -> str:
    """The full name of a region; the code itself where no table knows it."""
    return services().sources().regions.name(code) or (code or "")


def region_leaf(code: str) -> str:
    """The last part of a region's name."""
    return services().sources().regions.names.get(code, code)


def obligation_item(identifier: str) -> str:
    """The item of an obligation with its id: ``排污信息 O31-2``; the id alone where the rules no longer know it."""
    row = rules.default().obligations.get(identifier)
    return f"{row.item} {identifier}" if row else identifier


def source_title(name: str) -> str:
    """The title of a source."""
    return services().sources().title(name)


def evidence_url(capture: Mapping[str, Any] | None, place: str = "", endpoint: str = "public.evidence") -> str:
    """The address of the evidence view of a capture, the cited ``place`` with it; empty for None."""
    if not capture:
        return ""
    where = {"run": capture["run"], "file": capture["file"], "offset": capture["offset"], "digest": capture["digest"]}
    return url_for(endpoint, **where, place=place or None)


def duty_url(duty: Mapping[str, Any]) -> str:
    """The address of a duty's public page."""
    return url_for("public.duty", **obligation_path(duty["id"]))


def review_url(duty: Mapping[str, Any]) -> str:
    """The address of a duty's page on the review desk."""
    return url_for("review.duty", **obligation_path(duty["id"]))


def highlighted(text: str | None, hits: list[str]) -> Markup:
    """The text with what answers the search in ``<mark>``; everything escaped."""
    pieces = mark(text or "", hits)
    return Markup("").join(Markup("<mark>{}</mark>").format(p.text) if p.hit else escape(p.text) for p in pieces)


def word(code: str | None, table: str) -> Any:
    """The word for a code in one of the tables of ``webapp.words``; an unknown code is shown as it is."""
    known: dict[str, Any] = getattr(words, table)
    return known.get(code or "", code or "")


FILTERS: dict[str, Callable[..., Any]] = {
    "moment": moment,
    "number": number,
    "percent": percent,
    "period": period,
    "region": region,
    "region_leaf": region_leaf,
    "source_title": source_title,
    "obligation_item": obligation_item,
    "rule_title": findingview.title,
    "evidence_url": evidence_url,
    "duty_url": duty_url,
    "review_url": review_url,
    "highlighted": highlighted,
    "word": word,
    "reason": words.reason_words,
    "gist": gist,
}


def init(app: Flask) -> None:
    """Give the templates these filters."""
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.tests["over_limit"] = is_over
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
