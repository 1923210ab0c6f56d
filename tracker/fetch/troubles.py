"""What a failed exchange means, in words for an administrator. Pure."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

import httpx

from tracker.errors import FetchError
from tracker.fetch.answers import AgainError
from tracker.fetch.body import BodyError
from tracker.fetch.wire import CONNECT
from tracker.model import Source

CERTIFICATE_HINT = (
    "If your network inspects TLS, name its certificate authority in SSL_CERT_FILE (a PEM file); "
    "otherwise the site's certificate is at fault."
)

NO_LINE = "Is the site down? Does the network want a proxy (HTTPS_PROXY), or is the one it names down?"


def explain(
    error: httpx.HTTPError | httpx.InvalidURL | BodyError, url: str, source: Source, *, overtime: bool
) -> Exception:
    """The error to raise: AgainError where a second try may help, FetchError otherwise.

    `overtime`: the exchange had used up its whole time.
    """
    certificate = next((one for one in _causes(error) if isinstance(one, ssl.SSLCertVerificationError)), None)
    if certificate is not None:
        message = f"the site's certificate is not trusted ({certificate.verify_message})"
        return FetchError(url, message, permanent=True, source=source.id, hint=CERTIFICATE_HINT)
    if isinstance(error, httpx.ProxyError) and str(error).startswith("4"):
        hint = "Check HTTPS_PROXY and HTTP_PROXY, with name and password if the proxy wants them."
        return FetchError(url, f"the proxy refuses: {error}", permanent=True, source=source.id, hint=hint)
    if isinstance(error, httpx.LocalProtocolError | httpx.UnsupportedProtocol | httpx.InvalidURL):
        return FetchError(url, f"the address cannot be asked for: {error}", permanent=True, source=source.id)
    if isinstance(error, BodyError) and not error.again:
        hint = "If that is right, raise `max_bytes` in sources.yaml." if "larger" in str(error) else ""
        return FetchError(url, str(error), permanent=True, source=source.id, hint=hint)
    words, hint = _words(error, source, overtime=overtime)
    return AgainError(FetchError(url, words, source=source.id, hint=hint))


def _words(error: Exception, source: Source, *, overtime: bool) -> tuple[str, str]:
    slow = "The site is slow; raise `timeout` in sources.yaml if that is usual."
    if isinstance(error, httpx.TimeoutException) and overtime:
        return f"the answer took longer than {source.timeout:g} s in all", slow
    if isinstance(error, httpx.ConnectTimeout):
        return f"no connection within {CONNECT:g} s", NO_LINE
    if isinstance(error, httpx.TimeoutException):
        return f"the server was silent for {silence(source):g} s", slow
    if isinstance(error, httpx.ConnectError | httpx.ProxyError):
        return f"no connection: {error}", NO_LINE
    if isinstance(error, BodyError):
        return str(error), ""
    return f"the answer was cut off or garbled: {error}", ""


def silence(source: Source) -> float:
    """How many seconds a server may be silent: half of the whole time, but 30 s if the whole time has as many."""
    return min(source.timeout, max(30.0, source.timeout / 2))


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    now: BaseException | None = error
    while now is not None and id(now) not in seen:
        seen.add(id(now))
        yield now
        now = now.__cause__ or now.__context__
