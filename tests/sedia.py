"""The recorded weeks of the EU portal behind a server in this process; they are no part of the project."""

from __future__ import annotations

import gzip
import importlib.util
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType

import pytest

from tests.loopback import address_of, on_loopback
from tests.shared import PORTALS, RECORDED

SERVER, DAYS = PORTALS / "sedia_server.py", RECORDED / "eu" / "sedia-days.json.gz"
needs_sedia = pytest.mark.skipif(
    not (SERVER.is_file() and DAYS.is_file()),
    reason=f"the recorded weeks of the EU portal are not at {DAYS} with {SERVER} (set TRACKER_SHARED)",
)


@dataclass(frozen=True, slots=True)
class Sedia:
    """The portal as it was on `days`; `show` turns to one of them, with or without a fault."""

    address: str
    days: tuple[str, ...]
    module: ModuleType

    def show(self, day: str, fault: str = "none", **state: object) -> None:
        assert fault in self.module.FAULTS and day in self.days
        self.module.STATE.update(date=day, fault=fault, searches=0, **state)

    @property
    def requests(self) -> int:
        return int(self.module.STATE["requests"])


@contextmanager
def sedia() -> Iterator[Sedia]:
    """Serves on a free port of 127.0.0.1 until the block ends."""
    spec = importlib.util.spec_from_file_location("sedia_server", SERVER)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.DATA.update(json.loads(gzip.decompress(DAYS.read_bytes())))
    for row in module.DATA["rows"]:
        row["metadata"].setdefault("programmePeriod", ["2021 - 2027"])

    class AtOnce(module.Handler):
        disable_nagle_algorithm = True  # 56 days of small answers: no waiting for acknowledgements

    with on_loopback(AtOnce) as server:
        yield Sedia(address_of(server), tuple(sorted(module.DATA["days"])), module)
