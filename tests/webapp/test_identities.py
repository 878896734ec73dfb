"""The desk's queue of doubtful matches: shown with what speaks for and against, decided, not asked again."""

from __future__ import annotations

from indexer.normalise.data import load
from indexer.register import resolving
from tests.indexer.register.test_resolution import CODE, identity
from tests.webapp.conftest import Site, logged_in
from webapp.words import EVIDENCE

PATH = "/review/identities?region=all"


def test_a_pair_is_shown_decided_and_not_asked_again(fresh: Site) -> None:
    pair = [identity("a", "1", "示例甲厂", uscc=CODE), identity("b", "2", "示例乙丙厂", uscc=CODE)]
    resolving.resolve(fresh.store, {document["key"]: document for document in pair}, [])
    fresh.store.refresh("enterprises", "identities")
    officer = logged_in(fresh.app, "decider")
    page = officer.get(PATH).text
    assert "示例甲厂" in page and "示例乙丙厂" in page and "信用代码相同" in page and "名称不同" in page
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    one, other = (page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("one", "other"))
    form = {"one": one, "other": other, "kind": "merge", "csrf_token": token}
    assert officer.post(PATH, data={**form, "text": "短"}).status_code == 422
    answer = officer.post(PATH, data={**form, "text": "执法现场核实为同一家"})
    assert answer.status_code == 303
    assert "没有待认定的企业" in officer.get(PATH).text
    merged = [body for body in fresh.store.scan("enterprises") if set(body["identity_keys"]) == {"a|1", "b|2"}]
    assert len(merged) == 1
    itself = {**form, "one": merged[0]["id"], "other": merged[0]["id"], "text": "自己与自己相比"}
    assert officer.post(PATH, data=itself).status_code == 409


def test_only_staff_see_the_queue(site: Site) -> None:
    answer = site.app.test_client().get(PATH)
    assert answer.status_code == 302


def test_every_evidence_has_its_words() -> None:
    assert set(EVIDENCE) == set(load("likeness")["weights"])
