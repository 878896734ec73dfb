"""A source is asked on its declared hosts alone, and local addresses only where it says loopback."""

from __future__ import annotations

import pytest
from twisted.internet.error import DNSLookupError

from crawlers.errors import RefusedError
from crawlers.hosts import check, is_local
from crawlers.resolver import _outside

HOSTS = ("site.example", "files.example:8443")


@pytest.mark.parametrize("url", ["http://site.example/a", "https://site.example:8080/", "https://files.example:8443/x"])
def test_declared_hosts_may_be_asked(url: str) -> None:
    check(url, HOSTS, loopback=False)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://other.example/", "is not among the source's hosts"),
        ("http://site.example.evil/", "is not among"),
        ("http://site.example@other.example/", "is not among"),
        ("https://files.example/x", "is not among"),
        ("ftp://site.example/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("http://site.example:99999/", "no usable address"),
    ],
)
def test_everything_else_is_refused_in_one_line(url: str, why: str) -> None:
    with pytest.raises(RefusedError, match=why):
        check(url, HOSTS, loopback=False)


@pytest.mark.parametrize("host", ["127.0.0.1", "10.1.2.3", "192.168.0.9", "169.254.169.254", "localhost"])
def test_local_addresses_need_loopback(host: str) -> None:
    with pytest.raises(RefusedError, match="is a local address"):
        check(f"http://{host}/", (host,), loopback=False)
    check(f"http://{host}/", (host,), loopback=True)


@pytest.mark.parametrize("host", ["::1", "fe80::1", "fd00::7", "0.0.0.0", "100.64.0.1", "db.internal"])
def test_what_is_not_public_is_local(host: str) -> None:
    assert is_local(host) and not is_local("site.example") and not is_local("8.8.8.8")


def test_a_public_name_that_resolves_into_this_network_is_refused() -> None:
    with pytest.raises(DNSLookupError, match=r"resolves to the local address 10\.0\.0\.5"):
        _outside("10.0.0.5", "site.example")
    assert _outside("8.8.8.8", "site.example") == "8.8.8.8"
    assert _outside("127.0.0.1", "localhost") == "127.0.0.1"
