"""Downloader middlewares, one concern each; the order stands in ``crawlers/scrapysettings.py``."""
