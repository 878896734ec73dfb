"""Every text of the site has its English, and English pages are English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from tests.webapp.samples import ID

SITE = Path(__file__).resolve().parents[2] / "webapp"
WORDS = {"_": None, "gettext": None, "_l": None, "lazy_gettext": None}
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
CHINESE = re.compile(r"[一-鿿]")


def messages() -> set[str]:
    """Every text marked for translation in the code and templates of the site."""
    found = extract_from_dir(SITE, METHODS, {"**/templates/**.html": {"trimmed": "true"}}, WORDS)
    return {message if isinstance(message, str) else message[0] for _file, _line, message, _comments, _context in found}


def english() -> dict[str, str]:
    """The English catalogue."""
    with (SITE / "translations/en/LC_MESSAGES/messages.po").open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file, locale="en") if m.id and not m.fuzzy}


def test_every_text_has_its_english_and_no_english_is_left_over() -> None:
    catalogue = english()
    assert messages() - {text for text, words in catalogue.items() if words} == set(), "add it to translations/en"
    assert catalogue.keys() - messages() == set(), "no longer in the code: remove it from translations/en"


def test_both_languages_fill_in_the_same_values() -> None:
    for text, words in english().items():
        assert set(re.findall(r"%\(\w+\)s", text)) == set(re.findall(r"%\(\w+\)s", words)), text
        assert not CHINESE.search(words.replace("化学需氧量", "")), text


@pytest.mark.parametrize("template", sorted(SITE.rglob("templates/**/*.html")), ids=lambda path: path.name)
def test_no_template_holds_chinese_outside_a_translation(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    bare = re.sub(r"\{#.*?#\}|_\((['\"]).*?\1[,)]|\{\{.*?\}\}|\{%.*?%\}", "", text, flags=re.S)
    # The seal is a picture of a character; the colon and comma only join.
    assert CHINESE.findall(bare.replace(">册<", "><")) == []


def test_the_choice_of_english_is_kept_and_leads_back_to_the_page(client: FlaskClient) -> None:
    answer = client.get("/language/en?next=/gaps?year=2020")
    assert answer.headers["Location"] == "/gaps?year=2020"
    page = client.get(f"/enterprise/{ID}").text
    assert (
        '<html lang="en">' in page and "Not seen on the channels checked" in page and "a lead, not a conclusion" in page
    )


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_no_redirect_leads_to_another_site(client: FlaskClient, target: str) -> None:
    assert client.get("/language/en", query_string={"next": target}).headers["Location"] == "/"


def test_an_unknown_language_is_not_there(client: FlaskClient) -> None:
    assert client.get("/language/xx").status_code == 404
