"""``python -m examples.province serve | script | truth | sources | identities | cases-script | cases-truth``."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from threading import Event

from . import identities, script, sources
from .families import FAMILIES
from .pages.pdf import MissingLibraryError
from .server import PortTakenError, ProvinceServer
from .world import build_world


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; returns the exit code. Wrong input gives one line on standard error and code 2."""
    options = _parser().parse_args(arguments)
    try:
        commands = {"serve": _serve, "script": _script, "truth": _truth, "sources": _sources, "identities": _identities,
                    "cases-script": _cases_script, "cases-truth": _cases_truth}  # fmt: skip
        return commands[options.command](options)
    except (ValueError, OSError, PortTakenError, MissingLibraryError) as error:
        print(f"province: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m examples.province", description="A make-believe province.")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="serve all sites on loopback until interrupted")
    serve.add_argument("--port-base", type=int, default=8800, help="control port; the sites follow it; 0: free ports")
    serve.add_argument("--date", type=_day, default=script.VISIT_DAYS[0], help="date to show first (YYYY-MM-DD)")
    serve.add_argument("--sources", type=Path, help="write the source files with these addresses into this folder")
    serve.add_argument("--ready", type=Path, help="write {site: url, control: url} as JSON here once serving")
    serve.add_argument("--cases", action="store_true", help="serve the sites of the cases of the law instead")
    commands.add_parser("script", help="print visit days, as_of days, first and last day as JSON")
    truth = commands.add_parser("truth", help="print the planted truth as JSON lines")
    truth.add_argument("--records", action="store_true", help="print the records of the family sites instead")
    truth.add_argument("--as-of", type=_day, required=True, help="day of the state (YYYY-MM-DD)")
    written = commands.add_parser("sources", help="write the source files of a province served elsewhere")
    written.add_argument("--urls", type=Path, required=True, help="the --ready file of that server")
    written.add_argument("--out", type=Path, required=True, help="folder to write into")
    planted = commands.add_parser("identities", help="print what many sites call the same enterprises, as JSON lines")
    planted.add_argument("--count", type=int, default=1200, help="enterprises (default 1200, three identities each)")
    planted.add_argument("--seed", type=int, default=7, help="seed of the identities (default 7)")
    commands.add_parser("cases-script", help="print the cases' seasons, and which sites each day visits, as JSON")
    expected = commands.add_parser("cases-truth", help="print what the law finds in the cases, as JSON lines")
    expected.add_argument("--as-of", type=_day, required=True, help="one of the cases' as_of days (YYYY-MM-DD)")
    expected.add_argument("--seed", type=int, default=7, help="seed of the cases (default 7)")
    for command in (serve, truth):
        command.add_argument("--enterprises", type=int, default=120, help="size of the world (default 120)")
        command.add_argument("--seed", type=int, default=7, help="seed of the world (default 7)")
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write YYYY-MM-DD") from error


def _serve(options: argparse.Namespace) -> int:
    done = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: done.set())
    made, write = _province(options)
    with made as server:
        if options.sources:
            write(server.urls, options.sources)
        if options.ready:
            partial = options.ready.with_name(options.ready.name + ".part")
            partial.write_text(json.dumps(server.urls, indent=1), encoding="utf-8")
            partial.replace(options.ready)
        print(json.dumps(server.urls), flush=True)
        done.wait()
    return 0


def _province(options: argparse.Namespace) -> tuple[ProvinceServer, Callable[[dict[str, str], Path], list[Path]]]:
    """The server asked for, and what writes its source files."""
    if options.cases:
        from .cases import serving
        from .cases import sources as cases_sources

        return serving.server(options.date, options.port_base, options.seed), cases_sources.write
    world = build_world(options.enterprises, options.seed)
    return ProvinceServer(world, options.date, options.port_base), sources.write


def _script(_options: argparse.Namespace) -> int:
    print(json.dumps(script.as_json(), indent=1))
    return 0


def _truth(options: argparse.Namespace) -> int:
    from .truth import truth

    if options.records:
        return _records(options)
    for row in truth(build_world(options.enterprises, options.seed), options.as_of):
        print(json.dumps(row, ensure_ascii=False))
    return 0


def _cases_script(_options: argparse.Namespace) -> int:
    from .cases.script import as_json

    print(json.dumps(as_json(), indent=1))
    return 0


def _cases_truth(options: argparse.Namespace) -> int:
    from .cases.truth import truth as expected
    from .cases.world import build

    for row in expected(build(options.seed), options.as_of):
        print(json.dumps(row, ensure_ascii=False))
    return 0


def _records(options: argparse.Namespace) -> int:
    world = build_world(options.enterprises, options.seed)
    for site in FAMILIES.values():
        for record in site.planted(world, options.as_of):
            print(json.dumps({"site": site.name, **asdict(record)}, ensure_ascii=False))
    return 0


def _identities(options: argparse.Namespace) -> int:
    for line in identities.lines(options.seed, options.count):
        print(json.dumps(line, ensure_ascii=False))
    return 0


def _sources(options: argparse.Namespace) -> int:
    for path in sources.write(json.loads(options.urls.read_text(encoding="utf-8")), options.out):
        print(path)
    return 0
