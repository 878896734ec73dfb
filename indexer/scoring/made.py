"""A score as the document that is stored, and the names of what it is ranked among. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Literal, cast

from indexer.gaps.scores.ranks import Rank
from indexer.gaps.scores.rubric import Rubric
from indexer.gaps.scores.score import FORMULA, Score
from indexer.register import documents
from indexer.scoring.rows import Reader

Kind = Literal["enterprise", "authority", "province", "city"]
ALL = "all"


@dataclass(frozen=True)
class Subject:
    """Whom a score is of; ``keys`` are those under which a person's objection may name it."""

    kind: Kind
    id: str
    name: str
    region_path: tuple[str, ...]
    keys: tuple[str, ...]

    @property
    def scopes(self) -> tuple[str, ...]:
        """The regions among whose subjects of this kind it is ranked: everywhere, then those that it lies in."""
        inner = self.region_path if self.kind == "enterprise" else self.region_path[:-1]
        return (ALL, *inner)


@dataclass(frozen=True)
class Stamp:
    """What all scores of one run have in common."""

    as_of: date
    rules_version: str

    @property
    def month(self) -> str:
        """The month whose row it becomes."""
        return f"{self.as_of:%Y-%m}"

    def since(self, rubric: Rubric) -> date:
        """The first day that a rubric looks back to."""
        return back(self.as_of, rubric.months)


def back(day: date, months: int) -> date:
    """The first day of a period of so many months that ends with ``day``."""
    number = day.year * 12 + day.month - 1 - months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1])) + timedelta(days=1)


def version(rubric: Rubric) -> str:
    """``1-17bcd773-f1``: the rubric's version and digest, the version of the formulas."""
    return f"{rubric.version}-{rubric.digest}-f{FORMULA}"


def identifier(subject: Subject, rubric: str, reader: Reader, month: str) -> str:
    """The id of a subject's score of a month."""
    return f"{subject.kind}:{subject.id}:{rubric}:{reader}:{month}"


def document(
    subject: Subject, rubric: Rubric, reader: Reader, made: Score, stamp: Stamp,
    counted: tuple[int, int] | None = None,
) -> documents.Score:  # fmt: skip
    """The row of one score, without ranks; ``counted``: of a region the subjects and those of them that count."""
    return documents.Score(
        id=identifier(subject, rubric.key, reader, stamp.month), kind=subject.kind, subject=subject.id,
        name=subject.name, region=subject.region_path[-1] if subject.region_path else None,
        region_path=list(subject.region_path), rubric=rubric.key, rubric_version=version(rubric), reader=reader,
        month=stamp.month, as_of=stamp.as_of.isoformat(), since=stamp.since(rubric).isoformat(), total=made.total,
        grade=made.grade, doubt=made.doubt, observable=round(made.observable, 4), due=made.due,
        observed=made.observed, subjects=counted[0] if counted else None, ranked=counted[1] if counted else None,
        heads=[cast(documents.ScoreHead, asdict(head)) for head in made.heads],
        lines=[cast(documents.ScoreLine, line._asdict()) for line in made.lines], capped=list(made.capped), ranks=[],
        ranked_on=None, objection=None, rules_version=stamp.rules_version,
    )  # fmt: skip


def rank_rows(scopes: Sequence[tuple[str, Rank]]) -> list[documents.ScoreRank]:
    """The ranks of a document."""
    return [
        documents.ScoreRank(scope=scope, rank=rank.rank, of=rank.of, low=rank.low, high=rank.high)
        for scope, rank in scopes
    ]
