"""The page on which a whole list is looked up: pasted or uploaded, answered in a table or as a file."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, render_template, request
from flask_babel import gettext as _

from indexer.search import lines, lookup
from indexer.search.lines import MOST, Line
from webapp import exports
from webapp.lookups import answers, sheets
from webapp.public.blueprint import public
from webapp.services import services


@public.get("/lookup")
def lookup_form() -> str:
    """The form, empty."""
    return render_template("public/lookup.html", text="", rows=None, most=MOST)


@public.post("/lookup")
def lookup_page() -> str | Response:
    """The answers to a list: ``text`` pasted or ``file`` uploaded; ``form=csv`` or ``jsonl`` gives them as a file."""
    given = asked_lines()
    found = lookup.look_up(services().store, given, services().sources().regions)
    rows = [answers.row(answer) for answer in found]
    form = request.form.get("form", "")
    if form in exports.TYPES:
        return exports.file(rows, columns(), form, "qingce-lookup")
    return render_template(
        "public/lookup.html",
        text="\n".join(lines.shown(given)),
        rows=rows,
        tally=answers.tally(rows),
        doubts=answers.DOUBTS,
        tones=answers.TONES,
        most=MOST,
    )


def asked_lines() -> list[Line]:
    """The lines sent; a file that is no list, none or too many lines are a 400 page in words."""
    upload = request.files.get("file")
    pasted = lines.of_text(request.form.get("text", ""))
    try:
        given = sheets.read(upload.read()) if upload and upload.filename else pasted
    except sheets.SheetError as error:
        abort(400, _("无法读取这个文件：请另存为 .xlsx 或 .csv 后重试。") + f" ({error})")
    return checked(given)


def checked(given: list[Line]) -> list[Line]:
    """The lines where there are some and not too many, else a 400 answer."""
    if not given:
        abort(400, _("名单是空的：请每行写一个企业名称、信用代码或许可证编号。"))
    if lines.too_many(given):
        abort(400, _("名单有 %(count)s 行，一次最多 %(most)s 行：请分几次。", count=len(given), most=MOST))
    return given


def columns() -> exports.Columns:
    """Columns of the answers as a file."""
    return [
        (_("行"), lambda one: one["line"]),
        (_("所给内容"), lambda one: one["text"]),
        (_("编号"), lambda one: one["id"]),
        (_("企业"), lambda one: one["name"]),
        (_("地区"), lambda one: one["region"]),
        (_("统一社会信用代码"), lambda one: one["uscc"]),
        (_("相似度"), lambda one: one["score"]),
        (_("存疑代码"), lambda one: one["doubt"]),
        (_("存疑"), lambda one: str(answers.DOUBTS[one["doubt"]])),
        (_("其他可能"), lambda one: "；".join(_other(other) for other in one["others"])),
    ]


def _other(one: dict[str, Any]) -> str:
    return f"{one['name']} {one['region']} {one['id']}"
