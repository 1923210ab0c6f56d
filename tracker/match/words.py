"""Words of a text and the keys under which they are known: folded, stemmed, taken apart. Pure.

A word has several keys, because portals write the same word with and without its accents. The stem of a Czech word
needs its accents, the comparison must not: so we stem first and fold afterwards, and the other way round as well.
"""

from __future__ import annotations

import re
import unicodedata
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
TOKEN = re.compile(r"[^\W\d_][^\W_]*(?:['?\ufffd][^\W\d_]+)*|[.;:!?•\n]", re.UNICODE)
# Projects are named like "NetZeroCities": the seams are where a capital follows three small letters.
SEAM = re.compile(r"(?<=[a-zäöüéè]{3})(?=[A-ZÄÖÜ][a-zäöüéè]{2})")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
DAMAGE = re.compile(r"[?\ufffd]")
ELISION = re.compile(r"^(?:l|d|qu|dell|all|nell|sull|un)'(?=..)", re.IGNORECASE)
JOINT = "\u2060"
LINKS = ("", "s", "n", "es", "en", "er", "e")


def words_of(text: str) -> list[str]:
    """The words of a text in order, as written, with the marks that end a sentence between them."""
    return TOKEN.findall(text)


def spans_of(text: str) -> list[tuple[int, int]]:
    """Where each of `words_of` stands in the text."""
    return [token.span() for token in TOKEN.finditer(text)]


def part_names(title: str) -> str:
    """A title with an invisible seam inside names like "NetZeroCities", so that their words are found."""
    return SEAM.sub(JOINT, title)


def is_mark(word: str) -> bool:
    """Whether this is the end of a sentence."""
    return len(word) == 1 and not word.isalpha()


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


def bare(word: str, language: str) -> str:
    """A word without the article that French and Italian write onto it: "l'emploi" is "emploi"."""
    return ELISION.sub("", word) if language in {"fr", "it"} else word


def keys(word: str, language: str) -> frozenset[str]:
    """All the keys of a word in one language. Two words are forms of one another where they share a key."""
    if CYRILLIC.search(word):
        return frozenset({lemma(word)}) if language == "uk" else frozenset()
    if language not in SNOWBALL:
        return frozenset()
    plain = bare(word, language)
    stem = stemmer(language).stemWord
    found = {fold(stem(plain)), stem(fold(plain))}
    if language == "fr" and len(plain) > 4:  # Snowball leaves "vélos" as it is
        found.add(stem(fold(plain).rstrip("sx")))
    return frozenset(found)


@lru_cache(maxsize=20_000)
def lemma(word: str) -> str:
    """The dictionary form of a Ukrainian word. The dictionary is loaded at the first Cyrillic word, not before."""
    import simplemma  # half a second and 20 MB that most weeks never need

    return str(simplemma.lemmatize(word, lang="uk")).lower()


def languages_of(words: list[str], stated: str | None) -> tuple[str, ...]:
    """In which of our languages to read a text: the one stated, English (EU words stand everywhere), those found.

    Nothing stated and nothing telling (a bare title): all of them.
    """
    counts: dict[str, int] = {}
    for word in words[:300]:
        code = "uk" if CYRILLIC.match(word) else LANGUAGE_OF.get(word)
        if code:
            counts[code] = counts.get(code, 0) + 1
    enough = max(2, min(len(words), 300) // 20)
    found = {code for code, count in counts.items() if count >= enough or code == "uk"}
    if stated in LANGUAGES:
        found.add(stated)
    return tuple(sorted(found | {"en"})) if found else LANGUAGES
