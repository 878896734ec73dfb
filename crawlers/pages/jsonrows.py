"""Rows of data: flat, wide or with lists inside them, and how many the site states."""

from __future__ import annotations

from functools import cached_property
from typing import Any, TypedDict

from crawlers import jsondata
from crawlers.pages.base import PageRow, first_number
from crawlers.pages.data import DataPage
from crawlers.pages.fields import cached, field
from crawlers.readers.folding import fold
from crawlers.readers.html import grids, page_text, parse
from crawlers.tables import Table, records

_STATED = ("total", "pages", "total_text", "pages_text")


class InnerRow(TypedDict):
    """A row of a list inside row ``of``; ``spec`` says which of ``nested`` it answers."""

    of: int
    spec: int
    row: PageRow


class JsonRowsPage(DataPage):
    """``params``: rows, total, pages (paths), required (keys each row must hold), answer.

    Further: unfold, nested (see ``walks.answers``), single (the path leads to one object), total_text and pages_text
    (expressions over the text of a page in which the data stand), paged (a bare list is one page of several).
    ``total: None`` is a list that states none.
    """

    @field
    def problem(self) -> str | None:
        """Why these are not the rows that the source describes; None where they are."""
        if self.bad is not None:
            return self.bad
        if self._fragment:
            return self._table_problem
        if not self._is_list:
            what = "an object" if self.params.get("single") else "a list"
            return f"layout changed: JSON without {what} {self.params.get('rows')}"
        if self._unstated:
            return f"layout changed: JSON without a number {self._wanted}"
        missing = [key for key in self.params.get("required") or [] if any(key not in row for row in self._list)]
        return f"layout changed: rows without {', '.join(missing)}" if missing else self._inner[1]

    @property
    def _wanted(self) -> str:
        return " or ".join(str(self.params[name]) for name in _STATED if self.params.get(name))

    @property
    def _unstated(self) -> bool:
        """Whether a total or a number of pages is due and absent (a bare list needs none)."""
        return bool(not isinstance(self.data, list) and self._wanted and self.total is None and self.pages is None)

    @property
    def _fragment(self) -> bool:
        return bool(self.answer["holds"] == "html")

    @cached_property
    def _list(self) -> Any:
        # A bare list is the rows themselves, whatever the path says.
        found = self.data if isinstance(self.data, list) else jsondata.at(self.data, self.params.get("rows"))
        return [found] if self.params.get("single") and isinstance(found, dict) else found

    @property
    def _is_list(self) -> bool:
        return isinstance(self._list, list) and all(isinstance(row, dict) for row in self._list)

    @cached_property
    def _table(self) -> Table | None:
        """The table inside a text of the data."""
        if not isinstance(self.data, str):
            return None
        tree = parse(f"<html><body>{self.data}</body></html>".encode())
        tables = [records(grid, required=self.params.get("required") or []) for grid in grids(tree)]
        return next((table for table in tables if table.header is not None), None)

    @property
    def _table_problem(self) -> str | None:
        if self._table is None and self.total != 0:
            wanted = ", ".join(self.params.get("required") or []) or "headers"
            return f"layout changed: no table with {wanted} in {self.answer['unwrap']}"
        return f"layout changed: no number {self._wanted} beside the table" if self._unstated else None

    @cached
    def rows(self) -> list[PageRow]:
        """Rows with keys as headers; null and ``"null"`` empty, nested values JSON text, wide rows unfolded."""
        if self._fragment:
            table = self._table
            return [_row(record.fields, record.place, record.rows) for record in table.records] if table else []
        unfold, inside = self.params.get("unfold"), frozenset(spec["rows"].split(".")[0] for spec in self._nested)
        found: list[PageRow] = []
        for number, row in enumerate(self._list if self._is_list else []):
            fields, place = jsondata.fields_of(row, inside), f"{self._name}[{number}]"
            rows = jsondata.unfolded(fields, unfold) if unfold else [("", fields)]
            found += [_row(own, f"{place} {code}".strip()) for code, own in rows]
        return found

    @property
    def _name(self) -> str:
        return (self.params.get("rows") if isinstance(self.data, dict) else None) or "rows"

    @property
    def _nested(self) -> list[dict[str, Any]]:
        return self.params.get("nested") or []

    @cached_property
    def _inner(self) -> tuple[list[InnerRow], str | None]:
        found: list[InnerRow] = []
        try:
            for number, row in enumerate(self._list if self._is_list else []):
                for index, spec in enumerate(self._nested):
                    found += [
                        InnerRow(of=number, spec=index, row=_kept(around, own, spec, f"{self._name}[{number}].{place}"))
                        for place, around, own in jsondata.inner(row, spec["rows"])
                    ]
        except ValueError as error:
            return [], f"layout changed: {error}"
        return found, self._inner_lacks(found)

    def _inner_lacks(self, found: list[InnerRow]) -> str | None:
        missing = [
            key for index, spec in enumerate(self._nested) for key in spec["required"]
            if any(key not in inner["row"]["fields"] for inner in found if inner["spec"] == index)
        ]  # fmt: skip
        return f"layout changed: inner rows without {', '.join(missing)}" if missing else None

    @field
    def inner(self) -> list[InnerRow]:
        """Rows of the lists inside rows."""
        return self._inner[0]

    @field
    def issues(self) -> list[dict[str, Any]]:
        """What of a table inside the data could not be read."""
        return [issue.row() for issue in self._table.issues] if self._fragment and self._table else []

    @field
    def seen(self) -> int:
        """Rows as the site counts them: before wide ones are unfolded."""
        if self._fragment:
            return self._table.seen if self._table else 0
        return len(self._list) if self._is_list else 0

    @cached
    def total(self) -> int | None:
        """Rows in all as stated; of a bare list that is not in pages, its length."""
        if isinstance(self.data, list) and not any(self.params.get(name) for name in ("paged", "total_text")):
            return len(self.data)
        return self._number("total")

    @cached
    def pages(self) -> int | None:
        """Pages in all as stated."""
        return self._number("pages")

    def _number(self, name: str) -> int | None:
        """A stated number: in the data, around them, or in the text of the page that carries them."""
        if expression := self.params.get(f"{name}_text"):
            return first_number(expression, fold(page_text(self.tree)))
        path = self.params.get(name)
        found = (jsondata.whole(jsondata.at(value, path)) for value in (self.data, self.whole) if path)
        return next((number for number in found if number is not None), None)


def _row(fields: dict[str, str], place: str, rows: int = 1) -> PageRow:
    return PageRow(fields=fields, place=place, id=None, title=None, rows=rows, links=[])


def _kept(around: list[Any], own: Any, spec: dict[str, Any], place: str) -> PageRow:
    """An inner row with the columns it keeps of the rows around; its own column of the same name wins."""
    kept = {name: jsondata.shown(row[name]) for row in around for name in spec["keep"] if name in row}
    return _row({**kept, **jsondata.fields_of(own)}, place)
