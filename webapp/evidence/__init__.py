"""Evidence packs (证据包): what stands behind a duty or an enterprise, to be verified elsewhere with standard tools.

with app.test_request_context():
    chosen = select(store, runs, "e-0123456789abcdef:O31-2:once:2020", public=False)
    summary = build(chosen, folder, public=False)
"""

from webapp.evidence.building import Summary, build
from webapp.evidence.selection import Selection, select
from webapp.evidence.zipping import zipped

__all__ = ["Selection", "Summary", "build", "select", "zipped"]
