"""The gap rules' own thresholds (``rules/*.yaml``), checked when they are read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from indexer.law import yamlfile
from indexer.law.errors import RulesError
from indexer.law.rules import Rules
from indexer.law.schema import load_row

Severity = Literal["S1", "S2", "S3", "S4"]
FOLDER = Path(__file__).parent / "rules"
Confidence = Literal["high", "medium", "low"]
GROUPS = ("missing", "late", "incomplete", "stale", "inconsistent")
"""The kinds of gaps (差距), one file each: 缺失、逾期、不完整、陈旧、矛盾."""
_SEVERITIES: tuple[Severity, ...] = ("S1", "S2", "S3", "S4")
_SEVERITY = validate.OneOf(_SEVERITIES)


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
"""The rules that the state of a duty rests on; the params of every other rule are declared by its check."""


@dataclass(frozen=True)
class GapRule:
    """One rule; what its ``params`` mean is in its schema or in its check."""

    id: str
    version: str
    title: str
    group: str
    audience: Literal["public", "staff", "confirmed_only"]
    inputs: tuple[str, ...]
    min_confidence: Confidence
    """Findings less certain than this are not made."""
    numbers: dict[str, float]
    severities: dict[str, Severity]
    words: frozenset[str]
    """Kinds that are severe (MIS-01), or keys that prove no reading (INC-01)."""
    params: dict[str, Any]
    """All of them as they stand in the file."""
    rests_on: tuple[str, ...] = ()
    """Rows of the law (obligations, lists of fields, instruments) without which it would not stand."""

    def number(self, name: str) -> float:
        """A threshold; raises RulesError where the file lacks it."""
        if name not in self.numbers:
            raise RulesError(f"rule {self.id}: param {name}: a number is needed; add it to rules/{self.group}.yaml")
        return self.numbers[name]

    def severity(self, name: str = "severity") -> Severity:
        """A severity; raises RulesError where the file lacks it."""
        if name not in self.severities:
            raise RulesError(f"rule {self.id}: param {name}: S1 … S4 is needed; add it to rules/{self.group}.yaml")
        return self.severities[name]

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of words; raises RulesError where the file lacks it."""
        found = self.params.get(name)
        if not isinstance(found, list):
            raise RulesError(f"rule {self.id}: param {name}: a list is needed; add it to rules/{self.group}.yaml")
        return tuple(str(item) for item in found)


@dataclass(frozen=True)
class GapRules:
    """Every gap rule by id, and the hash of the files."""

    rules: dict[str, GapRule]
    version: str

    def __getitem__(self, key: str) -> GapRule:
        return self.rules[key]


@lru_cache(maxsize=4)
def load(folder: Path = FOLDER) -> GapRules:
    """The gap rules of a folder; raises RulesError naming file, rule and field."""
    rules: dict[str, GapRule] = {}
    digest = hashlib.sha256()
    for group in GROUPS:
        file = folder / f"{group}.yaml"
        for key, row in (yamlfile.mapping(file) if file.exists() else {}).items():
            if key in rules:
                raise RulesError(f"{file.name}: rule {key}: stands in two files; ids are unique")
            rules[key] = _rule(key, row, group, file)
        digest.update(file.read_bytes() if file.exists() else b"")
    lacking = sorted(set(PARAMS) - set(rules))
    if lacking:
        raise RulesError(f"{folder.name}: missing rules: {', '.join(lacking)}; restore them")
    return GapRules(rules, digest.hexdigest()[:16])


def version(rules: Rules, gaps: GapRules) -> str:
    """The version that a duty row names: sixteen hex digits over the law's files and the gap rules."""
    return hashlib.sha256(f"{rules.version} {gaps.version}".encode()).hexdigest()[:16]


class _RuleSchema(_Strict):
    version = fields.String(required=True)
    title = fields.String(required=True)
    audience = fields.String(required=True, validate=validate.OneOf(("public", "staff", "confirmed_only")))
    inputs = fields.List(fields.String(), required=True, validate=validate.Length(min=1))
    min_confidence = fields.String(required=True, validate=validate.OneOf(("high", "medium", "low")))
    params = fields.Dict(required=True)
    rests_on = fields.List(fields.String(), load_default=list)


def _rule(key: str, row: object, group: str, file: Path) -> GapRule:
    loaded = load_row(_RuleSchema(), row, file.name, key)
    params = loaded["params"]
    if key in PARAMS:
        params = load_row(PARAMS[key](), params, file.name, f"{key} params")
    return GapRule(
        key, loaded["version"], loaded["title"], group, loaded["audience"], tuple(loaded["inputs"]),
        loaded["min_confidence"],
        numbers={n: v for n, v in params.items() if isinstance(v, int | float) and not isinstance(v, bool)},
        severities={name: level for name, value in params.items() for level in _SEVERITIES if value == level},
        words=frozenset(params.get("severe_kinds", params.get("generic", ()))), params=params,
        rests_on=tuple(loaded["rests_on"]),
    )  # fmt: skip


__all__ = ["GapRule", "GapRules", "RulesError", "Severity", "ValidationError", "load", "version"]
