"""Indices of a size: the province's own documents again and again, under ids, names and keys of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from indexer.normalise import forms

Doc = dict[str, Any]
BATCH = 20_000


def enterprises(own: Sequence[Doc], at_least: int) -> Iterator[Doc]:
    """``…公司`` → ``…公司3号厂``, with the search fields of that name."""
    for number in range(-(-at_least // len(own))):
        for one in own:
            yield _enterprise(one, number) if number else one


def _enterprise(one: Doc, number: int) -> Doc:
    name = f"{one['name']}{number}号厂"
    made = forms.of([name])
    searched = {"search_names": made.names, "pinyin": made.pinyin, "initials": made.initials}
    searched |= {"abbreviations": made.abbreviations, "syllables": made.syllables}
    known = {"name": name, "names": [{**one["names"][0], "name": name, "current": True}]}
    return {**one, "id": f"{one['id']}-{number}", **known, **searched}


def disclosures(own: Sequence[Doc], at_least: int) -> Iterator[Doc]:
    """Each with an enterprise of the same number."""
    for number in range(-(-at_least // len(own))):
        for one in own:
            yield _of_copy(one, number) if number else one


def _of_copy(one: Doc, number: int) -> Doc:
    return {**one, "id": f"{one['id']}-{number}", "enterprise": f"{one['enterprise']}-{number}"}


def measurements(own: Sequence[Doc], at_least: int) -> Iterator[Doc]:
    """Each with an enterprise of the same number."""
    for number in range(-(-at_least // len(own))):
        for one in own:
            yield _of_copy(one, number) if number else one


def parts(documents: Iterator[Doc]) -> Iterator[list[Doc]]:
    """Batches that fit into memory."""
    while part := list(islice(documents, BATCH)):
        yield part
