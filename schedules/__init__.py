"""When each source is looked at, and what became of it: APScheduler jobs in a persistent store, history, health.

``python -m schedules.worker`` runs them. A crawl is a process of its own (``python -m crawlers.run``); indexing and
the scan follow as one job under a lock. Imports only ``indexer``.
"""
