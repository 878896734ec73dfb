"""The platform's answers as a pure function of method, address and form."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from tests.replay.shanghai.data import FILES, Platform, Row
from tests.replay.shanghai.pages import files_page, info_page, list_page

HTML = "text/html;charset=UTF-8"
JSON = "application/json;charset=UTF-8"
_VIEW = "/jsp/view/"


@dataclass(frozen=True)
class Answer:
    """Status, content type and body of one answer."""

    status: int
    content_type: str
    body: bytes


NOT_FOUND = Answer(404, HTML, "<html><body>404 您访问的页面不存在</body></html>".encode())


class Site:
    """Answers requests from a platform's tables, ``per_page`` enterprises a page of the directory."""

    def __init__(self, platform: Platform, per_page: int = 20) -> None:
        self.platform, self.per_page = platform, per_page

    def answer(self, method: str, target: str, body: bytes = b"") -> Answer:
        """The answer to one request; ``target`` is path and query, ``body`` a urlencoded form."""
        url = urlsplit(target)
        form = {name: values[-1] for name, values in parse_qs(f"{url.query}&{body.decode()}").items()}
        if url.path == "/robots.txt" or not url.path.startswith(_VIEW):
            return NOT_FOUND
        path = url.path.removeprefix(_VIEW)
        if path == "list.jsp":
            return self._list(form)
        if path == "info.jsp":
            return self._info(form.get("id", ""))
        if path == "common/file_list2.jsp":
            return self._files(form)
        module, _, rest = path.partition("/")
        if rest == "list.do" and module in self.platform.feeds:
            return self._feed(method, module, form)
        return NOT_FOUND

    def _list(self, form: dict[str, str]) -> Answer:
        pages = -(-len(self.platform.listing) // self.per_page)
        page = min(max(_number(form.get("currentPage"), 1), 1), max(pages, 1))
        rows = self.platform.listing[(page - 1) * self.per_page : page * self.per_page]
        return Answer(200, HTML, list_page(rows, page, pages).encode())

    def _info(self, external_id: str) -> Answer:
        row = self.platform.info.get(external_id)
        return Answer(200, HTML, info_page(row).encode()) if row is not None else NOT_FOUND

    def _files(self, form: dict[str, str]) -> Answer:
        category = form.get("ST_FILE_CATEGORY", "")
        if category not in FILES:
            return NOT_FOUND
        rows = self.platform.files[category].get(form.get("ST_EVENT_ID", ""), [])
        return Answer(200, HTML, files_page(rows).encode())

    def _feed(self, method: str, module: str, form: dict[str, str]) -> Answer:
        """A page of a module's rows; the platform answers with an empty body where an enterprise has none."""
        if method != "POST":
            return Answer(405, HTML, b"")
        found = _between(self.platform.feeds[module].get(form.get("wryCode", ""), []), form)
        if not found:
            return Answer(200, JSON, b"")
        size = max(_number(form.get("pageSize"), 10), 1)
        start = (max(_number(form.get("currentPage"), 1), 1) - 1) * size
        answer = {"total": len(found), "rows": found[start : start + size]}
        return Answer(200, JSON, json.dumps(answer, ensure_ascii=False).encode())


def _between(rows: list[Row], form: dict[str, str]) -> list[Row]:
    """Rows measured from ``beginDate`` to ``endDate``, where asked for and where rows carry a time (stJcsj)."""
    begin, end = form.get("beginDate", ""), form.get("endDate", "")
    if not begin and not end:
        return rows
    return [row for row in rows if not row.get("stJcsj") or begin <= row["stJcsj"][:10] <= (end or "9999")]


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdigit() else default
