"""Questions to the aliases ``runs`` and ``visits``: what each source gave, and how the last looks went."""

from __future__ import annotations

from indexer.search.queries import Body

MAX_SOURCES = 500

LACKING = {"range": {"unknown_words": {"gt": 0}}}
LACKING_FIELDS = ["id", "source", "unknown"]
"""Runs with words that the vocabulary lacks, and what is summed of them."""


def by_source() -> Body:
    """Each source with its last run, its last finished run and its number of runs."""
    last: Body = {
        "top_hits": {
            "size": 1,
            "sort": [{"started": "desc"}, {"id": "desc"}],
            "_source": {"excludes": ["issue_rows", "unknown"]},
        }
    }
    return {
        "size": 0,
        "aggs": {
            "source": {
                "terms": {"field": "source", "size": MAX_SOURCES},
                "aggs": {
                    "last": last,
                    "first": {"min": {"field": "started"}},
                    "finished": {"filter": {"term": {"status": "finished"}}, "aggs": {"last": last}},
                },
            }
        },
    }


def outcomes_by_source(since: str) -> Body:
    """Looks since a day, by source and outcome."""
    return {
        "query": {"range": {"day": {"gte": since}}},
        "size": 0,
        "aggs": {
            "source": {
                "terms": {"field": "source", "size": MAX_SOURCES},
                "aggs": {"outcome": {"terms": {"field": "outcome"}}},
            }
        },
    }


def of_source(source: str, size: int) -> Body:
    """The newest runs of a source, with their issue rows."""
    return {"query": {"term": {"source": source}}, "sort": [{"started": "desc"}, {"id": "desc"}], "size": size}


def newest(source: str | None, held: bool, size: int) -> Body:
    """The newest runs, of one source or all, or only those that wait for a person; without their issue rows."""
    filters = [{"term": {"source": source}}] if source else []
    filters += [{"term": {"hold": "held"}}] if held else []
    return {
        "query": {"bool": {"filter": filters}},
        "sort": [{"started": "desc"}, {"id": "desc"}],
        "size": size,
        "_source": {"excludes": ["issue_rows", "list_change"]},
    }
