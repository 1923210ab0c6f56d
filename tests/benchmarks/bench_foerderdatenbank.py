"""How long the Förderdatenbank's export takes, against unzipping and parsing all of it. Asserts correctness only."""

from __future__ import annotations

import time
import tracemalloc
import zipfile
from io import BytesIO
from statistics import median

import pytest
from lxml import etree

from tests import fdb_export
from tracker.model import Announced, RawCall

pytestmark = pytest.mark.benchmark
ROUNDS = 5


@pytest.fixture(scope="module")
def export():
    return fdb_export.full(2_500, 10_000)


def unzip_and_parse(body):
    """The yardstick: every member unzipped and read by lxml with recover."""
    count = 0
    with zipfile.ZipFile(BytesIO(body)) as archive:
        for info in archive.infolist():
            etree.fromstring(archive.read(info), etree.XMLParser(recover=True))
            count += 1
    return count


def seconds(function, *values):
    begin = time.perf_counter()
    result = function(*values)
    return time.perf_counter() - begin, result


@pytest.mark.parametrize("options", [fdb_export.MUNICIPAL, {}], ids=["filter of a Kommune", "no filter"])
def test_an_export_of_2500_programmes_against_unzip_and_parse(export, options, capsys):
    yardstick, ours = [], []
    for _ in range(ROUNDS):
        took, count = seconds(unzip_and_parse, export)
        yardstick.append(took)
        assert count == 10_000
        took, found = seconds(lambda: fdb_export.parse(export, **options))
        ours.append(took)
    calls = [each for each in found if isinstance(each, RawCall)]
    with capsys.disabled():
        print(
            f"\nfoerderdatenbank: {len(export) / 1e6:.1f} MB ZIP, {len(calls)} calls: {median(ours):.2f} s, "
            f"unzip + lxml {median(yardstick):.2f} s, ratio {median(ours) / median(yardstick):.2f} (aim: 2.5)"
        )
    assert found[0] == Announced(len(calls))
    assert len({call.external_id for call in calls}) == len(calls)
    assert len(calls) == 2_500 if not options else 200 < len(calls) < 2_000
    assert all(call.title and call.funder for call in calls)


def test_how_much_memory_an_export_takes(export, capsys):
    tracemalloc.start()
    found = fdb_export.parse(export)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    with capsys.disabled():
        print(f"\nfoerderdatenbank: peak of Python objects {peak / 1e6:.0f} MB beside the ZIP (aim: 300 with it)")
    assert len([each for each in found if isinstance(each, RawCall)]) == 2_500
