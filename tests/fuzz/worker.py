"""The child process: seeds come on stdin, one line of verdict goes out for each; memory is limited by the system."""

from __future__ import annotations

import resource
import sys
import time
import traceback

from tests.fuzz.checking import check
from tests.fuzz.mutating import mutation

GIB = 1024**3


def main() -> None:
    """A line ``seed<TAB>ok|failed<TAB>words<TAB>seconds`` for every seed; seconds are the processor's."""
    resource.setrlimit(resource.RLIMIT_DATA, (GIB, GIB))
    for line in sys.stdin:
        seed = int(line)
        name, data = mutation(seed)
        before = time.process_time()
        try:
            verdict, words = "ok", check(name, data)
        except Exception as error:  # noqa: BLE001 - whatever escapes a reader is what is looked for
            at = traceback.extract_tb(error.__traceback__)[-1]
            verdict, words = (
                "failed",
                f"{name}: {type(error).__name__}: {error} ({at.filename.rsplit('/', 1)[-1]}:{at.lineno})",
            )
        words = " ".join(words.split())
        print(f"{seed}\t{verdict}\t{words}\t{time.process_time() - before:.2f}", flush=True)


main()
