"""What was found beside what the law finds: precision and recall rule by rule, and each difference in words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Any]
Key = tuple[str, str, str | None, str | None]
"""Enterprise of the cases, rule, obligation, period."""


@dataclass
class Tally:
    """Cases of one rule: rightly found, wrongly found, not found, rightly not found; ``words`` tell what differs."""

    hits: int = 0
    wrong: int = 0
    missed: int = 0
    quiet: int = 0
    words: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of what was found that the law finds too; 1 where nothing was."""
        return self.hits / (self.hits + self.wrong) if self.hits + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of what the law finds that was found; 1 where there is nothing."""
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0

    def add(self, other: Tally, day: str) -> None:
        """Takes over what another day told."""
        self.hits, self.wrong = self.hits + other.hits, self.wrong + other.wrong
        self.missed, self.quiet = self.missed + other.missed, self.quiet + other.quiet
        self.words += [f"{words} @{day}" for words in other.words]

    def line(self, rule: str) -> str:
        """One line of the table."""
        return (f"{rule} precision {self.precision:.3f} recall {self.recall:.3f}  "
                f"found {self.hits} wrongly {self.wrong} missed {self.missed} lawful {self.quiet}")  # fmt: skip


def compare(truth: Iterable[Row], found: Iterable[Row], names: Mapping[str, str]) -> dict[str, Tally]:
    """Rule → tally of one day. ``found`` are open findings; ``names`` leads from enterprise ids to the cases' keys."""
    rows = list(truth)
    got: dict[Key, Row] = {}
    for one in found:
        if one["enterprise"] in names:
            key = (names[one["enterprise"]], one["rule"], one["obligation"], one["period"])
            got[key] = one
    whole: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for key, one in got.items():
        whole[key[:2]].append(one)
    tallies: dict[str, Tally] = defaultdict(Tally)
    told: set[Key] = set()
    for row in rows:
        if row["what"] == "finding":
            told |= _one(row, got, whole, tallies[row["rule"]])
    _surplus(got, told, _open(rows), tallies)
    return dict(tallies)


def _one(row: Row, got: Mapping[Key, Row], whole: Mapping[tuple[str, str], list[Row]], tally: Tally) -> set[Key]:
    """Counts one case; gives the keys of the findings that it speaks of."""
    key: Key = (row["enterprise"], row["rule"], row["obligation"], row["period"])
    if row["obligation"]:
        ones = [got[key]] if key in got else []
    else:
        ones = whole.get(key[:2], [])
    if ones and row["expected"]:
        tally.hits += 1
    elif ones:
        tally.wrong += 1
        tally.words.append(f"{row['case']} {row['enterprise']}: lawful ({row['why']}), but found: {ones[0]['words']}")
    elif row["expected"]:
        tally.missed += 1
        what = f" {row['obligation']} {row['period']}" if row["obligation"] else ""
        tally.words.append(f"{row['case']} {row['enterprise']}{what}: not found ({row['why']})")
    else:
        tally.quiet += 1
    return {(key[0], key[1], one["obligation"], one["period"]) for one in ones}


def _open(rows: Iterable[Row]) -> set[tuple[str, str | None, str | None]]:
    return {(row["enterprise"], row["rule"], row.get("obligation")) for row in rows if row["what"] == "open"}


def _surplus(
    got: Mapping[Key, Row],
    told: set[Key],
    undecided: set[tuple[str, str | None, str | None]],
    tallies: dict[str, Tally],
) -> None:
    """Findings of which no case speaks: the enterprise did nothing that the rule forbids."""
    for key, one in sorted(got.items(), key=lambda item: tuple(map(str, item[0]))):
        if key in told or {(*key[:2], None), key[:3], (key[0], None, None)} & undecided:
            continue
        tallies[key[1]].wrong += 1
        tallies[key[1]].words.append(f"no case {key[0]} {key[2]} {key[3]}: {one['words']}")


def states(truth: Iterable[Row], duties: Iterable[Row], names: Mapping[str, str]) -> list[str]:
    """Each duty that stands otherwise than the law says, in words."""
    got = {
        (names[one["enterprise"]], one["obligation"], one["period"]): one
        for one in duties
        if one["enterprise"] in names
    }
    differ = []
    for row in truth:
        if row["what"] != "duty":
            continue
        one = got.get((row["enterprise"], row["obligation"], row["period"]))
        state = one["state"] if one else "no duty"
        if state != row["state"]:
            reason = f" ({one['reason']})" if one and one["reason"] else ""
            words = (
                f"{row['enterprise']} {row['obligation']} {row['period']}: {state}{reason}, the law says {row['state']}"
            )
            differ.append(f"{words} ({row['why']})")
    return differ


def counted(words: Iterable[str], most: int = 3) -> list[str]:
    """Differences grouped by case, a few of each."""
    groups: dict[str, list[str]] = defaultdict(list)
    for text in words:
        groups[text.split()[0] if not text.startswith("no case") else "no case"].append(text)
    sizes = Counter({name: len(texts) for name, texts in groups.items()})
    return [f"{size} x {text}" for name, size in sizes.most_common() for text in groups[name][:most]]
