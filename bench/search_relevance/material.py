"""The enterprises that are searched: the real ones of Shanghai, and those of the make-believe province."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from examples.province.places import CITIES
from examples.province.world import build_world
from indexer.normalise import names
from indexer.register import enterprises, identities, resolution, sourcefile
from indexer.register.documents import Enterprise, IdentityDoc

LIST = "shanghai-eic/Enterprises_2020-08-27_contacts-masked.xlsx"
BEFORE, NOW, RUN = "2019-06-01T02:00:00Z", "2020-08-27T02:00:00Z", "20200827T020000Z-ab12cd"


@dataclass(frozen=True)
class Known:
    """What a person could know of one site: its name as printed, what else it was called, its codes."""

    key: str
    name: str
    former: tuple[str, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True)
class World:
    """Known sites, and their documents as the register makes them."""

    known: tuple[Known, ...]
    documents: tuple[Enterprise, ...]

    def ids(self) -> dict[str, str]:
        """Key of a known site → id of its enterprise."""
        return {key: document["id"] for document in self.documents for key in document["identity_keys"]}


def realdata() -> Path | None:
    """The folder of real files, or None where there is none."""
    folder = Path(os.environ.get("QINGCE_REALDATA", Path(__file__).resolve().parents[3] / "shared" / "realdata"))
    return folder if (folder / LIST).is_file() else None


def shanghai(folder: Path) -> World:
    """The 1,101 listed sites of Shanghai."""
    source = sourcefile.parse(_covering("shanghai-eic", "31", {}))
    book = CalamineWorkbook.from_path(folder / LIST)
    listed = {str(row[4]): str(row[1]) for row in book.get_sheet_by_index(0).to_python()[1:]}
    rows = book.get_sheet_by_index(1).to_python()
    made = [_shanghai(source, dict(zip(map(str, rows[0]), map(str, row), strict=True)), listed) for row in rows[1:]]
    return _world(made)


def _shanghai(
    source: sourcefile.Source, row: dict[str, str], listed: dict[str, str]
) -> tuple[Known, identities.Gathered]:
    name, external = row["单位名称"].strip(), row["url_id"]
    before = [row["污染源名称"].strip(), listed.get(external, "").strip()]
    former = [other for other in dict.fromkeys(before) if other and not names.is_cut(other)]
    code = row["注册号/统一社会信用代码"].strip()
    facts = {"address": row["生产地址"].strip(), "legal_rep": row["法定代表人"].strip(), "industry": row["行业大类"]}
    return _gather(source, (external, name, row["行政区划"], code), former, facts)


def province(number: int = 120) -> World:
    """The enterprises of the province, under the platform's ids."""
    places = {city.code: city.name for city in CITIES.values()}
    places |= {code: name for city in CITIES.values() for code, name in city.counties.items()}
    source = sourcefile.parse(_covering("province", "99", places))
    made = []
    for firm in build_world(number).firms:
        facts = {"address": firm.address, "permit_no": firm.permit.number if firm.permit else ""}
        former = [firm.former] if firm.former else []
        made.append(_gather(source, (firm.key, firm.name, firm.region, firm.uscc), former, facts))
    return _world(made)


def _covering(name: str, region: str, places: dict[str, str]) -> dict[str, Any]:
    return {
        "name": name,
        "covers": [{"kinds": ["profile"], "classes": ["KPU"], "regions": [region]}],
        "regions": places,
    }


def _gather(
    source: sourcefile.Source, printed: tuple[str, str, str, str], former: list[str], facts: dict[str, str]
) -> tuple[Known, identities.Gathered]:
    external, name, region, code = printed
    who = identities.who(source, {"name": name, "uscc": code, "external_id": external, "region": region})
    if who is None:
        raise ValueError(f"no identity for {external}")
    gathered = identities.Gathered(who, source, recorded=True)
    gathered.see(who, code, NOW)
    gathered.name(name, "profile", NOW)
    for other in former:
        gathered.name(other, "listing", BEFORE)
    gathered.describe("profile", {key: value for key, value in facts.items() if value}, NOW)
    codes = tuple(value for value in (code, facts.get("permit_no", "")) if value)
    return Known(who.key, name, tuple(other for other in former if other != name), codes), gathered


def _world(made: list[tuple[Known, identities.Gathered]]) -> World:
    documents = list(_documents([gathered.document(RUN) for _, gathered in made]))
    return World(tuple(known for known, _ in made), tuple(documents))


def _documents(found: list[IdentityDoc]) -> Iterator[Enterprise]:
    for cluster in resolution.resolve(found):
        yield enterprises.build(cluster, [])


def bodies(world: World) -> list[dict[str, Any]]:
    """The documents as they are stored."""
    return [dict(document) for document in world.documents]
