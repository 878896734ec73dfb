"""``qingce demo``: a make-believe province is crawled at its script's dates, indexed, judged and served."""

from webapp.cli.demo.command import demo

__all__ = ["demo"]
