"""One request at a time per host, and a polite pause between the end of one and the start of the next."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Place = tuple[str, int]


class _Host:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.ended = -math.inf
        self.blocked_until = -math.inf


class Turn:
    """One host's turn. `unheard` says that nobody was there: then there is nobody to be polite to."""

    def __init__(self) -> None:
        self.reached = True

    def unheard(self) -> None:
        """No connection came about; the pause is not due."""
        self.reached = False


class Turns:
    """Hands out turns. All times are seconds of `monotonic`, never of the calendar: `--now` shortens no pause."""

    def __init__(self, sleep: Callable[[float], object], monotonic: Callable[[], float]) -> None:
        self._sleep = sleep
        self._monotonic = monotonic
        self._hosts: dict[Place, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, place: Place, pause: float) -> Iterator[Turn]:
        """Waits until `place` may be asked again; nobody else asks it meanwhile."""
        host = self._host(place)
        with host.lock:
            wait = max(host.ended + pause, host.blocked_until) - self._monotonic()
            if wait > 0:
                self._sleep(wait)
            turn = Turn()
            try:
                yield turn
            finally:
                if turn.reached:
                    host.ended = self._monotonic()

    def block(self, place: Place, seconds: float) -> None:
        """Nobody asks `place` within the next `seconds`: it is overloaded, and other sources may live there too."""
        host = self._host(place)
        host.blocked_until = max(host.blocked_until, self._monotonic() + seconds)

    def _host(self, place: Place) -> _Host:
        with self._lock:
            return self._hosts.setdefault(place, _Host())
