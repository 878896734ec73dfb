"""The blueprint of the operations pages; the modules beside it hang their routes in it."""

from __future__ import annotations

from flask import Blueprint

operations = Blueprint("operations", __name__, template_folder="templates")
