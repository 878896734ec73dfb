"""Answers that are no content never reach a page object: challenge, refusal, error and empty pages."""

from __future__ import annotations

from scrapy import Request
from scrapy.http import Response

from crawlers import blocking
from crawlers.badanswers import BadAnswer


class VerdictMiddleware:
    """Above decompression and retries: what is judged is the last answer, in plain bytes."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Raise BadAnswer for what is no content; the request's errback makes a visit of it."""
        if request.meta.get("dont_obey_robotstxt"):
            return response
        headers = {
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        found = blocking.verdict(response.status, response.url, headers, response.body)
        if found is not None:
            raise BadAnswer(*found, response)
        if not response.body.strip() and request.meta.get("empty") != "absent":
            raise BadAnswer("unreadable", "empty answer where a page is due", response)
        return response
