"""Everything that can go wrong on purpose, with what the reader of the log needs to act.

Imports nothing of ours. Whatever is not one of these is a bug of our own.
"""

from __future__ import annotations


class TrackerError(Exception):
    """Something we foresaw; the message is written for the administrator."""


class ConfigError(TrackerError):
    """sources.yaml, profile.yaml or the environment say something we cannot use.

    `problems` holds one line per mistake: "sources.yaml:12: eu-portal.pause: …".
    """

    def __init__(self, problems: str | tuple[str, ...]) -> None:
        self.problems = (problems,) if isinstance(problems, str) else problems
        super().__init__("\n".join(self.problems))


class SourceError(TrackerError):
    """A source could not be read; `source` is its id, `url` the page, `hint` what to do about it."""

    def __init__(self, url: str, message: str, *, source: str = "", hint: str = "") -> None:
        self.url = url
        self.message = message
        self.source = source
        self.hint = hint
        super().__init__(" ".join(part for part in (source and f"{source}:", message, f"({url})", hint) if part))


class FetchError(SourceError):
    """The answer did not arrive or may not be used. `permanent` means: trying again is no use."""

    def __init__(
        self,
        url: str,
        message: str,
        *,
        permanent: bool = False,
        status: int | None = None,
        source: str = "",
        hint: str = "",
    ) -> None:
        self.permanent = permanent
        self.status = status
        super().__init__(url, message, source=source, hint=hint)


class BotWallError(FetchError):
    """The site answered with a page meant for robots. Zero calls would look like a quiet week."""


class ParseError(SourceError):
    """The answer arrived but is not built as its connector expects."""


class NotSetUpError(TrackerError):
    """A source needs a key which the environment does not hold. That is no failure."""


class StoreError(TrackerError):
    """The database cannot be used: written by a newer version, damaged, or on a full disk."""


class LockedError(TrackerError):
    """Another run holds the lock of this home."""


class UnknownError(TrackerError):
    """The caller named a call, source or week that we do not know."""


class LineError(TrackerError):
    """A line of a file of calls cannot be read; the others can."""
