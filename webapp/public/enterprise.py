"""One enterprise: what it must disclose, what it did disclose, when it was due, and which looks stand behind that."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from indexer.register import related
from indexer.register.authority_facts import PREFIX
from indexer.register.documents import Duty, Enterprise
from indexer.scan import judge_all
from indexer.search import duties, moment, queries
from indexer.search import enterprise as questions
from indexer.search.duties import Reader
from indexer.search.moment import Moment
from webapp import dutyview, findingview, judgements, moments, reach, redirects, results
from webapp.dutyview import DutyView
from webapp.public import authority
from webapp.public.blueprint import public
from webapp.services import services


@public.get("/enterprise/<enterprise>", endpoint="enterprise")
def enterprise_page(enterprise: str) -> str | Response:
    """The public page of an enterprise; a merged or re-coded id leads to the present one."""
    found = services().store.get("enterprises", enterprise)
    if found is None and enterprise.startswith(PREFIX):
        return redirect(url_for("public.authority", authority=enterprise))
    if found is None:
        successor = redirects.successor(enterprise)
        if successor:
            return redirect(url_for("public.enterprise", enterprise=successor), 301)
        abort(404, _("清册中没有编号为 %(id)s 的企业。", id=enterprise))
    return page("public/enterprise.html", found, "public")  # type: ignore[arg-type]


def page(template: str, found: Enterprise, reader: Reader, **more: Any) -> str:
    """The page of an enterprise for a reader."""
    at = moments.asked()
    _known(found, at)
    views = duties_at(found["id"], reader, at)
    told = findingview.at(found["id"], reader, at)
    asked = [
        ("disclosures", questions.kinds(found["id"], at)),
        ("measurements", questions.series(found["id"], at)),
        ("enterprises", related.query(found)),
    ]
    disclosed, measured, relatives = services().store.msearch(asked)
    by_kind = results.buckets(disclosed, "kind")
    return render_template(
        template,
        enterprise=moment.enterprise(dict(found), at),
        reader=reader,
        groups=dutyview.ordered(views),
        tally=dutyview.tally(views),
        as_of=reach.until((view.duty["as_of"] for view in views), at.day),
        kinds=[
            (bucket["key"], bucket["doc_count"], [moment.sightings(one, at) for one in results.rows(bucket["newest"])])
            for bucket in by_kind
        ],
        series=results.buckets(measured, "series"),
        related=[
            (one, relation)
            for one in results.rows(relatives)
            if (relation := related.relation(found, one)) and (at.day is None or one["first_seen"] <= at.day)  # type: ignore[arg-type]
        ],
        findings=told,
        decisions=judgements.of_enterprise(
            found["id"],
            found["identity_keys"],
            reader,
            {view.duty["id"]: view.duty["item"] for view in views} | findingview.items(told),
        ),
        **more,
    )


def duties_at(enterprise: str, reader: Reader, at: Moment) -> list[DutyView]:
    """Its duties as this reader may see them: today's are stored, a past day's are judged from what was known then."""
    if at.day is None:
        asked = services().store.search("duties", duties.of_enterprise(enterprise, reader))
        return [dutyview.view(duty, reader) for duty in results.rows(asked)]  # type: ignore[arg-type]
    day = date.fromisoformat(at.day)
    judged = judge_all(services().store, services().settings.indexer, day, [enterprise], refresh=False)
    return [dutyview.view(duty, reader) for duty in judged if reader == "staff" or dutyview.is_public(duty)]


def _known(found: Enterprise, at: Moment) -> None:
    """A 404 page for an enterprise that nobody had seen by then."""
    if at.day and found["first_seen"] > at.day:
        abort(404, _("%(day)s 时清册还不知道这家企业。", day=at.day))


@public.get("/enterprise/<enterprise>/duty/<obligation>/<period>")
def duty(enterprise: str, obligation: str, period: str) -> str:
    """The public page of one duty: the due day's course, the looks, the proof."""
    found = duty_at(enterprise, f"{enterprise}:{obligation}:{period}", moments.asked())
    if not dutyview.is_public(found):
        abort(404, _("这一事项没有公开的核查结果。"))
    return duty_page("public/duty.html", found, "public")


def duty_at(enterprise: str, identifier: str, at: Moment) -> Duty:
    """One duty as it stood on the day; a 404 page where there was none."""
    if at.day is None:
        return results.one("duties", identifier)  # type: ignore[return-value]
    day = date.fromisoformat(at.day)
    judged = judge_all(services().store, services().settings.indexer, day, [enterprise], refresh=False)
    found = next((duty for duty in judged if duty["id"] == identifier), None)
    if found is None:
        abort(404, _("%(day)s 时还没有这一事项。", day=at.day))
    return found


def owner_of(duty: Duty) -> Enterprise:
    """Who owes a duty: an enterprise, or an authority in an enterprise's shape; a 404 page where there is none."""
    if duty["enterprise"].startswith(PREFIX):
        return authority.owner(duty)  # type: ignore[return-value]
    return results.one("enterprises", duty["enterprise"])  # type: ignore[return-value]


def duty_page(template: str, found: Duty, reader: Reader, **more: Any) -> str:
    """The page of a duty for a reader."""
    store = services().store
    view = dutyview.view(found, reader)
    owner = owner_of(found)
    items = {found["id"]: found["item"]}
    told = findingview.at(owner["id"], reader, moments.asked())
    visits = [visit for look in view.channels for visit in look["visits"]]
    looked = results.rows(store.search("visits", queries.by_ids(visits))) if visits else []
    answered = results.rows(store.search("disclosures", queries.by_ids(found["found"]))) if found["found"] else []
    return render_template(
        template,
        view=view,
        reader=reader,
        enterprise=owner,
        beside=findingview.beside(told, found["id"]),
        visits=sorted(looked, key=lambda visit: (visit["source"], visit["at"])),
        disclosures=[
            moment.sightings(one, moments.asked())
            for one in sorted(answered, key=lambda one: (one["first_seen"], one["id"]))
        ],
        decisions=[
            one
            for one in judgements.of_enterprise(owner["id"], owner["identity_keys"], reader, items)
            if one.duty == found["id"]
        ],
        **more,
    )
