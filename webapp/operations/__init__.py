"""Pages and addresses for those who run the site: sources, runs, health, metrics."""

from webapp.operations import metrics, page
from webapp.operations.blueprint import operations

__all__ = ["metrics", "operations", "page"]
