"""Tables of the reference page on what sets duties off: signs of classes, events, permits' prints, terms of display."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from indexer.law.basis import article_words
from indexer.law.events import EventRule
from indexer.law.model import Obligation, Sign, SubjectClass
from indexer.law.rules import Rules

Table = Callable[[str, tuple[str, ...], Iterable[tuple[str, ...]]], str]
_PARTS = ("classes", "kinds", "words", "within", "fields", "pollutants", "outlets", "events", "name", "industries")


def tables(rules: Rules, table: Table) -> str:
    """The four tables, each written by ``table``."""
    return "\n".join([_classes(rules, table), _events(rules, table), _prints(rules, table), _terms(rules, table)])


def set_off(row: Obligation) -> str:
    """What sets an obligation off, and which disclosure answers it beside its kind and period."""
    said = [f"{row.trigger}{': ' + ', '.join(row.events) if row.events else ''}"]
    if row.needs:
        said.append(f"also in {' or '.join(row.needs)}")
    if row.printed:
        said.append(f"where the permit prints {', '.join(row.printed)}")
    answer = row.answer
    if row.events or answer.words:
        said.append(f"answered by: {answer.by}{' one of ' + '、'.join(answer.words) if answer.strict else ''}")
    if not answer.late:
        said.append("never late")
    return "; ".join(said)


def _classes(rules: Rules, table: Table) -> str:
    rows = ((row.cls, row.title, row.membership, _lasting(row), _signs(row)) for row in rules.classes.values())
    return table("Classes of subjects", ("class", "title", "membership by", "lasts", "shown by one of"), rows)


def _lasting(row: SubjectClass) -> str:
    if row.lasting is None:
        return ""
    if row.lasting.years is not None:
        return f"{row.lasting.years} list years"
    return f"to the year {row.lasting.after} after {row.lasting.event}"


def _signs(row: SubjectClass) -> str:
    return "; ".join(" and ".join(_sign(sign)) for sign in row.signs)


def _sign(sign: Sign) -> Iterator[str]:
    for part in _PARTS:
        values = getattr(sign, part)
        if values:
            yield f"{part} {' '.join(values)}"


def _events(rules: Rules, table: Table) -> str:
    head = ("event", "title", "told by", "its day", "known by", "words", "unless")
    return table("Events that set duties off", head, (_event(rule) for rule in rules.events))


def _event(rule: EventRule) -> tuple[str, ...]:
    words = "、".join(rule.words) + (f" in {', '.join(rule.within)}" if rule.within else "")
    return (
        rule.kind, rule.title, ", ".join(rule.origins), " else ".join(rule.day), rule.ref, words, "、".join(rule.unless)
    )  # fmt: skip


def _prints(rules: Rules, table: Table) -> str:
    rows = (
        (rule.field, "、".join(rule.all), "、".join(rule.any), "、".join(rule.none), "、".join(rule.clause))
        for rule in rules.prints
    )
    return table(
        "What a permit's own table prints", ("item", "all of", "one of", "none of", "clause of its time"), rows
    )


def _terms(rules: Rules, table: Table) -> str:
    rows = (
        (
            row.id, ", ".join(row.obligations) or "records", row.term or "as long as it is owed",
            "yes" if row.visible else "no: nobody else sees them",
            f"{rules.instruments[row.instrument].number} {article_words(row.articles)}".strip(), row.seen,
        )
        for row in rules.retention
    )  # fmt: skip
    return table("Terms of display and keeping", ("id", "of", "term", "tested", "basis", "seen"), rows)
