"""Which rules the team's reasons suggest, which calls a rule would hide, and how it is told in German. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from tracker.match.lessons.keys import keys_of
from tracker.match.lessons.labels import ONLY, calls_of
from tracker.match.lessons.meaning import AGAINST, Tagged, is_relevant
from tracker.model import Call, Match, Verdict

ENOUGH = 3  # tags with one kind of reason before a rule is proposed
RARE = 3  # a proposed rule meets at most one call that the team wants for so many that it refused
MOST = 20  # proposals that are shown
PLAIN = ("programme", "area", "funder", "source", "division", "applicants", "action", "topic", "word")
# Which keys a reason may make a rule of. A topic alone is never one: it is what the city looks for.
KINDS = {
    "not-eligible": ("programme", "funder", "action", "only"),
    "off-topic": ("programme", "division", "funder", "word"),
    "wrong-partner": ("area", "programme", "funder"),
    "other": ("programme", "funder"),
}
PAIRS = {
    "not-eligible": (("source", "only"),),
    "off-topic": (("programme", "topic"), ("source", "topic")),
    "wrong-partner": (),
    "other": (),
}


@dataclass(frozen=True, slots=True)
class HidingRule:
    """Calls that have all of these keys are hidden. Its id follows from the keys, so it is the same every week."""

    keys: tuple[str, ...]

    @property
    def id(self) -> str:
        """Eight letters that name the rule on the command line."""
        return hashlib.sha256("\n".join(sorted(self.keys)).encode()).hexdigest()[:8]

    def words(self, labels: Mapping[str, str]) -> str:
        """The rule in German: "Aufrufe des Programms CEF", "Aufrufe der Quelle X, nur für Unternehmen"."""
        return "Aufrufe " + ", ".join(calls_of(key, labels) for key in self.keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A stored call as rules see it: its id, its keys, what we say of it, whether the team wants it.

    What the team has tagged bears no verdict of ours: its own word stands above it, and no rule changes that.
    """

    id: str
    keys: frozenset[str]
    verdict: Verdict
    wanted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a rule does: the calls it meets, those of them that the team wants, those that we would have shown.

    What the team wants stays visible whatever the rules say.
    """

    rule: HidingRule
    calls: tuple[str, ...]
    wanted: tuple[str, ...]
    shown: tuple[str, ...]

    def words(self) -> str:
        """As in "blendet 36 Aufrufe aus, davon 1 als relevant markiert"."""
        count = "1 Aufruf" if len(self.calls) == 1 else f"{len(self.calls)} Aufrufe"
        marked = f"{len(self.wanted) or 'keiner'} als relevant markiert"
        shown = f"; {len(self.shown)} bisher „für uns“ oder „weitergeben“" if self.shown else ""
        return f"blendet {count} aus, davon {marked}{shown}"


def known(name: str, call: Call, match: Match, tag: str = "") -> Known:
    """A call as rules see it, by the id that readers know, with the team's newest tag on it."""
    wanted = bool(tag) and is_relevant(Tagged(call=call, match=match, tag=tag))
    return Known(id=name, keys=flat(call, match), verdict=Verdict.NONE if tag else match.verdict, wanted=wanted)


def flat(call: Call, match: Match) -> frozenset[str]:
    """All keys of a call."""
    return frozenset(key for keys in keys_of(call, match).values() for key in keys)


def meets(rule: HidingRule, keys: frozenset[str]) -> bool:
    """Whether a call of these keys falls under a rule."""
    return all(key in keys for key in rule.keys)


def preview(rule: HidingRule, calls: Iterable[Known]) -> Preview:
    """What a rule would do to all stored calls."""
    met = [call for call in calls if meets(rule, call.keys)]
    return Preview(
        rule=rule,
        calls=tuple(call.id for call in met),
        wanted=tuple(call.id for call in met if call.wanted),
        shown=tuple(call.id for call in met if call.verdict in (Verdict.FOR_US, Verdict.PASS_ON) and not call.wanted),
    )


def proposed(tagged: Iterable[Tagged], calls: Iterable[Known]) -> list[Preview]:
    """Rules that at least three refusals with one kind of reason suggest, with what each would do.

    Of rules that the same refusals suggest, the one that hides fewest calls; the best founded first.
    """
    ordered = sorted(tagged, key=lambda one: one.call.id)
    wanted = [flat(one.call, one.match) for one in ordered if is_relevant(one)]
    everything = list(calls)
    narrowest: dict[frozenset[str], Preview] = {}
    for rule, refused in _candidates(ordered).items():
        unwanted = sum(1 for keys in wanted if meets(rule, keys)) * RARE > len(refused)
        if len(refused) < ENOUGH or unwanted:
            continue
        seen = preview(rule, everything)
        held = narrowest.get(refused)
        if held is None or _width(seen) < _width(held):
            narrowest[refused] = seen
    best = sorted(narrowest.items(), key=lambda found: (-len(found[0]), _width(found[1])))
    return [seen for _, seen in best[:MOST]]


def _width(seen: Preview) -> tuple[int, int, int, int, tuple[str, ...]]:
    """Fewest calls first; then the plainest rule, and of two steps of one programme the narrower."""
    keys = seen.rule.keys
    kind = PLAIN.index(keys[0].partition(":")[0])
    return (len(seen.calls), len(keys), kind, -len(keys[0]), keys)


def _candidates(tagged: Iterable[Tagged]) -> dict[HidingRule, frozenset[str]]:
    """Rule → the refused calls behind it, which all bear one kind of reason."""
    found: dict[tuple[HidingRule, str], set[str]] = {}
    for one in tagged:
        if one.tag != AGAINST or one.reason not in KINDS:
            continue
        for rule in _rules_of(one):
            found.setdefault((rule, one.reason), set()).add(one.call.id)
    widest: dict[HidingRule, frozenset[str]] = {}
    for (rule, _), calls in sorted(found.items(), key=lambda item: (len(item[1]), item[0][1])):
        widest[rule] = frozenset(calls)
    return widest


def _rules_of(one: Tagged) -> list[HidingRule]:
    """All the rules that one refusal could stand for."""
    keys = dict(keys_of(one.call, one.match))
    keys["only"] = tuple(key for key in keys.get("applicants", ()) if key.startswith(f"applicants:{ONLY}"))
    single = [(key,) for kind in KINDS[one.reason] for key in keys.get(kind, ())]
    pairs = [pair for kinds in PAIRS[one.reason] for pair in product(*(keys.get(kind, ()) for kind in kinds))]
    return [HidingRule(tuple(of_rule)) for of_rule in (*single, *pairs)]
