"""Checked rows → typed rules."""

from __future__ import annotations

from typing import Any

from indexer.law import expression
from indexer.law.errors import RulesError
from indexer.law.model import (
    Answer,
    Basis,
    DueRule,
    Exemption,
    Field,
    FieldGroup,
    Lasting,
    Obligation,
    Override,
    Required,
    Sign,
    SubjectClass,
    Unit,
)


def field_group(key: str, row: dict[str, Any]) -> FieldGroup:
    """A group of fields.yaml."""
    found = tuple(Field(name, item["zh"], item["need"], item["core"]) for name, item in row["fields"].items())
    return FieldGroup(key, row["title"], row["seen"], found)


def obligation(row: dict[str, Any], groups: dict[str, FieldGroup], file: str) -> Obligation:
    """A row of obligations/*.yaml; raises RulesError where it names an unknown group of fields."""
    due = row["due"]
    return Obligation(
        id=row["id"], item=row["item"], kinds=tuple(row["kinds"]), classes=tuple(row["classes"]),
        trigger=row["trigger"], period=row["period"],
        due=DueRule(
            expression.parse(due["expr"]), due["expr"], due["inclusive"], due["roll"], due["overrides"], due["slack"]
        ) if due else None,
        must=tuple(row["channels"]["must"]), also=tuple(row["channels"]["also"]),
        required=_required(row, groups, file),
        basis=tuple(Basis(b["instrument"], tuple(str(a) for a in b["articles"]), b["seen"]) for b in row["basis"]),
        exemptions=tuple(Exemption(**item | {"stopped": tuple(item["stopped"])}) for item in row["exemptions"]),
        effective_from=row["effective"]["start"], effective_to=row["effective"]["end"],
        audience=row["audience"], active=row["active"], grace_days=row["grace_days"],
        penalty=row["penalty"], params=row["params"], events=tuple(row["events"]), needs=tuple(row["needs"]),
        printed=tuple(row["printed"]), answer=_answer(row["answer"]), exempt_fields=row["exempt_fields"],
    )  # fmt: skip


def _answer(row: dict[str, Any] | None) -> Answer:
    return Answer(**row | {"words": tuple(row["words"]), "other": tuple(row["other"])}) if row else Answer()


def subject_class(row: dict[str, Any]) -> SubjectClass:
    """A row of subjects.yaml."""
    signs = tuple(Sign(**{key: tuple(words) for key, words in sign.items()}) for sign in row["signs"])
    lasting = Lasting(**row["lasting"]) if row["lasting"] else None
    return SubjectClass(row["cls"], row["title"], row["membership"], signs, lasting)


def override(row: dict[str, Any]) -> Override:
    """A row of overrides.yaml."""
    industries = row["industries"] or {"codes": [], "names": []}
    return Override(
        row["obligation"], row["period"], row["due"], row["effect"], row["cite"], row["seen"],
        tuple(row["regions"]), tuple(industries["codes"]), tuple(industries["names"]),
    )  # fmt: skip


def _required(row: dict[str, Any], groups: dict[str, FieldGroup], file: str) -> Required | None:
    wanted = row["required"]
    if wanted is None:
        return None
    names = [wanted["group"]] if wanted["group"] else [*wanted["groups"], *wanted["conditional"]]
    for name in names:
        if name not in groups:
            raise RulesError(f"{file}: row {row['id']}: field required: no group {name!r} in fields.yaml; correct it")
    if wanted["group"]:
        return _of_fields(groups[wanted["group"]], wanted["min_share"])
    return _of_groups(names, wanted["conditional"], groups)


def _of_fields(group: FieldGroup, min_share: float | None) -> Required:
    units = [Unit((f.key,), f.zh, f.core) for f in group.fields if f.need == "yes"]
    tags = dict.fromkeys(f.need for f in group.fields if f.need.startswith("either:"))
    for tag in tags:
        members = [f for f in group.fields if f.need == tag]
        units.append(
            Unit(tuple(f.key for f in members), "或".join(f.zh for f in members), any(f.core for f in members))
        )
    return Required(tuple(units), min_share, group.seen == "S", group.key)


def _of_groups(names: list[str], conditional: dict[str, list[str]], groups: dict[str, FieldGroup]) -> Required:
    """Chapters: the headings stand in the order's article 12 itself, so they count as seen whatever their fields do."""
    units = tuple(Unit((n,), groups[n].title, False, frozenset(conditional.get(n, ()))) for n in names)
    return Required(units, None, True)
