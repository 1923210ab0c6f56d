"""Where a home is, how a new one begins, and which files of ours the package carries."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from tracker.errors import ConfigError

FILES = ("sources.yaml", "profile.yaml")
DIGESTS = "digests"


def find_home(given: str | None, environ: Mapping[str, str], cwd: Path) -> Path:
    """The home: what `--home` says, else TRACKER_HOME, else the current folder if it is one.

    Raises ConfigError that names `tracker init` where there is none.
    """
    if given is not None:
        return _home(given, cwd, "--home")
    if environ.get("TRACKER_HOME"):
        return _home(environ["TRACKER_HOME"], cwd, "TRACKER_HOME")
    if not _missing(cwd):
        return cwd
    raise ConfigError(f"{cwd} is no home: `tracker init DIR` makes one, --home DIR or TRACKER_HOME names one")


def _home(words: str, cwd: Path, origin: str) -> Path:
    if not words.strip() or "\0" in words:
        raise ConfigError(f"{origin} names no folder")
    home = cwd / _expanded(words)
    if missing := _missing(home):
        raise ConfigError(f"{origin}: {home} has no {' and no '.join(missing)}: `tracker init {home}` writes it")
    return home


def _expanded(words: str) -> Path:
    try:
        return Path(words).expanduser()
    except RuntimeError:  # "~nobody": there is no such user
        return Path(words)


def _missing(home: Path) -> tuple[str, ...]:
    return tuple(name for name in FILES if not (home / name).is_file())


def init(target: Path) -> tuple[Path, ...]:
    """Makes a home and returns the files written: those that are not there yet. Never overwrites one.

    A second call on an untouched home writes nothing. Where a file differs from ours it stays, the others are
    written, and a ConfigError says so.
    """
    written: list[Path] = []
    kept: list[str] = []
    try:
        (target / DIGESTS).mkdir(parents=True, exist_ok=True)
        for name in FILES:
            ours = packaged(name).read_bytes()
            try:
                with (target / name).open("xb") as file:
                    file.write(ours)
                written.append(target / name)
            except FileExistsError:
                if not (target / name).is_file() or (target / name).read_bytes() != ours:
                    kept.append(name)
    except OSError as error:
        raise ConfigError(f"{error.filename or target}: cannot be written: {error.strerror}") from None
    if kept:
        also = f"; written: {', '.join(path.name for path in written)}" if written else ""
        raise ConfigError(f"{target}: {' and '.join(kept)} exists already and stays as it is{also}")
    return tuple(written)


def packaged(name: str) -> Traversable:
    """A file or folder that the package carries: from the wheel, or from the checkout of an editable install.

    Raises ConfigError where neither has it: the installation is damaged.
    """
    package = files("tracker")
    for place in (package / "_data" / name, Path(str(package)).parent / name):
        if place.is_file() or place.is_dir():
            return place
    raise ConfigError(f"the installed package lacks {name}: install tracker again")
