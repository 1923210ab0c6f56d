"""Where the files of one home are, and what its configuration says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from tracker.config import load_profile, load_sources
from tracker.connectors import KNOWN
from tracker.errors import LockedError, StoreError
from tracker.model import BY_HAND, Profile, Source
from tracker.store import Store, open_store


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A folder with sources.yaml and profile.yaml, and what tracker keeps beside them."""

    path: Path
    sources: tuple[Source, ...]
    profile: Profile

    @property
    def order(self) -> tuple[str, ...]:
        """The ids of the sources as they stand in sources.yaml."""
        return tuple(source.id for source in self.sources)

    @property
    def names(self) -> Mapping[str, str]:
        """What readers call each source."""
        return {source.id: source.name or source.id for source in (*self.sources, BY_HAND)}

    @property
    def enabled(self) -> tuple[Source, ...]:
        """The sources that are read."""
        return tuple(source for source in self.sources if source.enabled)

    @property
    def archive(self) -> Path:
        """What the sources answered."""
        return self.path / "archive"

    @property
    def digests(self) -> Path:
        """The weeks as told."""
        return self.path / "digests"

    def store(self) -> Store:
        """The database; the caller closes it."""
        return open_store(self.path / "tracker.db")

    @contextmanager
    def lock(self) -> Iterator[None]:
        """One run at a time. Raises LockedError at once where another holds it; a killed run leaves no lock behind.

        Raises StoreError where the home cannot be written.
        """
        lock = FileLock(self.path / "tracker.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise LockedError(
                f"another run of tracker is at work in {self.path}; try again when it has ended"
            ) from None
        except OSError as error:
            raise StoreError(f"{lock.lock_file} cannot be written: {error.strerror or error}") from error
        try:
            yield
        finally:
            lock.release()


def open_home(path: Path) -> Home:
    """Read the configuration. Raises ConfigError with all its mistakes."""
    return Home(
        path=path, sources=load_sources(path / "sources.yaml", KNOWN), profile=load_profile(path / "profile.yaml")
    )
