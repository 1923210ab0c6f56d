"""Loads the gettext catalogues: English sentences stand in the source, `locale/<language>.po` holds the rest."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tracker.errors import ConfigError

LOCALE = Path(__file__).resolve().parents[1] / "locale"
SOURCE_LANGUAGE = "en"


@cache
def languages() -> tuple[str, ...]:
    """The languages in which a digest can be written, ISO 639-1."""
    return (SOURCE_LANGUAGE, *sorted(path.stem for path in LOCALE.glob("*.po")))


@cache
def catalog(language: str) -> NullTranslations:
    """The sentences of `language`. One without a catalogue raises ConfigError."""
    if language not in languages():
        raise ConfigError(f"no catalogue for the language {language!r}; there are: {', '.join(languages())}")
    if language == SOURCE_LANGUAGE:
        return NullTranslations()
    # Compiled in memory: a .mo file in the repository would be a second truth that somebody forgets to build.
    compiled = BytesIO()
    with (LOCALE / f"{language}.po").open("rb") as text:
        write_mo(compiled, read_po(text, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
