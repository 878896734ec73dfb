"""The ``qingce`` command: a module a command, each importing what it needs only when it runs."""

from __future__ import annotations

import signal
import sys

import click

from webapp.cli.account import account
from webapp.cli.authorities import authorities
from webapp.cli.calendar import calendar
from webapp.cli.coverage import coverage
from webapp.cli.crawl import crawl, extract
from webapp.cli.demo import demo
from webapp.cli.doctor import doctor
from webapp.cli.due import due
from webapp.cli.enterprises import enterprises
from webapp.cli.evidence import evidence
from webapp.cli.group import Tool
from webapp.cli.imports import import_
from webapp.cli.index import index, rebuild
from webapp.cli.init import init
from webapp.cli.lookup import lookup
from webapp.cli.migrate import migrate
from webapp.cli.node import node
from webapp.cli.plan import plan
from webapp.cli.read import read
from webapp.cli.rules import rules
from webapp.cli.runs import runs
from webapp.cli.scan import scan
from webapp.cli.scores import scores
from webapp.cli.serve import serve
from webapp.cli.source import source
from webapp.cli.sources import sources
from webapp.cli.unknown import unknown
from webapp.cli.up import up
from webapp.cli.verify import stamp, verify
from webapp.cli.visit import visit

__all__ = ["cli", "main"]


@click.group(cls=Tool, context_settings={"max_content_width": 100, "help_option_names": ["-h", "--help"]})
@click.version_option(package_name="qingce", message="%(prog)s %(version)s")
def cli() -> None:
    """Qingce 清册: what key polluting enterprises must disclose, what they disclosed, and what is missing.

    `qingce demo` shows a make-believe province; `qingce init` and then `qingce up` run the real thing.
    """


COMMANDS = (
    account, authorities, calendar, coverage, crawl, demo, doctor, due, enterprises, evidence, extract, import_, index,
    init, lookup, migrate, node, plan, read, rebuild, rules, runs, scan, scores, serve, source, sources, stamp,
    unknown, up, verify, visit,
)  # fmt: skip
for command in COMMANDS:
    cli.add_command(command)


def main() -> None:
    """Entry point: ends the process with the command's exit code."""
    # As an exception, so that programs, nodes and files are closed on the way out; 143 is what a shell gives SIGTERM.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    cli(prog_name="qingce")
