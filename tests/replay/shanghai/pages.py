"""The platform's HTML in the shapes its published spiders read."""

from __future__ import annotations

from html import escape

from tests.replay.shanghai.data import Row

_LONG = {"经营范围", "生产情况简介", "生产地址", "是否日排放量100立方米以上的直排海污染源"}
_META = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
_HEAD = f"<!DOCTYPE html>\n<html><head>{_META}<title>{{}}</title></head>"
_TITLE = "上海市企事业单位环境信息公开平台"


def list_page(rows: list[Row], page: int, pages: int) -> str:
    """One page of the directory: rows of ``table.Llist.limit`` without a header open by ``onclick``."""
    body = "\n".join(_list_row(row) for row in rows)
    return (
        f"{_HEAD.format(_TITLE)}<body>\n"
        '<form method="post" action="/jsp/view/list.jsp"><input type="hidden" name="currentPage"></form>\n'
        '<table class="Llist limit" width="100%">\n'
        f"{body}\n</table>\n"
        f'<div class="page"><span>首页</span><span>第{page}页</span><span>共{pages}页</span><span>尾页</span></div>\n'
        "</body></html>"
    )


def _list_row(row: Row) -> str:
    cells = "".join(f"<td>{escape(row[name])}</td>" for name in ("id", "name", "area", "type"))
    return f'<tr onclick="showInfo(\'{escape(row["url_id"])}\')" style="cursor:pointer">{cells}</tr>'


def info_page(row: Row) -> str:
    """An enterprise's page: th/td pairs, two a row, long ones alone; cells carry the platform's own white space."""
    rows: list[str] = []
    waiting: list[str] = []
    for header, value in row.items():
        pair = f"<th>{escape(header)}</th>"
        cell = escape(value).replace("\xa0", "&nbsp;")
        if header in _LONG:
            rows += [*waiting[:1], f'{pair}<td colspan="3">{cell}</td>']
            waiting = []
        elif waiting:
            rows.append(f"{waiting.pop()}{pair}<td>\r\n\t\t\t{cell}&nbsp;</td>")
        else:
            waiting.append(f"{pair}<td>{cell}</td>")
    table = "\n".join(f"<tr>{cells}</tr>" for cells in [*rows, *waiting])
    return f'{_HEAD.format(_TITLE)}<body>\n<table class="info" width="100%">\n{table}\n</table>\n</body></html>'


def files_page(rows: list[Row]) -> str:
    """Attachments of one category: name, day of upload where the data has it, and the address of the bytes."""
    body = "\n".join(_file_row(row) for row in rows)
    return (
        f"{_HEAD.format('文件列表')}<body>\n"
        '<table class="Llist" width="100%">\n<tr><th>文件名称</th><th>上传时间</th><th>操作</th></tr>\n'
        f"{body}\n</table>\n</body></html>"
    )


def _file_row(row: Row) -> str:
    name = row.get("文件名称") or row["filename"]
    file_id = row.get("fileId") or row["filename"]
    link = f'<a href="/xhyf/common/filedown1.do?fileId={escape(file_id)}" target="_blank">下载</a>'
    return f"<tr><td>{escape(name)}</td><td>{escape(row.get('上传时间', ''))}</td><td>{link}</td></tr>"
