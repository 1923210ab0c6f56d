"""Words of a text and the keys under which they are known: folded, stemmed, taken apart. Pure.

A word has several keys, because portals write the same word with and without its accents. The stem of a Czech word
needs its accents, the comparison must not: so we stem first and fold afterwards, and the other way round as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from functools import cache, lru_cache
from itertools import accumulate

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
# (A run of ASCII letters is read fastest: the class that covers it may be left out.)
PIECES = re.compile(r"([^\W\d_][a-zA-Z0-9]*+[^\W_]*+(?:['?\ufffd][^\W\d_]++)*+|[.;:!?•\n])")
# Projects are named like "NetZeroCities": the seams are where a capital follows three small letters.
SEAM = re.compile(r"(?<=[a-zäöüéè]{3})(?=[A-ZÄÖÜ][a-zäöüéè]{2})")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
DAMAGE = re.compile(r"[?\ufffd]")
ELISION = re.compile(r"^(?:l|d|qu|dell|all|nell|sull|un)'(?=..)", re.IGNORECASE)
JOINT = "\u2060"
ENOUGH = 300


def pieces_of(text: str) -> list[str]:
    """The text cut up without loss: what stands between two words at even places, the words at odd ones.

    Words are as written, in order; the marks that end a sentence stand among them.
    """
    return PIECES.split(text)


def ends_of(pieces: list[str]) -> list[int]:
    """Where each piece ends in the text: word number n stands from [2 * n] to [2 * n + 1]."""
    return list(accumulate(map(len, pieces)))


def part_names(title: str) -> str:
    """A title with an invisible seam inside names like "NetZeroCities", so that their words are found."""
    return SEAM.sub(JOINT, title)


def is_mark(word: str) -> bool:
    """Whether this is the end of a sentence."""
    return len(word) == 1 and not word.isalpha()


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """Lower case without accents: "Jičín" is "jicin", "Straße" is "strasse"."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@cache
def stemming(language: str) -> Callable[[str], str]:
    """What stems a word of one language. It remembers nothing: who asks twice remembers the answer."""
    stem: Callable[[str], str] = Stemmer.Stemmer(SNOWBALL[language], 0).stemWord
    return stem


def bare(word: str, language: str) -> str:
    """A word without the article that French and Italian write onto it: "l'emploi" is "emploi"."""
    return ELISION.sub("", word) if "'" in word and language in {"fr", "it"} else word


def keys(word: str, language: str) -> Collection[str]:
    """All the keys of a word in small letters in one language. Words that share a key are forms of one another."""
    if not word.isascii() and CYRILLIC.search(word):
        return (lemma(word),) if language == "uk" else ()
    if language not in SNOWBALL:
        return ()
    stem = stemming(language)
    written = bare(word, language)
    plain = fold(written)
    found = {stem(plain)}
    if plain != written:
        found.add(fold(stem(written)))
    if language == "fr" and len(written) > 4 and plain.endswith(("s", "x")):  # Snowball leaves "vélos" as it is
        found.add(stem(plain.rstrip("sx")))
    return found


@lru_cache(maxsize=20_000)
def lemma(word: str) -> str:
    """The dictionary form of a Ukrainian word. The dictionary is loaded at the first Cyrillic word, not before."""
    import simplemma  # half a second and 20 MB that most weeks never need

    return str(simplemma.lemmatize(word, lang="uk")).lower()


def languages_of(words: list[str], stated: str | None) -> tuple[str, ...]:
    """In which of our languages to read a text: the one stated, English (EU words stand everywhere), those found.

    The first 300 words tell. Nothing stated and nothing telling (a bare title): all of them.
    """
    words = words[:ENOUGH]
    told = list(filter(None, map(LANGUAGE_OF.get, words)))
    found = {code for code in TELLING if told.count(code) >= max(2, len(words) // 20)}
    letters = "".join(words)
    if not letters.isascii() and CYRILLIC.search(letters) and any(CYRILLIC.match(word) for word in words):
        found.add("uk")
    if stated in LANGUAGES:
        found.add(stated)
    return tuple(sorted(found | {"en"})) if found else LANGUAGES
