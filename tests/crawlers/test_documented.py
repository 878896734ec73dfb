"""The reference names every field that a source file may have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from marshmallow import Schema, fields

from crawlers.sourceschema import SourceSchema
from crawlers.walks import WALKS

TEXT = (Path(__file__).resolve().parents[2] / "docs/reference/source.md").read_text(encoding="utf-8")
FREE = {"extends"}


def named(schema: Schema) -> Iterator[str]:
    for name, field in schema.fields.items():
        yield field.data_key or name
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            yield from named(inner.schema)


def test_every_field_stands_in_the_reference() -> None:
    words = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]+)`", TEXT))))
    known = {name for schema in (SourceSchema, *WALKS.values()) for name in named(schema())}
    assert known - words == set()
    assert set(WALKS) <= words
