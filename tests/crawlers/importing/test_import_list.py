"""A list supplied by hand becomes a run folder that reads like a crawled one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crawlers.importing import ImportRefusedError, Material, import_list
from crawlers.opencapture import open_capture
from crawlers.runs import manifest, read_facts
from crawlers.segments import read_lines
from tests.crawlers.importing.conftest import GOOD, sheet

Make = Callable[..., Material]


def rows(run: Path | None, sort: str) -> list[dict[str, Any]]:
    assert run is not None
    return list(read_lines(run, sort))


def test_a_dry_run_shows_the_mapping_and_writes_nothing(
    good: Path, material: Make, var: Path, folders: tuple[Path, ...]
) -> None:
    result = import_list(good, material(), var, dry_run=True, folders=folders)
    (table,) = result.preview.tables
    assert table.mapping == {"name": "企业名称", "uscc": "统一社会信用代码", "region": "区县"}
    assert (table.stated_count, table.seen, table.records, table.unread) == (3, 3, 3, 0)
    assert table.first[0]["企业名称"] == "甲纸业有限公司"
    assert any("企业名称 ← 企业名称" in line for line in result.preview.lines())
    assert result.run is None and not var.exists()


def test_records_look_like_crawled_ones(good: Path, material: Make, var: Path, folders: tuple[Path, ...]) -> None:
    result = import_list(good, material(published="2022-03-31"), var, folders=folders)
    first = rows(result.run, "records")[0]
    capture = first.pop("capture")
    assert first == {
        "source": "putian-2022", "kind": "listing", "url": "http://sthjj.putian.gov.cn/2022/list.xlsx",
        "captured_at": "2022-04-02T04:00:00Z", "place": "sheet 名录, row 3", "key": None,
        "fields": {
            "序号": "1", "企业名称": "甲纸业有限公司", "统一社会信用代码": "913503000000000001", "区县": "荔城区",
        },
        "title": "2022年 水环境重点排污单位（3家）", "text": None, "published_at": "2022-03-31", "rows": 1,
        "subject": {"name": "甲纸业有限公司", "uscc": "913503000000000001", "external_id": None, "region": "荔城区"},
    }  # fmt: skip
    assert capture["run"] == result.run.name  # type: ignore[union-attr]


def test_the_bytes_are_kept_as_a_marked_resource(
    good: Path, material: Make, var: Path, folders: tuple[Path, ...]
) -> None:
    run = import_list(good, material(), var, folders=folders).run
    ref = rows(run, "records")[0]["capture"]
    assert run is not None
    capture = open_capture(run, ref["file"], ref["offset"])
    assert (capture.kind, capture.body, capture.digest) == ("resource", GOOD, ref["digest"])
    facts = read_facts(run)
    assert (facts["kind"], facts["status"], facts["counts"]["records"]) == ("import", "finished", 3)
    assert facts["files"] == manifest(run)


def test_a_stated_total_that_was_read_makes_the_walk_complete(
    good: Path, material: Make, var: Path, folders: tuple[Path, ...], tmp_path: Path
) -> None:
    (walk,) = rows(import_list(good, material(), var, folders=folders).run, "visits")
    assert (walk["scope"], walk["complete"], walk["stated_total"], walk["rows_seen"]) == ("walk", True, 3, 3)
    unstated = tmp_path / "part.xlsx"
    unstated.write_bytes(sheet(["企业名称"], ["甲厂"], ["乙厂"]))
    (walk,) = rows(import_list(unstated, material(), var, folders=folders).run, "visits")
    assert walk["complete"] is False and "not what it lacks" in walk["reason"]
    short = tmp_path / "short.xlsx"
    short.write_bytes(sheet(["重点排污单位（5家）", None], ["企业名称", "区县"], ["甲厂", "荔城区"]))
    result = import_list(short, material(), var, folders=folders)
    (walk,) = rows(result.run, "visits")
    assert walk["complete"] is False
    assert [issue.code for issue in result.preview.issues] == ["count-differs"]


def test_a_source_without_a_yaml_gets_a_definition(
    good: Path, material: Make, var: Path, folders: tuple[Path, ...]
) -> None:
    result = import_list(good, material(publisher="莆田市生态环境局"), var, folders=folders)
    assert result.definition == var / "sources" / "putian-2022.json"
    made = json.loads(result.definition.read_text(encoding="utf-8"))
    assert made["publisher"] == {"name": "莆田市生态环境局", "level": "city"}
    assert made["channel"] == "city_bureau"
    assert made["covers"] == [{"kinds": ["listing"], "classes": ["KPU"], "regions": ["350300"]}]
    assert made["membership"] == {"class": "KPU", "year_from": "title", "published": "published_at"}
    assert made["active"] == {"from": "2022-04-02", "to": "2022-04-02"}


def test_a_second_year_goes_into_the_same_source(
    good: Path, material: Make, var: Path, folders: tuple[Path, ...]
) -> None:
    import_list(good, material(), var, folders=folders)
    second = import_list(good, material(year=2023, retrieved_at="2023-04-01", region="350302"), var, folders=folders)
    assert rows(second.run, "records")[0]["title"].startswith("2023年")
    assert second.definition is not None
    made = json.loads(second.definition.read_text(encoding="utf-8"))
    assert [cover["regions"] for cover in made["covers"]] == [["350300"], ["350302"]]
    assert made["active"] == {"from": "2022-04-02", "to": "2023-04-01"}
    with pytest.raises(ImportRefusedError, match="holds KPU; import RISK under another source"):
        import_list(good, material(cls="RISK"), var, folders=folders)


def test_without_a_class_the_headings_give_it_or_it_is_asked_for(
    good: Path, material: Make, var: Path, folders: tuple[Path, ...], tmp_path: Path
) -> None:
    result = import_list(good, material(cls=None), var, folders=folders)
    assert result.definition is not None
    assert (
        json.loads(result.definition.read_text(encoding="utf-8"))["membership"]["class_by"]["title"]["水环境"]
        == "KPU.W"
    )
    bare = tmp_path / "bare.xlsx"
    bare.write_bytes(sheet(["企业名称"], ["甲厂"]))
    with pytest.raises(ImportRefusedError, match="give the class"):
        import_list(bare, material(cls=None, source="bare"), var, folders=folders)


def test_a_source_with_a_yaml_keeps_its_own_definition(good: Path, material: Make, var: Path) -> None:
    result = import_list(good, material(source="city-key-units", cls=None), var)
    assert result.definition is None
    assert result.run is not None
    assert json.loads((result.run / "source.json").read_text(encoding="utf-8"))["family"] == "notices"
    with pytest.raises(ImportRefusedError, match="shanghai-eic holds the class KPU, not EL"):
        import_list(good, material(source="shanghai-eic", cls="EL"), var)


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"region": "35x"}, "region: '35x'"),
        ({"year": 22}, "year: 22"),
        ({"url": "list.xlsx"}, "url: 'list.xlsx'"),
        ({"retrieved_at": "soon"}, "retrieved-at: 'soon'"),
        ({"retrieved_at": "2999-01-01"}, "lies in the future"),
        ({"source": "Putian 2022"}, "source: 'Putian 2022'"),
        ({"cls": "key"}, "class: 'key'"),
        ({"published": "31.3.2022"}, "published: '31.3.2022'"),
        ({"channel": "radio"}, "channel: 'radio'"),
        ({"columns": {"fax": "传真"}}, "column: {'fax'"),
    ],
)
def test_facts_that_cannot_be_are_named(
    good: Path, material: Make, var: Path, folders: tuple[Path, ...], other: dict[str, Any], message: str
) -> None:
    with pytest.raises(ImportRefusedError) as raised:
        import_list(good, material(**other), var, folders=folders)
    assert message in str(raised.value) and "\n" not in str(raised.value)
    assert not var.exists()
