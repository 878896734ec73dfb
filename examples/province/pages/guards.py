"""Sites that do not answer as hoped: down, blocked by a challenge (瑞数-like), and nothing else."""

from __future__ import annotations

from itertools import count

from ..identity import hex32
from .http import Request, Response, page

_turn = count()


def down(_request: Request) -> Response:
    """Drops the connection and answers 503 in turn, robots.txt included."""
    if next(_turn) % 2:
        return page("<html><body><h1>503 Service Unavailable</h1></body></html>", 503)
    return Response(status=0)


def challenge(request: Request) -> Response:
    """412 with a script challenge in place of the page; invented, and nothing can solve it."""
    noise = "".join(hex32("challenge", request.path, n) for n in range(12))
    text = (
        '<html>\n<head>\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n'
        f'<meta id="9DhefwqGPrzGxEp9hPaoag" content="{noise}" r="m">\n'
        f"<script type=\"text/javascript\" r='m'>$_ts=window['$_ts'];if(!$_ts)$_ts={{}};$_ts.nsd=48217;"
        f'$_ts.cd="{noise[:120]}";if($_ts.lcd)$_ts.lcd();</script>\n'
        "</head>\n<body></body>\n</html>"
    )
    return page(text, 412)
