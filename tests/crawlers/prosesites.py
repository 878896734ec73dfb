"""Scripted sites of sentences, sub-pages and registers: what a family site of the province does not do wrong."""

from __future__ import annotations

from typing import Any

from tests.crawlers.scripted import Answer, Asked

DECISION = """<p>行政处罚决定书</p><p>甲环罚〔2026〕{n}号</p><p>当事人：{party}</p><p>身份证号码：110101199001011237</p>
<p>经查，你单位实施了以下环境违法行为：</p><p>废水直排。</p><p>以上事实，有照片为凭。</p>
<p>依据《中华人民共和国水污染防治法》第八十三条的规定，我局决定：</p><p>处罚款叁万元整。</p>
<p>如不服本决定，可申请复议。</p><p>甲市生态环境局</p><p>2026年3月5日</p>"""
NOTICES = {
    "a": ("甲环罚〔2026〕1号决定书", DECISION.format(n=1, party="甲川宏泰化工有限公司")),
    "b": ("甲环罚〔2026〕2号决定书", DECISION.format(n=2, party="甄示甲")),
    "c": ("行政处罚决定书（见附件）", '<p>附件：<a href="/files/broken.pdf">决定书.pdf</a></p>'),
    "d": ("行政处罚决定书公开目录", "<p>请到窗口查询。</p>"),
}


def _page(title: str, body: str) -> Answer:
    return Answer(
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1><div id='zoom'>{body}</div></body></html>"
    )


def decisions(asked: Asked) -> Answer:
    """Two decisions, one against a person; one whose file is broken; one notice that holds none."""
    name = asked.path.strip("/").removesuffix(".html")
    if asked.path == "/index.html":
        links = "".join(f'<li><a href="/{n}.html">{title}</a></li>' for n, (title, _) in NOTICES.items())
        return _page("行政处罚", f"<ul>{links}</ul>")
    if asked.path == "/files/broken.pdf":
        return Answer(b"%PDF-1.4 broken", content_type="application/pdf")
    return _page(*NOTICES[name]) if name in NOTICES else Answer("not here", 404)


DECISIONS: dict[str, Any] = {
    "family": "prose",
    "covers": [{"kinds": ["penalty"], "classes": [], "regions": ["3503"]}],
    "walk": {
        "list": {"urls": ["/index.html"], "items": "ul li", "include": "决定书"},
        "notice": {"kind": "penalty", "body": "#zoom", "required": ["行政处罚决定书文号"], "reads": "decision",
                   "subject": {"name": "行政相对人名称", "uscc": "统一社会信用代码"}},
    },
}  # fmt: skip


def _table(headers: list[str], rows: list[list[str]]) -> str:
    lines = [headers, *rows]
    return "<table>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in line) + "</tr>" for line in lines) + "</table>"


def permits(asked: Asked) -> Answer:
    """Two permits: sub-pages good, empty, encrypted, of another layout; one register short of its total, one down."""
    if asked.path == "/list":
        rows = [["111", "甲厂", '<a href="?dataid=aa1">查看</a>'], ["222", "乙厂", '<a href="?dataid=bb2">查看</a>']]
        return Answer(_table(["许可证编号", "单位名称", "查看"], rows) + "共1页 共2条")
    if asked.path == "/cancelled":
        page = int(asked.values["page"])
        return Answer(
            _table(["许可证编号", "单位名称", "注销时间"], [[f"9{page}", f"丙厂{page}", f"2026-01-0{page}"]])
            + "共2页 共3条"
        )
    if asked.path == "/revoked":
        return Answer("<h1>500</h1>", 500)
    first = asked.values.get("id") == "aa1"
    if asked.path == "/open":
        text = _table(["公开内容", "时间节点"], [["监测数据", "5个工作日"]]) if first else "<p>暂无数据</p>"
        return Answer(text)
    if asked.path == "/other":
        return Answer(
            "<script>var pwd='0123456789abcdef'; var word='U2FsdGVkX1abcdefghijklmnopqrstuvwxyz012345==';</script>"
        )
    return Answer("<div class='cards'>COD</div>")


def _tab(name: str, path: str, header: str) -> dict[str, Any]:
    return {
        "name": name,
        "url": path + "?id={id}",
        "kind": "permit",
        "tables": [{"required": [header], "key": [header]}],
    }


_LIST: dict[str, Any] = {
    "table": "table", "required": ["许可证编号"], "pages": r"共(\d+)页", "total": r"共(\d+)条", "kind": "permit",
    "page_param": "page", "subject": {"name": "单位名称", "external_id": "许可证编号"},
}  # fmt: skip
PERMITS: dict[str, Any] = {
    "family": "form_post",
    "channel": "permit_platform",
    "covers": [{"kinds": ["permit"], "classes": ["PK"], "regions": ["3503"]}],
    "walk": {
        "list": {**_LIST, "url": "/list", "id": r"dataid=(\w+)"},
        "tabs": [
            _tab("信息公开", "/open", "公开内容"),
            _tab("其他", "/other", "噪声类别"),
            _tab("水", "/water", "污染物种类"),
        ],
        "registers": [
            {**_LIST, "name": "注销公告", "url": "/cancelled", "key": ["许可证编号", "注销时间"]},
            {**_LIST, "name": "撤销公告", "url": "/revoked"},
        ],
    },
}  # fmt: skip
