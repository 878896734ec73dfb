"""Three hundred fixed mutations, 25 for each kind of file, through a child of limited memory and time."""

from __future__ import annotations

from tests.fuzz.mutating import mutation
from tests.fuzz.originals import MAKERS
from tests.fuzz.running import run

SEEDS = range(1, 301)


def test_no_broken_file_breaks_a_reader() -> None:
    failed = [verdict for verdict in run(SEEDS) if not verdict.ok]
    assert not failed, failed


def test_a_seed_gives_the_same_bytes_and_every_kind_has_its_share() -> None:
    assert mutation(17) == mutation(17)
    names = [mutation(seed)[0] for seed in SEEDS]
    assert set(MAKERS) <= set(names)
