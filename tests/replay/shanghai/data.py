"""The platform's tables, read once with calamine and indexed by the key each address is asked with."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from python_calamine import CalamineWorkbook

Row = dict[str, str]
ENTERPRISES = "Enterprises_2020-08-27_contacts-masked.xlsx"
MONITORING = "MonitoringData_2020-08-08.xlsx"
FACILITIES = "PollutionControlFacilities.xlsx"
LICENSING = "AdministrativeLicensing.xlsx"
OTHER = "OtherInformation.xlsx"
TREATMENT = "污染处理设施建设运行情况"
FEEDS: dict[str, list[tuple[str, str, str]]] = {
    "port": [("PollutionInfo.xlsx", "排放口信息", "stWrybh")],
    "jcdw": [("PollutionInfo.xlsx", "排放项目信息", "stWryCode")],
    "xzxk": [
        (LICENSING, "排污许可证", "stWrybh"),
        (LICENSING, "建设项目行政办理事项", "stWrybh"),
        (LICENSING, "Sheet3", "stWrybh"),
        (LICENSING, "其他行政许可事项", "stWrybh"),
    ],
    "product": [(FACILITIES, "产生污染设施情况", "stWryCode")],
    "waterHand": [(FACILITIES, TREATMENT, "stWryCode")],
    "wasteHand": [(FACILITIES, TREATMENT, "stWryCode")],
    "noiseHand": [(FACILITIES, TREATMENT, "stWryCode")],
    "pullicationEmissions": [(FACILITIES, "污染物排放方式及排放去向", "stWryCode")],
    "other": [(OTHER, "环保奖励情况", "stWryCode")],
    "sgWater": [(MONITORING, "废水手工监测记录", "stWryCode")],
    "sgWaste": [(MONITORING, "废气手工监测记录", "stWryCode")],
    "pullication": [], "waterAuto": [], "wasteAuto": [],
}  # fmt: skip
"""Module → (file, sheet, column of the enterprise's code)."""
TYPES = {"waterHand": ("WATER",), "wasteHand": ("AIR",), "noiseHand": ("NOISE", "")}
"""Of the sheet of treatment plant each module shows the rows of its own ``stType``; one row states none."""
FILES = {
    "YJYA_YAWB": ("EmergencyPlan.xlsx", "应急方案"),
    "OTHER_ZXJC": (OTHER, "自行监测方案"),
    "OTHER_SHZR": (OTHER, "社会责任报告"),
}
"""Category of attachments → (file, sheet)."""


@dataclass
class Platform:
    """Everything the platform shows: ``feeds[module][code]``, ``files[category][id]`` are rows in the sheet's order."""

    listing: list[Row] = field(default_factory=list)
    info: dict[str, Row] = field(default_factory=dict)
    feeds: dict[str, dict[str, list[Row]]] = field(default_factory=dict)
    files: dict[str, dict[str, list[Row]]] = field(default_factory=dict)

    def code(self, external_id: str) -> str:
        """An enterprise's 污染源编码, under which the modules know it."""
        return self.info[external_id]["污染源编码"].strip()


class Books:
    """Workbooks of one folder; single ones may be replaced by another dated file."""

    def __init__(self, folder: Path, replaced: dict[str, Path]) -> None:
        self.folder, self.replaced = folder, replaced
        self.open: dict[str, CalamineWorkbook] = {}
        self.read: dict[tuple[str, str], list[Row]] = {}

    def sheet(self, name: str, sheet: str) -> list[Row]:
        """Rows of a sheet by header, every value as text, white space as it is (the pages are that dirty)."""
        if (name, sheet) not in self.read:
            self.read[name, sheet] = self._rows(name, sheet)
        return self.read[name, sheet]

    def _rows(self, name: str, sheet: str) -> list[Row]:
        if name not in self.open:
            path = self.replaced.get(name, self.folder / name)
            if not path.is_file():
                raise FileNotFoundError(f"{path}: no such file; --data names the folder of the platform's XLSX files")
            self.open[name] = CalamineWorkbook.from_path(path)
        header, *rows = self.open[name].get_sheet_by_name(sheet).to_python()
        names = [_text(cell) for cell in header]
        return [dict(zip(names, map(_text, row), strict=True)) for row in rows]


def _text(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def load(folder: Path, enterprises: Path | None = None, monitoring: Path | None = None) -> Platform:
    """Read the platform from ``folder``; raises FileNotFoundError naming a file that is absent."""
    given = {ENTERPRISES: enterprises, MONITORING: monitoring}
    books = Books(folder, {name: path for name, path in given.items() if path is not None})
    platform = Platform(books.sheet(ENTERPRISES, "Sheet1"))
    for row in books.sheet(ENTERPRISES, "企业详细信息"):
        platform.info[row["url_id"]] = {name: value for name, value in row.items() if name != "url_id"}
    for module, sheets in FEEDS.items():
        rows: dict[str, list[Row]] = defaultdict(list)
        for file, sheet, column in sheets:
            for row in books.sheet(file, sheet):
                if sheet != TREATMENT or row["stType"] in TYPES[module]:
                    rows[row[column].strip()].append(row)
        platform.feeds[module] = dict(rows)
    for category, (file, sheet) in FILES.items():
        attached: dict[str, list[Row]] = defaultdict(list)
        for row in books.sheet(file, sheet):
            attached[row["url_id"]].append(row)
        platform.files[category] = dict(attached)
    return platform
