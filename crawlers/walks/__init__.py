"""What each site family's ``walk:`` may say, one module a family; a source needs these facts and no Python."""

from __future__ import annotations

from crawlers.schemafields import Strict
from crawlers.walks.directory import DirectoryWalk
from crawlers.walks.form_post import FormWalk
from crawlers.walks.notices import NoticesWalk
from crawlers.walks.supplied import SuppliedWalk

WALKS: dict[str, type[Strict]] = {
    "directory": DirectoryWalk,
    "form_post": FormWalk,
    "notices": NoticesWalk,
    "supplied": SuppliedWalk,
}
