"""Benchmarks: each figure beside the limit that the machine reached in the same run; see docs/reference/bench.md."""
