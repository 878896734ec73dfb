"""``python -m tests.fuzz``: mutate, read, count; exit code 1 where anything failed, with the seeds to see it again."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from tests.fuzz.mutating import mutation
from tests.fuzz.running import run

EVERY = 500


def main() -> int:
    """Prints failures as they come, a line of progress every 500 seeds, and what the readers said in the end."""
    asked = _arguments()
    if asked.seed is not None:
        asked.first = asked.count = asked.seed
    said: Counter[str] = Counter()
    failed: list[int] = []
    for done, verdict in enumerate(run(range(asked.first, asked.count + 1)), asked.first):
        said[verdict.words if verdict.ok else "failed"] += 1
        if not verdict.ok:
            failed.append(verdict.seed)
            print(f"seed {verdict.seed}: {verdict.words}", flush=True)
        if asked.save is not None and (not verdict.ok or asked.seed is not None):
            _save(asked.save, verdict.seed)
        if done % EVERY == 0:
            print(f"{done} of {asked.count}; go on with --from {done + 1}", file=sys.stderr, flush=True)
    for words, count in sorted(said.items()):
        print(f"{count:6} {words}")
    print(f"seeds {asked.first} to {asked.count}: {len(failed)} failed {failed or ''}".rstrip())
    return 1 if failed else 0


def _save(folder: Path, seed: int) -> None:
    name, data = mutation(seed)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{seed}-{name}").write_bytes(data)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Broken files for the readers.")
    parser.add_argument("--count", type=int, default=10_000, help="last seed (%(default)s)")
    parser.add_argument("--from", dest="first", type=int, default=1, help="first seed (%(default)s)")
    parser.add_argument("--seed", type=int, help="this seed alone")
    parser.add_argument("--save", type=Path, help="folder for the bytes of what fails, or of --seed")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
