"""``qingce rules``: how a due date came about, what changed rules would change, who has read which row."""

from webapp.cli.rules import attach, diff, explain, sign, unverified
from webapp.cli.rules.group import rules

__all__ = ["attach", "diff", "explain", "rules", "sign", "unverified"]
