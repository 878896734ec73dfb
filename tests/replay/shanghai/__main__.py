"""``python -m tests.replay.shanghai``: serve the platform until interrupted; prints one line with the address."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from python_calamine import CalamineError

from tests.replay.shanghai import sources
from tests.replay.shanghai.data import load
from tests.replay.shanghai.server import ShanghaiServer
from tests.replay.shanghai.site import Site


def main(arguments: list[str] | None = None) -> int:
    """Exit code 2 and one line on standard error where the data cannot be read."""
    options = _options(arguments)
    try:
        platform = load(options.data, options.enterprises, options.monitoring)
    except (OSError, CalamineError, KeyError) as error:
        print(f"the platform's files cannot be read: {error}", file=sys.stderr)
        return 2
    server = ShanghaiServer(Site(platform, options.per_page), options.port)
    if options.sources:
        sources.write(server.url, options.sources)
    print(server.url, flush=True)
    try:
        server.serve()
    except KeyboardInterrupt:
        return 0
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.replay.shanghai", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the platform's XLSX files")
    parser.add_argument("--enterprises", type=Path, help="another dated file of enterprises")
    parser.add_argument("--monitoring", type=Path, help="another dated file of monitoring values")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free port")
    parser.add_argument("--per-page", type=int, default=20, help="enterprises on a page of the directory")
    parser.add_argument("--sources", type=Path, help="write the source file with this address into this folder")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
