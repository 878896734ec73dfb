"""What each site family's ``walk:`` may say, one module a family; a source needs these facts and no Python."""

from __future__ import annotations

from crawlers.schemafields import Strict
from crawlers.walks.directory import DirectoryWalk
from crawlers.walks.form_post import FormWalk
from crawlers.walks.json_api import JsonApiWalk
from crawlers.walks.notices import NoticesWalk
from crawlers.walks.own_site import OwnSiteWalk
from crawlers.walks.prose import ProseWalk
from crawlers.walks.supplied import SuppliedWalk
from crawlers.walks.viewstate import ViewStateWalk

WALKS: dict[str, type[Strict]] = {
    "directory": DirectoryWalk,
    "form_post": FormWalk,
    "json_api": JsonApiWalk,
    "notices": NoticesWalk,
    "own_site": OwnSiteWalk,
    "prose": ProseWalk,
    "supplied": SuppliedWalk,
    "viewstate": ViewStateWalk,
}
