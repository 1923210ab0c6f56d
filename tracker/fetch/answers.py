"""What is an answer worth: good, to be asked for again, refused, or a wall? Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from tracker.errors import BotWallError, FetchError
from tracker.model import Source
from tracker.parsing import looks_like_wall

AGAIN = frozenset({429, 500, 502, 503, 504})
REDIRECT = frozenset({301, 302, 303, 307, 308})
LONGEST_WAIT = 120.0  # seconds; a server that wants more gets us back with the next run
# Radware sends suspects to its own host. Seen at the Förderdatenbank, 2026-05.
WALL_HOST = re.compile(r"(^|\.)perfdrive\.com$")
LENT_HINT = (
    "The search key on the site's page was not accepted. Open the page in a browser and look at the request that its "
    "search sends: if that works, correct the options of the source (application, index, key) in sources.yaml."
)
WALL_HINT = "Open the page in a browser; if people see it, ask the publisher for a way in for machines."


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer of a server, redirects included. `body` is unpacked; of refusals it is the beginning only."""

    url: httpx.URL
    status: int
    headers: httpx.Headers
    body: bytes

    @property
    def content_type(self) -> str:
        """As sent, "" where the server is silent."""
        return str(self.headers.get("content-type", ""))


class AgainError(Exception):
    """A second try may help: `error` is to be raised when none is left, `wait` the seconds the server wants."""

    def __init__(self, error: FetchError, wait: float | None = None) -> None:
        self.error = error
        self.wait = wait
        super().__init__(str(error))


def judge(
    answer: Answer, source: Source, *, revalidated: bool, now: float, keyed: bool = False, lent: bool = False
) -> None:
    """Returns for a good answer. Raises FetchError, BotWallError, or AgainError.

    `now`: seconds since 1970. `keyed`: the key of the source was shown, `lent`: one that its page hands to every
    visitor; a refusal is then about the key.
    """
    if answer.status == 304 and revalidated:
        return
    words = _wall(answer)
    url = str(answer.url)
    error = FetchError(
        url,
        f"the server answered HTTP {answer.status}",
        permanent=400 <= answer.status < 500 and answer.status not in AGAIN,
        status=answer.status,
        source=source.id,
        hint=LENT_HINT
        if lent and answer.status in {401, 403}
        else _hint(answer.status, source.needs_env if keyed else ""),
    )
    if words:
        said = f"the site answered with a page for robots or an outage notice ({words!r}, HTTP {answer.status})"
        error = BotWallError(url, said, status=answer.status, source=source.id, hint=WALL_HINT)
    if answer.status in AGAIN:
        raise AgainError(error, _wait(answer, source, now))
    if answer.status != 200 or words:
        raise error


def check_redirect(answer: Answer, target: httpx.URL, source: Source) -> None:
    """Raises BotWallError for a redirect to a wall."""
    if WALL_HOST.search(target.host):
        message = f"the site sends us to a bot wall ({target.host})"
        raise BotWallError(str(answer.url), message, status=answer.status, source=source.id, hint=WALL_HINT)


def retry_after(words: str, now: float) -> float | None:
    """Seconds to wait, from a number or an HTTP date; None where the words are neither."""
    words = words.strip()
    if re.fullmatch(r"[0-9]{1,9}", words):
        return float(words)
    try:
        moment = parsedate_to_datetime(words)
    except ValueError:
        return None
    return max(0.0, (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - now)


def _wait(answer: Answer, source: Source, now: float) -> float | None:
    wait = retry_after(answer.headers.get("retry-after", ""), now)
    if wait is None or wait <= LONGEST_WAIT:
        return wait
    back = datetime.fromtimestamp(min(now + wait, 4e9), UTC)
    raise FetchError(
        str(answer.url),
        f"the server answered HTTP {answer.status} and wants us back at {back:%Y-%m-%d %H:%M} UTC",
        status=answer.status,
        source=source.id,
        hint="The next run tries again; a longer `pause` in sources.yaml may help.",
    )


def _wall(answer: Answer) -> str:
    """The telling words of a wall. A page that does not exist may say what it likes."""
    if answer.status in {404, 410} or not _is_html(answer):
        return ""
    return looks_like_wall(answer.body)


def _is_html(answer: Answer) -> bool:
    if answer.content_type:
        return "html" in answer.content_type.lower()
    return answer.body[:200].lstrip().lower().startswith((b"<!doctype html", b"<html"))


def _hint(status: int, key_name: str) -> str:
    if status in {404, 410}:
        return "Has the page moved? Correct its address in sources.yaml."
    if status in {401, 403} and key_name:
        return (
            f"The site refuses the key in {key_name}: is it complete and still valid? Some publishers disable a key "
            "that rests for weeks; then make a new one in the account there."
        )
    if status in {401, 403}:
        return "The site refuses us: look at the page in a browser, and ask the publisher if people see it."
    if status == 407:
        return "The proxy wants a name and a password: HTTPS_PROXY=http://name:password@host:port."
    if status == 429:
        return "We ask too often: raise `pause` in sources.yaml."
    return "The site is out of order; the next run tries again." if status >= 500 else ""
