"""``qingce init``: region, operator and sources, and what the choice cannot observe."""

from webapp.cli.init.command import init

__all__ = ["init"]
