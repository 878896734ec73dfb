"""The gap rules' own thresholds (``rules.yaml``), checked when they are read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from indexer.law import yamlfile
from indexer.law.errors import RulesError
from indexer.law.rules import Rules
from indexer.law.schema import load_row

Severity = Literal["S1", "S2", "S3", "S4"]
FILE = Path(__file__).parent / "rules.yaml"
_SEVERITY = validate.OneOf(("S1", "S2", "S3", "S4"))


class _Strict(Schema):
    class Meta:
        unknown = RAISE


class MissingSchema(_Strict):
    """Params of MIS-01: good looks on that many days; when it is severe."""

    looks = fields.Integer(required=True, validate=validate.Range(1, 10))
    severity = fields.String(required=True, validate=_SEVERITY)
    severe = fields.String(required=True, validate=_SEVERITY)
    severe_after_days = fields.Integer(required=True, validate=validate.Range(1))
    severe_kinds = fields.List(fields.String(), required=True)


class FlatSchema(_Strict):
    """Params of a rule with one severity."""

    severity = fields.String(required=True, validate=_SEVERITY)


class DaysSchema(_Strict):
    """Params of lateness: S1 up to so many days, S2 up to so many, S3 beyond."""

    s1_days = fields.Integer(required=True, validate=validate.Range(0))
    s2_days = fields.Integer(required=True, validate=validate.Range(0))


class SharesSchema(_Strict):
    """Params of INC-01: weight of core fields; shares from which on S1 and S2; keys that every document carries."""

    core_weight = fields.Integer(required=True, validate=validate.Range(1))
    s1_share = fields.Float(required=True, validate=validate.Range(0, 1))
    s2_share = fields.Float(required=True, validate=validate.Range(0, 1))
    generic = fields.List(fields.String(), required=True)


PARAMS: dict[str, type[Schema]] = {
    "MIS-01": MissingSchema, "MIS-08": FlatSchema, "LAT-01": DaysSchema, "LAT-02": DaysSchema, "LAT-04": FlatSchema,
    "INC-01": SharesSchema,
}  # fmt: skip


@dataclass(frozen=True)
class GapRule:
    """One rule; what its ``params`` mean is in its schema."""

    id: str
    version: str
    title: str
    audience: Literal["public", "staff", "confirmed_only"]
    numbers: dict[str, float]
    severities: dict[str, Severity]
    words: frozenset[str]
    """Kinds that are severe (MIS-01), or keys that prove no reading (INC-01)."""


@dataclass(frozen=True)
class GapRules:
    """Every gap rule by id, and the hash of the file."""

    rules: dict[str, GapRule]
    version: str

    def __getitem__(self, key: str) -> GapRule:
        return self.rules[key]


@lru_cache(maxsize=4)
def load(file: Path = FILE) -> GapRules:
    """The gap rules of a file; raises RulesError naming file, rule and field."""
    data = yamlfile.mapping(file)
    if set(data) != set(PARAMS):
        differing = ", ".join(sorted(set(data) ^ set(PARAMS)))
        raise RulesError(f"{file.name}: missing or unknown rules: {differing}; the rules are {', '.join(PARAMS)}")
    rules = {key: _rule(key, row, file) for key, row in data.items()}
    return GapRules(rules, hashlib.sha256(file.read_bytes()).hexdigest()[:16])


def version(rules: Rules, gaps: GapRules) -> str:
    """The version that a duty row names: sixteen hex digits over the law's files and the gap rules."""
    return hashlib.sha256(f"{rules.version} {gaps.version}".encode()).hexdigest()[:16]


class _RuleSchema(_Strict):
    version = fields.String(required=True)
    title = fields.String(required=True)
    audience = fields.String(required=True, validate=validate.OneOf(("public", "staff", "confirmed_only")))
    params = fields.Dict(required=True)


def _rule(key: str, row: object, file: Path) -> GapRule:
    loaded = load_row(_RuleSchema(), row, file.name, key)
    params = load_row(PARAMS[key](), loaded["params"], file.name, f"{key} params")
    return GapRule(
        key, loaded["version"], loaded["title"], loaded["audience"],
        numbers={name: value for name, value in params.items() if isinstance(value, int | float)},
        severities={name: value for name, value in params.items() if name in ("severity", "severe")},
        words=frozenset(params.get("severe_kinds", params.get("generic", ()))),
    )  # fmt: skip


__all__ = ["GapRule", "GapRules", "RulesError", "Severity", "ValidationError", "load", "version"]
