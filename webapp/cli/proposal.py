"""The YAML of a source for an unknown page: everything that can be told is filled in, what cannot says CHECK."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from webapp.cli.reading import Found, Reading

CHECK = "CHECK"
_PAGES = ("page", "pageno", "pagenum", "pageindex", "currentpage", "curpage", "pagenumber", "p")
_NAMES = {"name": "name", "uscc": "uscc", "region": "region"}
_BODY = "#zoom, .TRS_Editor, .TRS_PreAppend, #NewsContent, .j-fontContent, .article, .content"
_WITHOUT = "征求意见|解读|申报"
_SLUG = re.compile(r"[^a-z0-9]+")
_QUOTED = re.compile(r"^[\w./{}一-鿿（）()、-]+$")
HEAD = """# Proposed by `qingce read`; a person checks it: every line with CHECK, the kind, the regions.
# `qingce source check FILE` tries it on three pages and proposes the floors.
"""


def proposal(reading: Reading) -> str:
    """The source's YAML as text; of a page that says nothing at all, a notices source to be filled in."""
    best = reading.best
    parts = urlsplit(reading.url or "")
    base = f"{parts.scheme}://{parts.netloc}" if parts.netloc else f"http://{CHECK.lower()}.example"
    kind = _kind(reading)
    family, walk = _walk(reading, best, kind)
    covers = [{"kinds": [kind], "classes": _classes(kind), "regions": [CHECK]}]
    lines = [
        f"title: {_value(reading.title or PurePosixPath(reading.name).stem or CHECK)}",
        f"publisher: {{name: {CHECK}, level: city}}  # {CHECK}: national, province, city, county or company",
        f"family: {family}",
        f"base_url: {base}",
        f"robots: {{note: {CHECK}}}  # {CHECK}: what robots.txt says, and the day it was read",
        f"licence: {CHECK}",
        "pace: {delay: 3.0, concurrency: 1}",
        "cadence: weekly",
        f"channel: {'own_site' if family == 'own_site' else 'city_bureau'}  # {CHECK}",
        f"covers:  # {CHECK}: the regions by their GB/T 2260 codes, in quotes",
        *(f"  - {_flow(cover)}" for cover in covers),
        *_membership(kind),
        *_mapped(best, kind),
        *([] if parts.hostname not in ("127.0.0.1", "localhost") else ["loopback: true"]),
        *_block("walk", walk),
        *_notes(reading, best, family),
    ]
    return HEAD + "\n".join(lines) + "\n"


def name_of(reading: Reading) -> str:
    """A name for the source: its host and last folder, or the file's stem."""
    parts = urlsplit(reading.url or "")
    words = f"{parts.hostname or ''} {PurePosixPath(parts.path).parent.name}" if parts.hostname else reading.name
    return _SLUG.sub("-", words.lower()).strip("-")[:60] or "unknown"


def _kind(reading: Reading) -> str:
    """Of the best part; of a bare list of links what its titles speak of."""
    from indexer.normalise.guess import guesses

    if reading.best is not None and not (reading.links and reading.best.guesses[0].score < 1):
        return reading.best.kind
    titles = " ".join(link.title for link in reading.links.links) if reading.links else reading.title or ""
    return guesses([], titles)[0].kind


def _walk(reading: Reading, best: Found | None, kind: str) -> tuple[str, dict[str, Any]]:
    if reading.document.kind == "json" and reading.url and best is not None:
        return "json_api", _json(reading.url, best, kind)
    if reading.links is not None and (best is None or best.seen < len(reading.links.links)):
        return "notices", _notices(reading, kind)
    if reading.url and best is not None and best.shape != "table":
        return "own_site", _own(reading, best, kind)
    return "supplied", {}


def _notices(reading: Reading, kind: str) -> dict[str, Any]:
    links = reading.links
    assert links is not None
    parts = urlsplit(reading.url or "")
    listed: dict[str, Any] = {"urls": [parts.path + (f"?{parts.query}" if parts.query else "") or "/"]}
    if links.next:
        listed |= {"next": links.next, "step": links.step}
    if links.pages:
        listed["pages"] = links.pages
    listed |= {"items": links.items, "include": _include(reading, kind), "without": _WITHOUT}
    return {
        "list": listed,
        "notice": {"kind": kind, "body": _BODY, "required": ["企业名称|单位名称"], "subject": _subject(None)},
    }


def _include(reading: Reading, kind: str) -> str:
    """Words of the kind that the titles really hold; every title where they hold none."""
    from indexer.normalise.data import load

    titles = " ".join(link.title for link in reading.links.links) if reading.links else ""
    words = [word for word in load("kinds").get(kind, ()) if word in titles]
    return "|".join(words) or "."


