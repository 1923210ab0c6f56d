"""Which proxy does an address go through? Pure."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping


def proxy_for(scheme: str, host: str, port: int, environ: Mapping[str, str]) -> str:
    """The address of the proxy with its scheme, or "" for none.

    Reads HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, lower case first as curl does. This machine itself is never
    reached through a proxy: `tracker demo` serves its portals there.
    """
    if is_loopback(host) or _named_in(_read(environ, "no"), host, port):
        return ""
    # A web server's CGI sets HTTP_PROXY from a request header ("httpoxy", CVE-2016-5385).
    names = ("all",) if scheme == "http" and "REQUEST_METHOD" in environ else (scheme, "all")
    proxy = next((value for name in names if (value := _read(environ, name))), "")
    return proxy if not proxy or "://" in proxy else f"http://{proxy}"


def is_loopback(host: str) -> bool:
    """Whether the name itself says: this machine."""
    address = _address(host)
    return address.is_loopback if address else host == "localhost" or host.endswith(".localhost")


def _read(environ: Mapping[str, str], name: str) -> str:
    return (environ.get(f"{name}_proxy") or environ.get(f"{name.upper()}_PROXY") or "").strip()


def _named_in(no_proxy: str, host: str, port: int) -> bool:
    return any(_covers(entry, host, port) for entry in re.split(r"[\s,]+", no_proxy.lower()) if entry)


def _covers(entry: str, host: str, port: int) -> bool:
    """One entry of NO_PROXY: "*", a domain with or without dot, "host:port", an address, a network (10.0.0.0/8)."""
    if entry == "*":
        return True
    address = _address(host)
    if address is not None and (network := _network(entry)) is not None:
        return address in network
    name, _, entry_port = entry.rpartition(":") if re.fullmatch(r"[^:]+:\d+", entry) else (entry, "", "")
    if entry_port and int(entry_port) != port:
        return False
    name = name.removeprefix("*").removeprefix(".").rstrip(".")
    return bool(name) and (host == name or host.endswith(f".{name}"))


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _network(entry: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(entry.strip("[]"), strict=False)
    except ValueError:
        return None
