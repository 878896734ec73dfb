"""``python -m webapp.cli.tied PARENT MODULE words…``: a module run as a program that ends when its parent is gone.

However the parent died, even by kill -9: the module then gets SIGTERM and closes what it has open.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading
import time

POLL = 1.0
"""Seconds between looks at the parent."""


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(POLL)
    # The group, because a program may have workers: run_beside gave it a group of its own.
    os.killpg(os.getpgrp(), signal.SIGTERM)


def main() -> None:
    """Take ``PARENT`` and ``MODULE`` off the arguments and run the module with the rest."""
    parent, module = int(sys.argv[1]), sys.argv[2]
    del sys.argv[1:3]
    threading.Thread(target=_watch, args=(parent,), name="parent-watch", daemon=True).start()
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
