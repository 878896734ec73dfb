"""Work in several processes: answers in order, progress, the first error ends all, nobody outlives the caller."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from indexer import crew
from indexer.engine.errors import EngineError


def squares(numbers: list[int]) -> list[int]:
    """A share of good work."""
    for _ in numbers:
        crew.done(1)
    return [number * number for number in numbers]


def failing(share: int) -> int:
    """One share fails, the other would go on for a minute."""
    if share == 0:
        raise EngineError("search duties: refused", 400)
    for _ in range(600):
        time.sleep(0.1)
        crew.done(1)
    return share


def killed(_share: int) -> None:
    """As the kernel does where memory runs out."""
    os.kill(os.getpid(), signal.SIGKILL)


def endless(_share: int) -> None:
    """Never ends by itself."""
    print(os.getpid(), flush=True)
    time.sleep(300)


def test_answers_come_in_the_order_of_the_shares() -> None:
    told: list[int] = []
    assert crew.spread(squares, [[3, 1], [2]], told.append) == [[9, 1], [4]]
    assert told[-1] == 3


def test_the_first_error_is_raised_as_it_was_and_ends_the_others() -> None:
    start = time.monotonic()
    with pytest.raises(EngineError, match="refused") as error:
        crew.spread(failing, [0, 1], lambda _: None)
    assert error.value.status == 400 and time.monotonic() - start < 30


def test_a_killed_process_is_said() -> None:
    with pytest.raises(EngineError, match="killed"):
        crew.spread(killed, [0], lambda _: None)


def test_the_crew_ends_with_its_caller() -> None:
    words = "from indexer import crew; from tests.indexer.test_crew import endless; crew.spread(endless, [0], print)"
    with subprocess.Popen([sys.executable, "-c", words], stdout=subprocess.PIPE, text=True) as caller:
        assert caller.stdout is not None
        pid = next(int(line) for line in caller.stdout if line.strip() != "0")
        caller.kill()
        caller.wait()
        for _ in range(100):
            if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return
            time.sleep(0.1)
    pytest.fail(f"process {pid} outlived its caller")
