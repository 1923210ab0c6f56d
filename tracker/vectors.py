"""Vectors of the stored calls and the profile's topics: made bit by bit, each text once, and looked up when judging.

`fill` is the only step that embeds. Judging reads what is stored: without vectors a match is as without the extra.
A call that got its vector loses its matches, and so is judged anew.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from tracker.embedding import Absent, Embedder, floats
from tracker.match.meaning import Meaning, odds, passage_of, prepare_meaning, queries_of, shipped
from tracker.model import Call, Profile
from tracker.store import Store

BUDGET = (
    120.0  # seconds of one run: some 1,000 calls on two cores; a first stock of 5,000 takes a morning of hourly runs
)
BATCH = 16  # texts between two looks at the clock, and what a crash may lose
QUERY, PASSAGE = "query", "passage"


@dataclass(frozen=True, slots=True)
class Filled:
    """How many texts got a vector, how many still wait."""

    made: int
    waiting: int


def fill(
    store: Store,
    profile: Profile,
    opened: Callable[[], Embedder | Absent],
    *,
    seconds: float = BUDGET,
    monotonic: Callable[[], float] = time.monotonic,
) -> Filled | Absent:
    """Embed what has no vector yet until the seconds are over: topics first, then calls still listed, newest first.

    `opened` is asked only where a text waits. An engine that fails says so and leaves what was stored before.
    """
    model = shipped().model
    calls = sorted(store.crawl.calls(), key=lambda stored: (stored.gone is not None, -stored.no))
    texts = {name_of(text, query=True): text for topic in profile.topics for text in queries_of(topic)}
    numbers: dict[str, list[int]] = {}
    for stored in calls:
        text = passage_of(stored.call)
        texts[name := name_of(text)] = text
        numbers.setdefault(name, []).append(stored.no)
    store.vectors.keep(model, texts)
    missing = [name for name in texts if name not in store.vectors.names(model)]
    if not missing:
        return Filled(0, 0)
    embedder = opened()
    if isinstance(embedder, Absent):
        return embedder
    ends, made = monotonic() + seconds, 0
    while made < len(missing) and monotonic() < ends:
        batch = missing[made : made + BATCH]
        try:
            vectors = embed(embedder, {name: texts[name] for name in batch})
        except (RuntimeError, OSError, ValueError, MemoryError) as error:
            return Absent(f"the embedding engine failed: {error}", installed=True)
        with store.atomic():
            store.vectors.save(model, vectors)
            store.telling.forget_matches(number for name in batch for number in numbers.get(name, ()))
        made += len(batch)
    return Filled(made, len(missing) - made)


def embed(embedder: Embedder, texts: Mapping[str, str]) -> dict[str, bytes]:
    """The vectors of some texts by their names."""
    found: dict[str, bytes] = {}
    for ask, role in ((embedder.queries, QUERY), (embedder.passages, PASSAGE)):
        names = [name for name in texts if name.startswith(role)]
        if names:
            found |= zip(names, ask([texts[name] for name in names]), strict=True)
    return found


def name_of(text: str, *, query: bool = False) -> str:
    """A text's name in the store; the same words looked for and found are two texts to the model."""
    return f"{QUERY if query else PASSAGE}:{hashlib.sha256(text.encode()).hexdigest()[:32]}"


@dataclass(frozen=True, slots=True)
class Understanding:
    """What is stored of the meaning of calls, for one profile. Vectors are fetched one by one: 100,000 are 77 MB."""

    meaning: Meaning
    mark: str
    vector: Callable[[str], bytes | None]

    def added(self, call: Call) -> dict[str, float]:
        """What the meaning of this call adds to the log-odds of each topic; {} where it has no vector yet."""
        blob = self.vector(name_of(passage_of(call)))
        return odds(self.meaning, floats(blob)) if blob else {}


def live(profile: Profile, embedder: Embedder) -> Callable[[Call], dict[str, float]]:
    """What the meaning of any call adds, without a store: a vector is made for each call asked about (0.1 s)."""
    texts = list(dict.fromkeys(text for topic in profile.topics for text in queries_of(topic)))
    meaning = prepare_meaning(profile, dict(zip(texts, map(floats, embedder.queries(texts)), strict=True)))
    return lambda call: odds(meaning, floats(embedder.passages([passage_of(call)])[0]))


def understanding(store: Store, profile: Profile) -> Understanding | None:
    """What the stored vectors say for this profile; None where there are none, or not yet of all its topics."""
    numbers = shipped()
    if not store.vectors.any(numbers.model):
        return None
    vector = partial(store.vectors.get, numbers.model)
    texts = {text for topic in profile.topics for text in queries_of(topic)}
    known = {text: floats(blob) for text in texts if (blob := vector(name_of(text, query=True)))}
    if len(known) < len(texts):
        return None
    return Understanding(prepare_meaning(profile, known), numbers.mark, vector)
