"""One enterprise: what it must disclose, what it did disclose, when it was due, and which looks stand behind that."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from indexer.register.documents import Duty, Enterprise
from indexer.search import duties, queries
from indexer.search import enterprise as questions
from indexer.search.duties import Reader
from webapp import dutyview, judgements, redirects, results
from webapp.public.blueprint import public
from webapp.services import services


@public.get("/enterprise/<enterprise>", endpoint="enterprise")
def enterprise_page(enterprise: str) -> str | Response:
    """The public page of an enterprise; a merged or re-coded id leads to the present one."""
    found = services().store.get("enterprises", enterprise)
    if found is None:
        successor = redirects.successor(enterprise)
        if successor:
            return redirect(url_for("public.enterprise", enterprise=successor), 301)
        abort(404, _("清册中没有编号为 %(id)s 的企业。", id=enterprise))
    return page("public/enterprise.html", found, "public")  # type: ignore[arg-type]


def page(template: str, found: Enterprise, reader: Reader, **more: Any) -> str:
    """The page of an enterprise for a reader."""
    store = services().store
    asked = results.rows(store.search("duties", duties.of_enterprise(found["id"], reader)))
    views = [dutyview.view(duty, reader) for duty in asked]  # type: ignore[arg-type]
    by_kind = results.buckets(store.search("disclosures", questions.kinds(found["id"])), "kind")
    series = results.buckets(store.search("measurements", questions.series(found["id"])), "series")
    return render_template(
        template,
        enterprise=found,
        reader=reader,
        groups=dutyview.ordered(views),
        tally=dutyview.tally(views),
        as_of=max((view.duty["as_of"] for view in views), default=None),
        kinds=[(bucket["key"], bucket["doc_count"], results.rows(bucket["newest"])) for bucket in by_kind],
        series=series,
        decisions=judgements.of_enterprise(
            found["id"], found["identity_keys"], reader, {view.duty["id"]: view.duty["item"] for view in views}
        ),
        **more,
    )


@public.get("/enterprise/<enterprise>/duty/<obligation>/<period>")
def duty(enterprise: str, obligation: str, period: str) -> str:
    """The public page of one duty: the due day's course, the looks, the proof."""
    found: Duty = results.one("duties", f"{enterprise}:{obligation}:{period}")  # type: ignore[assignment]
    if not dutyview.is_public(found):
        abort(404, _("这一事项没有公开的核查结果。"))
    return duty_page("public/duty.html", found, "public")


def duty_page(template: str, found: Duty, reader: Reader, **more: Any) -> str:
    """The page of a duty for a reader."""
    store = services().store
    view = dutyview.view(found, reader)
    owner = results.one("enterprises", found["enterprise"])
    items = {found["id"]: found["item"]}
    visits = [visit for look in view.channels for visit in look["visits"]]
    looked = results.rows(store.search("visits", queries.by_ids(visits))) if visits else []
    answered = results.rows(store.search("disclosures", queries.by_ids(found["found"]))) if found["found"] else []
    return render_template(
        template,
        view=view,
        reader=reader,
        enterprise=owner,
        visits=sorted(looked, key=lambda visit: (visit["source"], visit["at"])),
        disclosures=sorted(answered, key=lambda one: (one["first_seen"], one["id"])),
        decisions=[
            one
            for one in judgements.of_enterprise(owner["id"], owner["identity_keys"], reader, items)
            if one.duty == found["id"]
        ],
        **more,
    )
