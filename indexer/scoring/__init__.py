"""Duties and findings → scores (index ``scores``): the third verb, beside the pipeline and the scan."""

from indexer.scoring.objections import object_to
from indexer.scoring.verb import ScoreResult, due, score

__all__ = ["ScoreResult", "due", "object_to", "score"]
