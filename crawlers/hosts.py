"""Where a source may be asked: its declared hosts only, private and loopback addresses only with ``loopback: true``."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from crawlers.errors import RefusedError

PORTS = {"http": 80, "https": 443}
_LOCAL = ("localhost", ".localhost", ".local", ".internal")


def check(url: str, hosts: tuple[str, ...], loopback: bool) -> None:
    """Raise RefusedError where ``url`` is not among ``hosts`` (``host`` or ``host:port``) or lies on this network."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS:
        raise RefusedError(f"{url}: only http and https are asked; the link is left alone")
    try:
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    except ValueError:
        raise RefusedError(f"{url}: no usable address; the link is left alone") from None
    if not any(_matches(host, port, allowed) for allowed in hosts):
        raise RefusedError(
            f"{url}: {host} is not among the source's hosts ({', '.join(hosts)}); add it to allowed_hosts"
        )
    if is_local(host) and not loopback:
        raise RefusedError(f"{url}: {host} is a local address; only a source with loopback: true may be there")


def _matches(host: str, port: int, allowed: str) -> bool:
    name, _, number = allowed.partition(":")
    return host == name and (not number or int(number) == port)


def is_local(host: str) -> bool:
    """Whether a host name or literal address is loopback, private, link-local or otherwise not public."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host.endswith(_LOCAL)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
