"""Calls of one length for measuring speed: the labelled ones where they are at hand, written ones where not."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice

from tests.shared import SHARED
from tracker.labelled import labels_of, read
from tracker.model import Call, Profile

LABELLED = SHARED / "bench" / "calls.jsonl"
LETTERS = 1_400
FILLING = {
    "de": "Gefördert werden Vorhaben der Kommunen und ihrer Partner. Anträge nimmt die Stelle laufend an. Das Vorhaben"
    " muss im Gebiet der Gemeinde liegen, die Ausgaben sind mit Belegen nachzuweisen. Maßnahmen vor der Bewilligung",
    "en": "The action supports local authorities and their partners. Proposals should explain how the results will be"
    " used after the project ends. Applicants must have the means to carry out the work. Activities may include",
    "fr": "Le dispositif accompagne les communes et leurs partenaires. Les dossiers sont déposés toute l'année. Les"
    " dépenses doivent être justifiées et le projet se dérouler sur le territoire. Les actions retenues portent sur",
}


def the_calls(profile: Profile) -> list[tuple[Call, frozenset[str]]]:
    """Calls of 1,400 letters with the topics that a person, or our own pen, gave them."""
    pairs = list(labelled() if LABELLED.is_file() else islice(written(profile), 1_000))
    texts = {code: cycle([text, *(c.description for c, _ in pairs if c.language == code and c.description)])
             for code, text in FILLING.items()}  # fmt: skip
    return [(padded(call, texts.get(call.language or "", texts["en"])), topics) for call, topics in pairs]


def padded(call: Call, texts: Iterator[str]) -> Call:
    """The call with its text cut, or filled up with the texts of others in its language."""
    text = call.description
    while len(text) < LETTERS:
        text = f"{text} {next(texts)}".strip()
    return replace(call, description=text[:LETTERS])


def labelled() -> Iterator[tuple[Call, frozenset[str]]]:
    """What people labelled, read as `tracker match` reads it."""
    for words in LABELLED.read_text(encoding="utf-8").splitlines():
        line = read(words)
        yield line.call, frozenset(labels_of(line).topics)


def line_of(call: Call) -> str:
    """A call as a line of JSON, as `tracker match` is given it."""
    said = {"id": f"{call.source_id}:{call.external_id}", "source": call.source_id, "text": call.description}
    for name in ("language", "title", "call_title", "programme", "action", "url"):
        said[name] = getattr(call, name)
    for name in ("divisions", "eligible"):
        said[name] = "; ".join(getattr(call, name))
    return json.dumps({"call": said}, ensure_ascii=False)


def many_cities(profile: Profile, count: int) -> list[Profile]:
    """The profile as other cities would have it: another home, some of the partner cities, the same vocabulary."""
    homes = [("Bergamo", "IT", "", "ITC46"), ("Montbéliard", "FR", "", "FRC21"), ("Kassel", "DE", "Hessen", "DE731"),
             ("Nový Jičín", "CZ", "", "CZ080"), ("Graz", "AT", "", "AT221")]  # fmt: skip
    cities = [replace(profile.city, name=name, country=country, state=state, nuts=nuts)
              for name, country, state, nuts in homes]  # fmt: skip
    partners = profile.partners
    return [profile] + [
        replace(profile, key=f"city-{n}", city=cities[n % len(cities)], partners=partners[n % len(partners) :])
        for n in range(1, count)
    ]


def written(profile: Profile) -> Iterator[tuple[Call, frozenset[str]]]:
    """Calls made of the profile's own terms and of sentences that say nothing. Always the same ones."""
    dice = random.Random(11)
    for number in range(10**6):
        language = dice.choice(list(FILLING))
        meant = dice.sample([topic for topic in profile.topics if topic.keywords.get(language)], dice.choice([0, 1, 2]))
        words = [dice.choice(topic.keywords[language]).strip("~=*") for topic in meant for _ in range(3)]
        plain = FILLING[language].split()
        text = " ".join(word for term in words for word in (*dice.sample(plain, 30), term))
        title = f"{dice.choice(plain)} {words[0] if words else dice.choice(plain)} {number}"
        call = Call(source_id="written", external_id=str(number), title=title, url="", language=language,
                    description=text)  # fmt: skip
        yield call, frozenset(topic.key for topic in meant)


def grown(profile: Profile, times: int) -> Profile:
    """The profile with that many times its terms: the new ones begin like the old ones and end in words of no text."""
    topics = tuple(
        replace(topic, keywords={code: tuple(more(terms, times)) for code, terms in topic.keywords.items()})
        for topic in profile.topics
    )
    return replace(profile, topics=topics)


def more(terms: tuple[str, ...], times: int) -> Iterator[str]:
    """The terms, and those with their last word spelt backwards."""
    yield from terms
    for number in range(1, times):
        for term in terms:
            *first, last = term.split()
            yield " ".join([*first, f"{last[:0:-1]}{'abcdefgh'[number]}"])