def _json(url: str, best: Found, kind: str) -> dict[str, Any]:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    page = next((name for name in query if name.lower() in _PAGES), None)
    listed: dict[str, Any] = {"url": parts.path, "method": "GET"}
    if page is not None:
        listed |= {"page_param": page, "first_page": int(query[page]) if query[page].isdigit() else 1}
    if form := {name: value for name, value in query.items() if name != page}:
        listed["form"] = form
    if best.place not in ("rows", "object"):
        listed["rows"] = best.place
    elif best.place == "rows" and best.places and best.places[0].startswith("rows"):
        listed["rows"] = "rows"
    listed |= {"total": "total" if best.stated is not None else None, "kind": kind, "subject": _subject(best)}
    return {"list": listed}


def _own(reading: Reading, best: Found, kind: str) -> dict[str, Any]:
    parts = urlsplit(reading.url or "")
    named = _column(best, "name")
    subject = {"name": best.rows[0].get(named) if named else CHECK}
    kinds = [{"kind": kind, "words": reading.title or "."}]
    return {"start": [parts.path or "/"], "subject": subject, "follow": "环境|信息公开|排污|监测", "kinds": kinds}


def _subject(best: Found | None) -> dict[str, str]:
    """Columns that name the subject: those of the table, else the usual ones."""
    if best is None:
        return {"name": "企业名称|单位名称", "uscc": "统一社会信用代码", "region": "区县|所在区县"}
    found = {part: header for part, key in _NAMES.items() if (header := _column(best, key)) is not None}
    return found or {"name": CHECK}


def _column(best: Found, key: str) -> str | None:
    headers = best.guesses[0].headers
    return next((name for name, meaning in headers.items() if meaning.key in (key, f"{key}_cn")), None)


def _classes(kind: str) -> list[str]:
    if kind == "listing":
        return ["KPU", "EL"]
    return ["PK", "PS"] if kind in ("permit", "permit_report", "monitoring") else ["KPU"]


def _membership(kind: str) -> list[str]:
    if kind != "listing":
        return []
    by = "{水环境: KPU.W, 大气环境: KPU.A, 噪声: KPU.N, 土壤: SOIL, 环境风险: RISK, 依法披露: EL}"
    return [
        f"membership:  # {CHECK}: or `class: KPU` where all are of one class",
        f"  class_by: {{title: {by}}}", "  year_from: title", "  published: published_at",
    ]  # fmt: skip


def _mapped(best: Found | None, kind: str) -> list[str]:
    """Headers that the vocabulary lacks, for the person to map."""
    unknown = best.guesses[0].unknown if best is not None else []
    if not unknown:
        return []
    words = f"fields:  # {CHECK}: give each its key of indexer/normalise/vocabulary/fields.yaml, or leave the line out"
    return [f"# {words}", f"#   {kind}:", *(f"#     {_value(header)}: {CHECK}" for header in unknown)]


def _notes(reading: Reading, best: Found | None, family: str) -> list[str]:
    if reading.links is not None and family == "notices":
        return [f"# {CHECK}: the kind is told by titles alone; look at one notice for `body`, `required`, `subject`"]
    if best is None:
        return [f"notes: nothing on the page could be read as a disclosure; {CHECK}"]
    guess = best.guesses[0]
    said = f"{guess.kind} with {guess.sureness} confidence ({guess.confidence}); {'; '.join(guess.reasons)}"
    lines = [f"notes: {_value(said)}"]
    if family == "supplied":
        what = "list" if guess.kind == "listing" else f"disclosures --kind {guess.kind}"
        lines.append(f"# `qingce import {what} {reading.name} …` takes the material in; no robot asks for it.")
    return lines


def _block(name: str, value: dict[str, Any], depth: int = 0) -> list[str]:
    """A mapping as YAML lines: mappings of mappings as blocks, everything else in one line."""
    pad = "  " * depth
    if not value:
        return [f"{pad}{name}: {{}}"]
    lines = [f"{pad}{name}:"]
    for key, item in value.items():
        nested = isinstance(item, dict) and any(isinstance(inner, dict | list) for inner in item.values())
        lines += _block(key, item, depth + 1) if nested else [f"{pad}  {key}: {_flow(item)}"]
    return lines


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_value(key)}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if value is None or isinstance(value, bool | int | float):
        return json.dumps(value)
    return _value(str(value))


def _value(text: str) -> str:
    """A text as YAML: bare where that is safe, else in single quotes."""
    if _QUOTED.match(text) and not text[0].isdigit() and text[0] not in "-.{" and text.lower() not in _WORDS:
        return text
    return "'" + text.replace("'", "''") + "'"


_WORDS = ("yes", "no", "true", "false", "null", "on", "off", "y", "n")
