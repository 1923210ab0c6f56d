"""What the environment may say: each variable once, with default and meaning. Secrets stand nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.config.problem import nearest, quoted
from tracker.errors import ConfigError

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")

# name, default, meaning; a test compares this table with the README. Keys of sources are named by their `needs_env`.
ENVIRONMENT = (
    ("TRACKER_HOME", "the current folder", "the home: sources.yaml, profile.yaml, database, archive, digests"),
    ("TRACKER_LOG", "INFO", "how much the log says: DEBUG, INFO, WARNING or ERROR"),
    ("HTTPS_PROXY", "none", "the proxy for https addresses"),
    ("HTTP_PROXY", "none", "the proxy for http addresses"),
    ("ALL_PROXY", "none", "the proxy for addresses that none of these two covers"),
    ("NO_PROXY", "none", "hosts, domains and networks that are reached without the proxy, separated by commas"),
    ("SSL_CERT_FILE", "the certificates of certifi", "a file of certificates to trust, for networks that inspect TLS"),
    ("SSL_CERT_DIR", "none", "a folder of certificates to trust, hashed as OpenSSL wants it"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the environment says. `home` is None where it is silent; `log` is one of LEVELS."""

    home: str | None = None
    log: str = "INFO"


def settings(environ: Mapping[str, str]) -> Settings:
    """The settings in an environment. Raises ConfigError for a log level that does not exist."""
    home = environ.get("TRACKER_HOME") or None
    level = environ.get("TRACKER_LOG")
    if not level:
        return Settings(home=home)
    if level.upper() not in LEVELS:
        raise ConfigError(f"TRACKER_LOG: unknown level {quoted(level)}; {nearest(level.upper(), LEVELS)}")
    return Settings(home=home, log=level.upper())
