"""What a run says that cannot be interpreted becomes a row with its count, never silence."""

from __future__ import annotations

from pathlib import Path

from indexer.engine.store import Store
from indexer.settings import Settings
from tests.indexer.register.folder import Folder
from tests.indexer.test_pipeline import DAYS, index, own

__all__ = ["own"]


def test_unknown_regions_and_wrong_codes_are_told_once_each(store: Store, own: Settings, tmp_path: Path) -> None:
    folder = Folder(tmp_path, DAYS[0])
    for n in range(2):
        subject = {"name": "丙厂", "external_id": "3", "region": "无名镇", "uscc": "91520198MAAMOWECXQ"}
        folder.record("profile", subject, {"单位名称": f"丙厂{n}"})
    found = index([folder.write()], store, own)
    rows = {row["code"]: row for row in found["runs"][folder.name]["issue_rows"]}
    assert rows["region-unknown"]["count"] == 2 and "无名镇" in rows["region-unknown"]["message"]
    assert "perhaps 91520198MAAM0WECXQ" in rows["code-invalid"]["message"]
    (enterprise,) = found["enterprises"].values()
    assert (enterprise["uscc"], enterprise["uscc_valid"], enterprise["region"]) == ("91520198MAAMOWECXQ", False, "99")
