"""Ports on loopback: whether one is free, and the next that is."""

from __future__ import annotations

import socket

from webapp.cli.errors import CommandFailed

TRIES = 20


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """True where a server could listen there now."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        # As servers do: a port whose last connections are only waiting out is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def wanted(port: int, host: str = "127.0.0.1") -> int:
    """The port, or CommandFailed naming a free one near it."""
    if is_free(port, host):
        return port
    near = next((n for n in range(port + 1, port + TRIES) if is_free(n, host)), None)
    advice = f"; {near} is free" if near else ""
    raise CommandFailed(f"port {port} is in use by another program{advice}: choose another with --port")


def run_of(first: int, length: int) -> int:
    """The first port of ``length`` free ones in a row, at or after ``first`` in steps of ``length``."""
    for start in range(first, first + TRIES * length, length):
        if all(is_free(port) for port in range(start, start + length)):
            return start
    raise CommandFailed(f"no {length} free ports in a row from {first} on: end a program that uses them")
