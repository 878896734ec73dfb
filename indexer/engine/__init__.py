"""The only wing that touches Elasticsearch: the embedded node, the client's connection, the indices and their names.

``connect.connected(settings)`` gives a client, ``store.Store(client, prefix)`` the verbs, ``checks.checks(settings)``
the doctor's answers. Everything raises :class:`indexer.engine.errors.EngineError`, one line that says what to do.
"""
