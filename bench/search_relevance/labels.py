"""The labelled queries: ten kinds, a seeded sample of each, every query with all sites that it could mean.

A site is right where the query could have been made from its name or code: the same short name, initials or sound
are the same query, and so are all sites of one name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from random import Random
from typing import Any

import yaml

from bench.search_relevance import typed
from bench.search_relevance.material import Known

KINDS = (
    "full name", "short name", "pinyin", "initials", "one error", "missing character", "former name", "part of code",
    "traditional", "trade name",
)  # fmt: skip
_PLAIN = re.compile(r"[一-鿿]{4,}")


@dataclass(frozen=True)
class Label:
    """A query and the keys of the sites that it may mean."""

    kind: str
    query: str
    right: frozenset[str]


def labels(known: Iterable[Known], each: int, seed: int, famous: bool) -> list[Label]:
    """``each`` queries of every kind; those written by hand come on top where ``famous`` plants are among the known."""
    sites, chance = sorted(known, key=lambda one: one.key), Random(seed)
    found: list[Label] = []
    for kind in KINDS:
        made = list(_of_kind(kind, sites, chance))
        found += chance.sample(made, min(each, len(made)))
    return [*found, *(_by_hand(sites) if famous else [])]


def _of_kind(kind: str, sites: list[Known], chance: Random) -> Iterator[Label]:
    match kind:
        case "full name":
            yield from _same(kind, sites, lambda one: [one.name])
        case "short name":
            yield from _same(kind, sites, lambda one: [typed.short(one.name)])
        case "pinyin":
            yield from _sounds(sites)
        case "initials":
            yield from _same(kind, sites, lambda one: [_initials(one.name)])
        case "one error":
            mistyping = typed.Mistyping(one.name for one in sites)
            yield from _changed(kind, sites, lambda text: mistyping.mistyped(text, chance))
        case "missing character":
            yield from _changed(kind, sites, lambda text: typed.without_one(text, chance))
        case "former name":
            yield from _same(kind, sites, lambda one: list(one.former))
        case "part of code":
            yield from _codes(sites, chance)
        case "traditional":
            yield from _traditional(sites, chance)
        case "trade name":
            yield from _trade(sites)
        case _:
            raise ValueError(f"no such kind of query: {kind}")


def _same(kind: str, sites: list[Known], make: Callable[[Known], list[str | None]]) -> Iterator[Label]:
    """One label a query; right are all sites from which the same query is made."""
    right: dict[str, set[str]] = {}
    for one in sites:
        for query in make(one):
            if query:
                right.setdefault(query, set()).add(one.key)
    named = _by_name(sites)
    for query, keys in right.items():
        twins = {key for one in sites if one.key in keys for key in named[one.name]}
        yield Label(kind, query, frozenset(keys | twins))


def _by_name(sites: list[Known]) -> dict[str, set[str]]:
    named: dict[str, set[str]] = {}
    for one in sites:
        named.setdefault(one.name, set()).add(one.key)
    return named


def _initials(name: str) -> str | None:
    said = typed.core(name)
    return typed.initials(said) if len(said) >= 5 else None


def _sounds(sites: list[Known]) -> Iterator[Label]:
    """The short name by its sound: half in one word, half with blanks."""
    for number, label in enumerate(_same("pinyin", sites, lambda one: [_spoken(one.name)])):
        yield Label("pinyin", label.query.replace(" ", "") if number % 2 else label.query, label.right)


def _spoken(name: str) -> str | None:
    said = typed.short(name)
    return typed.pinyin(said, " ") if said and _PLAIN.fullmatch(said) else None


def _changed(kind: str, sites: list[Known], change: Callable[[str], str]) -> Iterator[Label]:
    """Half the full names and half the cores of five characters or more, with one character spoilt."""
    for number, one in enumerate(sites):
        text = one.name if number % 2 else typed.core(one.name)
        if len(text) >= 5:
            same = {site.key for site in sites if text in (site.name, typed.core(site.name))}
            yield Label(kind, change(text), frozenset(same))


def _codes(sites: list[Known], chance: Random) -> Iterator[Label]:
    """The beginning of a credit code, the organisation code inside it, or the end of a code or permit number."""
    for one in sites:
        for code in one.codes:
            piece = chance.choice([code[:12], code[8:17], code[-10:]])
            yield Label(
                "part of code",
                piece.lower() if chance.random() < 0.3 else piece,
                frozenset(site.key for site in sites if any(piece in other for other in site.codes)),
            )


def _traditional(sites: list[Known], chance: Random) -> Iterator[Label]:
    for label in [*_of_kind("full name", sites, chance), *_of_kind("short name", sites, chance)]:
        query = typed.traditional(label.query, chance.choice(["s2t", "s2tw", "s2hk"]))
        if query != label.query:
            yield Label("traditional", query, label.right)


def _trade(sites: list[Known]) -> Iterator[Label]:
    """The two characters that 上海某某… goes by, in pinyin: every site whose trade name sounds so is right."""
    said = {one.key: typed.pinyin(typed.core(one.name)[:2]) for one in sites if one.name.startswith("上海")}
    anywhere = {one.key: typed.pinyin(one.name, " ") for one in sites}
    for one in sites:
        query = said.get(one.key)
        if query and _PLAIN.match(typed.core(one.name)):
            spoken = typed.pinyin(typed.core(one.name)[:2], " ")
            right = {key for key, text in anywhere.items() if said.get(key) == query or f" {spoken} " in f" {text} "}
            yield Label("trade name", query, frozenset(right))


def _by_hand(sites: list[Known]) -> Iterator[Label]:
    """Queries written by a person; a site is right where its present or former name holds what the person meant."""
    written: dict[str, Any] = yaml.safe_load(
        (files("bench.search_relevance") / "people.yaml").read_text(encoding="utf-8")
    )
    for part, kind in (("short", "short name"), ("trade", "trade name")):
        for query, means in written[part]:
            wanted = str(means).split("|")
            right = {
                one.key for one in sites if any(word in name for word in wanted for name in (one.name, *one.former))
            }
            if not right:
                raise ValueError(f"people.yaml: {query}: no site is called {means}")
            yield Label(kind, str(query), frozenset(right))
