"""What the team has taught, laid over the stored matches when they are read: lessons of its tags, rules it accepted.

The stored match stays what the shipped knowledge says, so a tag makes no call be judged again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tracker.digest_model import Hiding
from tracker.match.lessons import (
    HidingRule,
    Lessons,
    Preview,
    Tagged,
    adjusted,
    flat,
    known,
    learn,
    meets,
    preview,
    proposed,
    surfaces,
)
from tracker.model import Match, Profile, Verdict
from tracker.records import RuleWord, StoredCall
from tracker.store import Store

UNJUDGED = Match(topics=(), relevance=0.0, verdict=Verdict.NONE, cities=(), why=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """What people said so far. `tags`: the newest of each call, forgotten ones too; `teaching`: those that teach."""

    tags: Mapping[int, str]
    teaching: tuple[Tagged, ...]
    labels: Mapping[str, str]
    words: Mapping[str, RuleWord] = field(default_factory=dict)

    @property
    def accepted(self) -> list[HidingRule]:
        """The rules that hold."""
        return [HidingRule(word.keys) for word in self.words.values() if word.word == "accepted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """Matches by the number of the call, as the team wants them; `hidden`: number → the rule that hides it."""

    matches: Mapping[int, Match]
    hidden: Mapping[int, Hiding]


def listen(
    store: Store, profile: Profile, calls: Iterable[StoredCall], matches: Mapping[int, Match], names: Mapping[str, str]
) -> Team:
    """All that the team said that still counts. `names`: what readers call the sources."""
    forgotten = store.lessons.forgotten(profile.key)
    heard = {tag.call_no: tag for tag in store.people.tags(profile.key, after=forgotten.last_tag if forgotten else 0)}
    teaching = tuple(
        Tagged(
            call=stored.call,
            match=matches.get(stored.no, UNJUDGED),
            tag=heard[stored.no].key,
            reason=heard[stored.no].reason or "",
        )
        for stored in (calls if heard else ())
        if stored.no in heard
    )
    words = store.lessons.words(profile.key)
    return Team(
        tags={number: keys[-1] for number, keys in store.people.keys(profile.key).items()},
        teaching=teaching,
        labels=_labels(profile, names, teaching) if teaching or words else {},
        words=words,
    )


def _labels(profile: Profile, names: Mapping[str, str], teaching: Iterable[Tagged]) -> dict[str, str]:
    """What readers call the keys of topics, sources and words."""
    topics = {f"topic:{topic.key}": topic.label.get(profile.city.language) or topic.key for topic in profile.topics}
    sources = {f"source:{key}": name for key, name in names.items()}
    return {**topics, **sources, **surfaces(one.call for one in teaching)}


def lessons(team: Team, profile: Profile) -> Lessons:
    """What the team's tags teach."""
    return learn(team.teaching, profile.thresholds, team.labels)


def taught(team: Team, profile: Profile, calls: Sequence[StoredCall], matches: Mapping[int, Match]) -> Taught:
    """The matches as the team wants them. What the team has tagged keeps its match: there its own word counts."""
    rules = team.accepted
    if not team.teaching and not rules:
        return Taught(matches=matches, hidden={})
    learned = lessons(team, profile)
    found: dict[int, Match] = dict(matches)
    hidden: dict[int, Hiding] = {}
    for stored in calls:
        match = matches.get(stored.no)
        if match is None or stored.no in team.tags:
            continue
        found[stored.no] = adjusted(match, stored.call, learned)
        rule = _hiding(rules, stored, match)
        if rule:
            shown = found[stored.no]
            hidden[stored.no] = Hiding(rule=rule.id, words=rule.words(team.labels), verdict=shown.verdict)
            found[stored.no] = _hide(shown, hidden[stored.no])
    return Taught(matches=found, hidden=hidden)


def suggestions(team: Team, calls: Iterable[StoredCall], matches: Mapping[int, Match]) -> list[Preview]:
    """Rules with what each does: those that people spoke of first, then those that the reasons of tags propose."""
    everything = [
        known(stored.id, stored.call, matches.get(stored.no, UNJUDGED), team.tags.get(stored.no, ""))
        for stored in calls
    ]
    spoken = [preview(HidingRule(word.keys), everything) for word in team.words.values()]
    return [*spoken, *(one for one in proposed(team.teaching, everything) if one.rule.id not in team.words)]


def _hiding(rules: Sequence[HidingRule], stored: StoredCall, match: Match) -> HidingRule | None:
    if not rules:
        return None
    keys = flat(stored.call, match)
    return next((rule for rule in rules if meets(rule, keys)), None)


def _hide(match: Match, hiding: Hiding) -> Match:
    """Not lost: the relevance stays, the digest lists it among the rest, and the reason names the rule."""
    reason = f"ausgeblendet durch Regel {hiding.rule}: {hiding.words}"
    return replace(match, verdict=Verdict.NONE, why=(*match.why, reason))
