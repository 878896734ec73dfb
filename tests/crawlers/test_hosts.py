"""A source is asked on its declared hosts alone, and local addresses only where it says loopback."""

from __future__ import annotations

import pytest
from scrapy.resolver import dnscache
from twisted.internet.error import DNSLookupError
from twisted.internet.testing import MemoryReactor

from crawlers.errors import RefusedError
from crawlers.hosts import check, is_local
from crawlers.resolver import GuardedResolver, _outside

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


LOCAL = [
    "::1", "::", "fe80::1", "fe80::1%eth0", "fd00::7", "fd00:ec2::254", "0.0.0.0", "100.64.0.1", "100.100.100.200",
    "224.0.0.1", "255.255.255.255", "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "[::ffff:10.0.0.1]",
    "64:ff9b::7f00:1", "2002:0a00:0001::", "::127.0.0.1", "db.internal", "db.internal.",
]  # fmt: skip


@pytest.mark.parametrize("host", LOCAL)
def test_what_is_not_public_is_local(host: str) -> None:
    assert is_local(host)


@pytest.mark.parametrize("host", ["site.example", "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "2002:0808:0808::"])
def test_what_is_public_is_not(host: str) -> None:
    assert not is_local(host)


@pytest.mark.parametrize("address", ["10.0.0.5", "127.0.0.1", "169.254.169.254"])
def test_the_address_itself_is_looked_at_when_a_connection_is_made(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also one that the cache of names gives again: a name may lead elsewhere the second time."""
    monkeypatch.setitem(dnscache, "site.example", address)
    failures: list[str] = []
    looked_up = GuardedResolver(MemoryReactor(), 100, 5.0).getHostByName("site.example")
    looked_up.addErrback(lambda failure: failures.append(failure.getErrorMessage()))
    assert len(failures) == 1 and f"resolves to the local address {address}; refused" in failures[0]


def test_a_public_name_that_resolves_into_this_network_is_refused() -> None:
    with pytest.raises(DNSLookupError, match=r"resolves to the local address 10\.0\.0\.5"):
        _outside("10.0.0.5", "site.example")
    assert _outside("8.8.8.8", "site.example") == "8.8.8.8"
    assert _outside("127.0.0.1", "localhost") == "127.0.0.1"
