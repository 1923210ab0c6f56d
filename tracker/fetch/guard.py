"""Which addresses may a source reach? Its own hosts, and whatever is public; never the city's inner network.

Addresses of detail pages and redirects are scraped, so they may be anything: http://10.0.0.1/admin, a name that
resolves to 127.0.0.1, the metadata service of a cloud.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from tracker.model import Source

DEFAULT_PORTS = {"http": 80, "https": 443}
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def place_of(url: httpx.URL) -> tuple[str, int]:
    """Host (ASCII, lower case) and port."""
    return url.raw_host.decode("ascii"), url.port or DEFAULT_PORTS.get(url.scheme, 0)


def own_places(source: Source) -> frozenset[tuple[str, int]]:
    """The hosts and ports that sources.yaml names for a source: these may lie in the inner network.

    Another port of the same machine is another service, except that http and https stand for each other.
    """
    places: set[tuple[str, int]] = set()
    for words in (source.url, *_addresses_in(source.options)):
        host, port = place_of(httpx.URL(words))
        places |= {(host, port)} if port not in DEFAULT_PORTS.values() else {(host, 80), (host, 443)}
    return frozenset(places)


def is_public(address: str) -> bool:
    """Whether an IP address lies in the open internet, also where it is wrapped in IPv6."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


def resolve(host: str, port: int) -> tuple[str, ...]:
    """The addresses of a host name, in the order of the resolver. Raises OSError or UnicodeError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[4][0]) for address in found))


def literal(host: str, _port: int) -> tuple[str, ...]:
    """What a host says without asking a name server: for tests, whose portals exist nowhere."""
    try:
        return (str(ipaddress.ip_address(host)),)
    except ValueError:
        return ("127.0.0.1",) if host == "localhost" else ()


def _addresses_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if value.startswith(("http://", "https://")):
            yield value
        return
    inner: Iterable[Any] = value.values() if isinstance(value, Mapping) else value if _is_row(value) else ()
    for one in inner:
        yield from _addresses_in(one)


def _is_row(value: Any) -> bool:
    return isinstance(value, list | tuple)


def usual_pause(url: str) -> float:
    """Seconds that a site nobody has configured yet is left alone between two requests; this machine needs none."""
    host = urlsplit(url).hostname or ""
    try:
        here = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name
        here = False
    return 0.0 if here else 1.0
