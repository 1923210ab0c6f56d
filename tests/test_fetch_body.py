"""Bodies: unpacked in small pieces, never more than allowed, never half."""

from __future__ import annotations

import gzip
import random
import zlib

import pytest

from tracker.fetch.body import BodyError, read, read_start

WORDS = "Förderung für Städtepartnerschaften. ".encode() * 9000
BARE = zlib.compressobj(wbits=-15)
PACKED = {
    "": WORDS,
    "identity": WORDS,
    "gzip": gzip.compress(WORDS),
    "x-gzip": gzip.compress(WORDS),
    "GZIP": gzip.compress(WORDS),
    "deflate": zlib.compress(WORDS),
}


def pieces(body: bytes, size: int) -> list[bytes]:
    return [body[start : start + size] for start in range(0, len(body), size)]


@pytest.mark.parametrize("size", [1, 7, 1000, 10**7])
@pytest.mark.parametrize("encoding", PACKED)
def test_a_body_is_the_same_however_it_was_packed_and_cut(encoding, size):
    if size < len(PACKED[encoding]) // 50_000:
        size = 1000
    assert read(pieces(PACKED[encoding], size), encoding, len(WORDS)) == WORDS


def test_deflate_without_its_header_is_read_too():
    packed = BARE.compress(WORDS) + BARE.flush()
    assert read(pieces(packed, 100), "deflate", len(WORDS)) == WORDS


def test_gzip_in_several_members_is_one_body_and_padding_behind_it_is_none():
    packed = gzip.compress(b"eins ") + gzip.compress(b"zwei") + b"\0\0\0"
    for size in (1, 5, 1000):
        assert read(pieces(packed, size), "gzip", 100) == b"eins zwei"


def test_random_bytes_survive():
    noise = random.Random(7).randbytes(300_000)
    assert read(pieces(gzip.compress(noise), 4096), "gzip", 301_000) == noise


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_packed_body_without_its_end_was_cut_off(encoding):
    for missing in (1, 4, 200):
        with pytest.raises(BodyError, match="cut off") as caught:
            read(pieces(PACKED[encoding][:-missing], 1000), encoding, 10**7)
        assert caught.value.again


def test_a_packed_body_with_a_wrong_checksum_is_not_believed():
    packed = bytearray(gzip.compress(WORDS))
    packed[-6] ^= 0xFF
    with pytest.raises(BodyError, match="cannot be unpacked"):
        read([bytes(packed)], "gzip", 10**7)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_page_that_only_claims_to_be_packed_is_not_believed(encoding):
    with pytest.raises(BodyError, match="cannot be unpacked"):
        read([b"<html>Wartungsarbeiten</html>"], encoding, 1000)


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress"])
def test_a_packing_that_we_did_not_ask_for_is_named(encoding):
    with pytest.raises(BodyError, match=encoding) as caught:
        read([b"x"], encoding, 1000)
    assert not caught.value.again


@pytest.mark.parametrize("encoding", ["", "gzip", "deflate"])
def test_no_body_at_all_is_an_empty_body(encoding):
    assert read([], encoding, 10) == b""


@pytest.mark.parametrize("encoding", PACKED)
def test_the_limit_holds_to_the_byte(encoding):
    assert len(read([PACKED[encoding]], encoding, len(WORDS))) == len(WORDS)
    with pytest.raises(BodyError, match="larger"):
        read([PACKED[encoding]], encoding, len(WORDS) - 1)


def test_packed_bytes_are_limited_before_they_are_unpacked():
    noise = random.Random(7).randbytes(5000)
    with pytest.raises(BodyError, match="larger"):
        read(pieces(gzip.compress(noise), 100), "gzip", 4000)


def test_of_an_endless_body_the_start_can_be_had():
    def endless():
        while True:
            yield b"x" * 1000

    assert read_start(endless(), "", 2500) == b"x" * 2500
