"""Words of a text and the keys under which they are known: folded, stemmed, taken apart. Pure.

A word has several keys, because portals write the same word with and without its accents. The stem of a Czech word
needs its accents, the comparison must not: so we stem first and fold afterwards, and the other way round as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import Stemmer

SNOWBALL = {"de": "german", "en": "english", "fr": "french", "it": "italian", "cs": "czech"}
LANGUAGES = (*SNOWBALL, "uk")

# Function words that stand in one of our languages only: what a text is written in, whatever its portal says.
# Some rows that the EU portal calls English are French or Spanish (EuropeAid/186358/DD/ACT/Multi, 2026).
TELLING = {
    "de": "der die das und für von mit zur zum werden sind eine oder auf ist den dem bei durch sowie nicht",
    "en": "the and of for with that this will from are which their should shall its be",
    "fr": "les et pour une dans sur aux est par vos votre leurs avec ou ce cette du",
    "it": "della delle dei degli che nella gli di sono alla dal nel con",
    "cs": "pro na které nebo jsou podpora jako při ve od který také být",
}
LANGUAGE_OF = {word: code for code, words in TELLING.items() for word in words.split()}

# A question mark inside a word is a letter that its source could not write ("Nový Ji?ín", Förderdatenbank export).
TOKEN = re.compile(r"[^\W\d_]+(?:['?\ufffd][^\W\d_]+)*|[.;:!?•\n]", re.UNICODE)
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
DAMAGE = re.compile(r"[?\ufffd]")
ELISION = re.compile(r"^(?:l|d|qu|dell|all|nell|sull|un)'(?=..)", re.IGNORECASE)
LINKS = ("", "s", "n", "es", "en", "er", "e")
SENTENCE = 3  # how far apart the end of a sentence puts two words: no phrase reaches across


@dataclass(frozen=True, slots=True)
class Word:
    """A word in lower case, its place counted in words, and where it stands in the text."""

    text: str
    place: int
    start: int
    end: int


def words_of(text: str) -> Iterator[Word]:
    """The words of a text in order. The end of a sentence moves the following places further away."""
    place = 0
    for found in TOKEN.finditer(text):
        piece = found.group()
        if not piece[0].isalpha():
            place += SENTENCE
            continue
        yield Word(piece.lower().replace("’", "'"), place, found.start(), found.end())
        place += 1


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Lower case without accents: "Jičín" is "jicin", "Straße" is "strasse"."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@cache
def stemmer(language: str) -> Stemmer.Stemmer:
    """The Snowball stemmer of a language; one for the life of the process, as its own cache is worth keeping."""
    return Stemmer.Stemmer(SNOWBALL[language])


def keys(word: str, language: str) -> frozenset[str]:
    """All the keys of a word in one language. Two words are forms of one another where they share a key."""
    if CYRILLIC.search(word):
        return frozenset({lemma(word)}) if language == "uk" else frozenset()
    if language not in SNOWBALL:
        return frozenset()
    bare = ELISION.sub("", word) if language in {"fr", "it"} else word
    stem = stemmer(language).stemWord
    return frozenset({fold(stem(bare)), stem(fold(bare))})


@lru_cache(maxsize=20_000)
def lemma(word: str) -> str:
    """The dictionary form of a Ukrainian word. The dictionary is loaded at the first Cyrillic word, not before."""
    import simplemma  # half a second and 20 MB that most weeks never need

    return str(simplemma.lemmatize(word, lang="uk")).lower()


def languages_of(words: list[Word], stated: str | None) -> tuple[str, ...]:
    """In which of our languages to read a text: the one stated, English (EU words stand everywhere), those found.

    Nothing stated and nothing telling (a bare title): all of them.
    """
    counts: dict[str, int] = {}
    for word in words[:300]:
        code = "uk" if CYRILLIC.match(word.text) else LANGUAGE_OF.get(word.text)
        if code:
            counts[code] = counts.get(code, 0) + 1
    enough = max(2, min(len(words), 300) // 20)
    found = {code for code, count in counts.items() if count >= enough or code == "uk"}
    if stated in LANGUAGES:
        found.add(stated)
    return tuple(sorted(found | {"en"})) if found else LANGUAGES
