"""Strategy: everything that concerns Elasticsearch runs against a real embedded node, one for the session.

Tests about starting, crashing and stopping start nodes of their own in a temporary folder; they share the jar cache.
"""
