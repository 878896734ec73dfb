"""Item pipelines, one concern each, over one ``Harvest`` a page; the order stands in ``crawlers/scrapysettings.py``."""
