"""The JSON API (``/api/v1``): the register's questions for programs, by the same functions as the pages.

Everything is for the public: the schemas name each field that leaves, so that none for staff can.
"""

from webapp.api import disclosures, due, duties, enterprises, findings, lookup, measurements, scores, suggest
from webapp.api.document import init

__all__ = [
    "disclosures",
    "due",
    "duties",
    "enterprises",
    "findings",
    "init",
    "lookup",
    "measurements",
    "scores",
    "suggest",
]
