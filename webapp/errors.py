"""One page and one JSON shape for everything that goes wrong."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from indexer.engine.errors import EngineError
from webapp.sources import SourceFileError


def init(app: Flask) -> None:
    """Register the handlers; what none of them knows is a fault of ours and is logged by Flask with its trace."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(EngineError, _engine)
    app.register_error_handler(SourceFileError, _source_file)


def answer(status: int, title: str, detail: str, todo: str = "") -> Response:
    """The error as a page, or as JSON below ``/api/``: ``{"error": {"status", "title", "detail", "todo"}}``."""
    shape: dict[str, Any] = {"status": status, "title": title, "detail": detail, "todo": todo}
    if wants_json():
        response = make_response(jsonify(error=shape), status)
    else:
        response = make_response(render_template("error.html", error=shape), status)
    response.headers["Cache-Control"] = "no-store"
    return response


def wants_json() -> bool:
    """True for the paths that programs call."""
    return request.path.startswith("/api/") or request.path.endswith(".json")


def _http(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)
    status = error.code or 500
    title, todo = _words(status)
    wrong = _messages(error.data.get("messages", {})) if hasattr(error, "data") else ""
    response = answer(status, title, wrong or error.description or error.name, todo)
    for name, value in error.get_headers(request.environ):
        if name not in ("Content-Type", "Content-Length"):
            response.headers.setdefault(name, value)
    return response


def _messages(data: Any) -> str:
    """What Flask-smorest says of wrong arguments, in one line: ``query.size: Must be …``."""
    if not isinstance(data, dict):
        return str(data)
    parts = [
        f"{name}.{_messages(inner)}" if isinstance(inner, dict) else _line(name, inner) for name, inner in data.items()
    ]
    return "; ".join(parts)


def _line(name: str, inner: Any) -> str:
    return f"{name}: {' '.join(map(str, inner)) if isinstance(inner, list) else inner}"


def _words(status: int) -> tuple[str, str]:
    known: dict[int, tuple[str, str]] = {
        400: (_("请求有误"), _("请检查所填内容后重试。")),
        403: (_("没有权限"), _("请用有权限的账号登录。")),
        404: (_("没有这个页面"), _("请检查网址，或从首页搜索。")),
        405: (_("请求方式不对"), _("请从页面上的链接或按钮进入。")),
        410: (_("内容已不在存档中"), _("原件的散列值仍保留，可向管理员核对。")),
        413: (_("内容过大"), _("请缩小后重试。")),
        422: (_("请求有误"), _("请检查参数后重试；参数见 /api/v1/openapi.json。")),
        429: (_("访问过于频繁"), _("请稍候一分钟再试；需要大量数据请用导出功能。")),
        500: (_("本站出错"), _("错误已记入日志，请稍后再试。")),
    }
    return known.get(status, (_("请求未能完成"), _("请返回首页重试。")))


def _engine(error: EngineError) -> Response:
    if error.status == 404:
        return answer(503, _("索引尚未建立"), str(error), _("管理员请运行 qingce index；采集到的原件不受影响。"))
    if error.status == 400:
        return answer(400, _("无法理解这个查询"), str(error), _("请改用更简单的查询条件。"))
    todo = _("采集仍在进行，证据不会丢失。管理员请检查 Elasticsearch：qingce doctor；访客请稍后再试。")
    return answer(503, _("检索服务暂时不可用"), str(error), todo)


def _source_file(error: SourceFileError) -> Response:
    return answer(500, _("来源定义有误"), str(error), _("管理员请修复该文件。"))
