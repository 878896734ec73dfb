"""Labelled queries: is the right enterprise found, whatever a person knows of it."""
