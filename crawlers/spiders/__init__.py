"""Spiders by site family; each is told everything about its site by the source's ``walk:``."""
