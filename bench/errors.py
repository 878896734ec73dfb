"""What a benchmark says where it cannot measure."""

from __future__ import annotations


class BenchError(Exception):
    """One line: what is broken, where, what to do. Being slow is never an error."""
