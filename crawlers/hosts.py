"""Where a source may be asked: its declared hosts only, private and loopback addresses only with ``loopback: true``."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from crawlers.errors import RefusedError

PORTS = {"http": 80, "https": 443}
_LOCAL = ("localhost", ".localhost", ".local", ".internal")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_ENDS_IN_IPV4 = tuple(map(ipaddress.IPv6Network, ("::/96", "64:ff9b::/96", "64:ff9b:1::/48")))
"""IPv4-compatible addresses, and those of NAT64: a gateway reaches the IPv4 address behind them."""


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
    """Whether a host name or literal address is loopback, private, link-local or otherwise not public.

    Of an IPv6 address that carries an IPv4 one (mapped, 6to4, Teredo, NAT64) both must be public.
    """
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return host.rstrip(".").endswith(_LOCAL)
    return any(not each.is_global or each.is_multicast for each in (address, *_carried(address)))


def _carried(address: Address) -> tuple[Address, ...]:
    if isinstance(address, ipaddress.IPv4Address):
        return ()
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if any(address in network for network in _ENDS_IN_IPV4):
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
    return tuple(each for each in found if each is not None)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
