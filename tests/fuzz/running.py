"""Seeds through a child process that is started anew when it dies or hangs."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 10.0
"""Seconds of a processor that one file may take."""
SILENCE = 120.0
"""Seconds without an answer after which a child hangs: on a busy machine it gets a twelfth of a processor."""


@dataclass(frozen=True)
class Verdict:
    """What came of a seed; ``words`` say what was read, or what failed."""

    seed: int
    ok: bool
    words: str


def run(seeds: Iterable[int]) -> Iterator[Verdict]:
    """The verdict on every seed in order."""
    child: _Child | None = None
    try:
        for seed in seeds:
            child = child or _Child()
            verdict = child.ask(seed)
            yield verdict
            if child.ended:
                child = None
    finally:
        if child is not None:
            child.end()


class _Child:
    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.fuzz.worker"], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self.ended = False

    def ask(self, seed: int) -> Verdict:
        """The child's word on a seed; a silent or dead child is ended, and that is the verdict."""
        assert self.process.stdin is not None and self.process.stdout is not None
        try:
            self.process.stdin.write(f"{seed}\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            return self._gone(seed)
        ready, _, _ = select.select([self.process.stdout], [], [], SILENCE)
        if not ready:
            self.end()
            return Verdict(seed, False, f"hangs: no answer in {SILENCE:.0f} s")
        line = self.process.stdout.readline()
        if not line:
            return self._gone(seed)
        _, verdict, words, seconds = line.rstrip("\n").split("\t")
        if float(seconds) > PATIENCE:
            return Verdict(seed, False, f"slow: {seconds} s: {words}")
        return Verdict(seed, verdict == "ok", words)

    def _gone(self, seed: int) -> Verdict:
        self.end()
        return Verdict(seed, False, f"crash: the process ended with {self.process.returncode}")

    def end(self) -> None:
        """End the process, whatever it does."""
        self.ended = True
        self.process.kill()
        self.process.communicate()
