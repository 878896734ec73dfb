"""Names of indices, and what the mapping files say."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engine import schema, versions
from indexer.engine.versions import IndexName
from indexer.register import documents

DOCUMENTS = {
    "enterprises": documents.Enterprise,
    "identities": documents.IdentityDoc,
    "disclosures": documents.Disclosure,
    "measurements": documents.Measurement,
    "duties": documents.Duty,
    "duty_events": documents.DutyEvent,
    "visits": documents.VisitDoc,
    "runs": documents.RunDoc,
    "findings": documents.Finding,
    "prints": documents.PrintDoc,
    "scores": documents.Score,
}
CORE_TYPES = {
    "keyword",
    "text",
    "date",
    "boolean",
    "byte",
    "integer",
    "short",
    "float",
    "double",
    "geo_point",
    "object",
    "nested",
}
"""Field types of the server core that the mappings use; an official cluster has them too."""

units = st.sampled_from([name for name in schema.families() if name != schema.YEARLY]) | st.integers(1000, 9999).map(
    lambda year: f"{schema.YEARLY}-{year}"
)
names = st.builds(
    IndexName,
    prefix=st.from_regex(versions.PREFIX, fullmatch=True),
    unit=units,
    mapping=st.text("0123456789abcdef", min_size=8, max_size=8),
    stamp=st.datetimes().map(lambda moment: f"{moment.year:04d}" + moment.strftime(versions.STAMP[2:])),
)


@given(names)
def test_build_and_parse_are_inverses(name: IndexName) -> None:
    assert versions.parse(versions.build(name)) == name


@pytest.mark.parametrize(
    "text",
    [
        "qingce-locks",
        ".internal",
        "qingce-duties",
        "qingce-duties-abcd1234-2024",
        "qingce-measurements-0a1b2c3d-" + "1" * 20,
        "qingce-duties-2024-0a1b2c3d-" + "1" * 20,
        "qingce-others-0a1b2c3d-" + "1" * 20,
    ],
)
def test_a_name_that_is_not_ours_is_none(text: str) -> None:
    assert versions.parse(text) is None


def test_a_fresh_name_has_todays_mapping_and_time() -> None:
    name = versions.fresh("qingce", "measurements-2024")
    assert not name.stale
    assert name.aliases == ("qingce-measurements-2024", "qingce-measurements")
    assert name.stamp.startswith(str(datetime.now(UTC).year))


@pytest.mark.parametrize("prefix", ["Qingce", "-a", "", "a/b", "清册"])
def test_a_prefix_that_elasticsearch_would_refuse_is_refused_early(prefix: str) -> None:
    with pytest.raises(ValueError, match="index prefix"):
        versions.check_prefix(prefix)


@pytest.mark.parametrize("family", schema.families())
def test_every_field_of_a_document_is_mapped_and_no_other(family: str) -> None:
    mapping = schema.definition(family)["mappings"]
    assert mapping["dynamic"] == "strict"
    assert set(mapping["properties"]) == set(get_type_hints(DOCUMENTS[family]))


def _types(properties: dict[str, Any]) -> set[str]:
    found = set()
    for field in properties.values():
        found |= {field["type"], *_types(field.get("properties", {})), *_types(field.get("fields", {}))}
    return found


@pytest.mark.parametrize("family", schema.families())
def test_mappings_use_only_types_of_the_server_core(family: str) -> None:
    assert _types(schema.definition(family)["mappings"]["properties"]) <= CORE_TYPES
