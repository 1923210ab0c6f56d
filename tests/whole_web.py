"""Every site of sources.yaml on this machine: a proxy that opens TLS with certificates of its own and answers from the
pages in tests/sources, so that sources are read by their real addresses, with faults to switch on.
"""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from http.server import BaseHTTPRequestHandler
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import trustme
from ruamel.yaml import YAML

from tests.fdb_export import at, document, pack
from tests.loopback import address_of, on_loopback
from tests.mail_servers import SECRET, mail_server
from tests.portals import Shown, eu_row
from tests.test_sources import HERE, TYPES
from tracker.model import Expectation, Source

WALL = b"<!DOCTYPE html><html><head><title>Radware Captcha Page</title></head><body>Please wait</body></html>"
LOGIN = json.dumps({"token": "a-token-of-this-run"}).encode()
EU, FDB = "api.tech.ec.europa.eu", "www.foerderdatenbank.de"


@dataclass(slots=True)
class Web:
    """The sites. `faults` maps a host to hang, wall or error; `latency` is what every answer costs, in seconds."""

    address: str = ""
    certificates: str = ""
    latency: float = 0.0
    faults: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)
    mail: str = ""  # the address of the server that holds the mailboxes, a folder for each source

    @property
    def environ(self) -> dict[str, str]:
        """How a program reaches these sites, and keys that open what needs one."""
        return {"HTTPS_PROXY": self.address, "HTTP_PROXY": self.address, "SSL_CERT_FILE": self.certificates}


def at_once(source: Source, web: Web | None = None) -> Source:
    """The source without its manners and without the bounds of the real site: these pages hold a call or two.

    Mail goes through no proxy, so a mailbox is looked for on the mail server of `web`.
    """
    kept = {"complete": source.expect.complete, "empty_is_fine": source.expect.empty_is_fine}
    expect = Expectation(**kept, max_missing=1.0)
    url = f"{web.mail}/{source.id}" if web and source.connector == "mailbox" else source.url
    return replace(source, url=url, pause=0, expect=expect, timeout=min(source.timeout, 20.0))


@cache
def pages() -> Mapping[str, tuple[bytes, str]]:
    """Request key → body and media type, of all sources together."""
    found: dict[str, tuple[bytes, str]] = {}
    for folder in sorted(path.parent for path in HERE.glob("*/pages.yaml")):
        for key, name in YAML(typ="safe").load((folder / "pages.yaml").read_text("utf-8")).items():
            path = folder / name
            found[key] = (path.read_bytes(), TYPES[path.suffix])
    return found


def _made(host: str) -> tuple[bytes, str] | None:
    """The two sources whose answers are made by a program."""
    if host == EU:
        row = eu_row(Shown(key="CERV-2026-CITIZENS-TOWN-TT", title="Town-Twinning"))
        return json.dumps({"apiVersion": "2.155", "totalResults": 1, "results": [row]}).encode(), "application/json"
    if host == FDB:
        place = "Land/Baden-Wuerttemberg/klimafit"
        return pack({at(place): document(place)}), "application/zip"
    return None


class _Site(BaseHTTPRequestHandler):
    """Answers CONNECT by becoming the host that was asked for."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    web: Web
    contexts: dict[str, ssl.SSLContext]
    authority: trustme.CA
    host = ""

    def do_CONNECT(self) -> None:
        self.host = self.path.rpartition(":")[0]
        self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with (
            suppress(OSError),
            self._context().wrap_socket(self.connection, server_side=True) as secure,
            secure.makefile("rb") as self.rfile,
            secure.makefile("wb", 0) as self.wfile,
        ):
            self.close_connection = False
            while not self.close_connection:
                self.handle_one_request()
        self.rfile, self.wfile = BytesIO(), BytesIO()  # the library flushes once more
        self.close_connection = True

    def finish(self) -> None:
        """The library would close what is closed already."""

    def _context(self) -> ssl.SSLContext:
        if self.host not in self.contexts:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.authority.issue_cert(self.host).configure_cert(context)
            self.contexts[self.host] = context
        return self.contexts[self.host]

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        self.web.asked.append(f"{self.host}{self.path}")
        time.sleep(self.web.latency)
        fault = self.web.faults.get(self.host, "")
        if fault == "hang":
            self.web.ended.wait(30)
            self.close_connection = True
        elif fault == "error":
            self._say(500, b"out of order", "text/plain")
        elif fault == "wall":
            self._say(200, WALL, "text/html")
        elif self.path == "/robots.txt":
            self._say(404, b"", "text/plain")
        elif self.path.endswith("/connexion/"):
            self._say(200, LOGIN, "application/json")
        else:
            answer = pages().get(self._key(body)) or _made(self.host)
            self._say(200 if answer else 404, *(answer or (self._key(body).encode(), "text/plain")))

    do_POST = do_GET  # noqa: N815 - the name that the library calls

    def _key(self, body: bytes) -> str:
        url = f"https://{self.host}{self.path}"
        kind = self.headers.get("content-type", "")
        if "json" in kind:
            return f"{url}\n{body.decode()}"
        if "form-urlencoded" in kind:
            return "\n".join((url, *(f"{name}={value}" for name, value in parse_qsl(body.decode(), True))))
        return url

    def _say(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@contextmanager
def whole_web(folder: Path) -> Iterator[Web]:
    """Serves on a free port of 127.0.0.1 until the block ends; `folder` takes the certificate to be trusted."""
    authority, web = trustme.CA(), Web(certificates=str(folder / "authority.pem"))
    authority.cert_pem.write_to_path(web.certificates)
    site = type("Site", (_Site,), {"web": web, "contexts": {}, "authority": authority})
    with on_loopback(site) as server, mail_server() as mail:
        web.address, web.mail = address_of(server), mail.url.removesuffix("/INBOX")
        for path in sorted(HERE.glob("*/*.eml")):
            known = mail.folders.get(path.parent.name, {})
            mail.fill(
                path.parent.name,
                {**{uid: one.raw for uid, one in known.items()}, len(known) + 1: path.read_bytes()},
            )
        try:
            yield web
        finally:
            web.ended.set()


def keys(sources: Iterable[Source]) -> dict[str, str]:
    """What opens the sources that need a key."""
    secrets = {"mailbox": SECRET}
    return {one.needs_env: secrets.get(one.connector, "a-secret-for-tests") for one in sources if one.needs_env}


def host_of(source: Source) -> str:
    """The host that a source is read from."""
    return urlsplit(source.url).hostname or ""
