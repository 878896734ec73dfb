"""Checks (检查) of the gap rules that look at the facts of a subject as a whole, not at one duty's state. Pure."""
