"""The blueprint of the public pages; the modules beside it hang their routes in it."""

from __future__ import annotations

from flask import Blueprint

public = Blueprint("public", __name__)
