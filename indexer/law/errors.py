"""What goes wrong with the rules files."""

from __future__ import annotations


class RulesError(ValueError):
    """A rules file cannot be used; the message names file, row and field, and says what to do."""
