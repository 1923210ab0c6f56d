"""What the figures of `evaluate` look like: JSON for programs, lines for people. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # for the sake of `tracker --help`
    from tracker.gains import Gain
    from tracker.measure import Group, Listed, Measures, Ranking, Share, Tally

NONE = "–"
TITLE = 70  # letters of a title in a list


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """How long it took: seconds to make the profile ready, and calls a second from a line of text to the answer."""

    prepared: float
    calls_per_second: float


def shape(found: Measures, speed: Speed, *, unread: int, lessons: Any = None) -> dict[str, Any]:
    """All figures as `evaluate --json` prints them; unknown is null, as are `lessons` where no home was asked."""
    from tracker.values import full

    return {
        **full(found),
        "unread": unread,
        "speed": {
            "prepared_seconds": round(speed.prepared, 3),
            "calls_per_second": round(speed.calls_per_second, 1),
        },
        "lessons": lessons,
    }


def page(found: Measures, speed: Speed) -> Iterator[str]:
    """The figures for a reader."""
    yield f"{found.calls} labelled calls, {found.ranking.relevant} of relevance 2 or 3"
    yield ""
    yield from _topics(found)
    yield ""
    yield from _ranking(found.ranking)
    yield ""
    yield from _verdicts(found.relevance)
    for heading, groups in (("language", found.by_language), ("source", found.by_source)):
        yield ""
        yield from _groups(heading, groups)
    for topic, calls in found.call_by_call.items():
        yield ""
        yield f"{topic}, call by call (label: 2 main, 1 side):"
        yield from (f"  {_listed(call)}" for call in calls)
    yield ""
    yield f"speed: made ready in {speed.prepared:.2f} s, then {speed.calls_per_second:,.0f} calls a second"


def gain(found: Gain) -> Iterator[str]:
    """The ranking of the team's own tags for a reader."""
    others = found.tags - found.wanted
    yield f"measured on {found.tags} tags: {found.wanted} on calls that the team wants, {others} on others"
    yield from beside((found.before.ranking, found.after.ranking))
    for name, shares in (
        ("wanted", (found.before.wanted_kept, found.after.wanted_kept)),
        ("others", (found.before.others_kept, found.after.others_kept)),
    ):
        yield f"{f'{name} in for-us or pass-on':<28}" + "".join(f"{percent(share):>8}" for share in shares)
    if found.few:
        yield "these are few tags: one call more or less moves such figures further than lessons do"


def moves(before: Measures, *, tags: int, moved: int, after: Measures) -> Iterator[str]:
    """Labelled calls before and after the team's lessons, for a reader."""
    yield ""
    if not tags:
        yield "lessons: no tag of the team teaches, so nothing changes"
        return
    yield f"lessons of {tags} tags of the team move {moved} of these calls"
    yield from beside((before.ranking, after.ranking))
    yield f"{'topics, micro-F1':<28}{figure(before.topics.micro.f1):>8}{figure(after.topics.micro.f1):>8}"
    for label in (3, 0):
        shares = (before.relevance[label].kept, after.relevance[label].kept)
        yield f"{f'relevance {label} in for-us/pass-on':<28}" + "".join(f"{percent(share):>8}" for share in shares)


def beside(rankings: tuple[Ranking, Ranking]) -> Iterator[str]:
    """Two rankings side by side: as shipped, and with the team's lessons."""
    before, after = rankings
    yield f"{'':<28}{'before':>8}{'after':>8}"
    yield f"{'average precision':<28}{figure(before.average_precision):>8}{figure(after.average_precision):>8}"
    yield f"{'precision@25':<28}{figure(before.precision_at_25):>8}{figure(after.precision_at_25):>8}"
    for depth, value in before.ndcg.items():
        yield f"{f'nDCG@{depth}':<28}{figure(value):>8}{figure(after.ndcg[depth]):>8}"


def figure(value: float | None) -> str:
    """A figure with three places; a dash where it is not known."""
    return NONE if value is None else f"{value:.3f}"


def percent(value: float | None) -> str:
    """A share in per cent; a dash where it is not known."""
    return NONE if value is None else f"{value:.1%}"


def _topics(found: Measures) -> Iterator[str]:
    topics = found.topics
    yield f"{'topic':<24}{'F1':>7}{'precision':>11}{'recall':>8}{'main':>7}{'given':>7}"
    yield _tally("all, micro", topics.micro)
    macro = (topics.macro_f1, topics.macro_precision, topics.macro_recall)
    yield f"{f'mean of {len(topics.counted)}, macro':<24}" + "".join(
        f"{figure(value):>{width}}" for value, width in zip(macro, (7, 11, 8), strict=True)
    )
    for topic, tally in topics.by_topic.items():
        yield _tally(topic if topic in topics.counted else f"({topic})", tally)
    if len(topics.counted) < len(topics.by_topic):
        yield "(topics with too few main calls to count for the mean)"


def _tally(name: str, tally: Tally) -> str:
    shares = f"{figure(tally.f1):>7}{figure(tally.precision):>11}{figure(tally.recall):>8}"
    return f"{name:<24}{shares}{tally.wanted:>7}{tally.given:>7}"


def _ranking(found: Ranking) -> Iterator[str]:
    ndcg = "  ".join(f"nDCG@{depth} {figure(value)}" for depth, value in found.ndcg.items())
    first = f"precision@25 {figure(found.precision_at_25)}"
    yield f"ranking: average precision {figure(found.average_precision)}  {first}  {ndcg}"


def _verdicts(found: Mapping[int, Share]) -> Iterator[str]:
    names = list(next(iter(found.values())).verdicts)
    yield f"{'relevance':<12}{'calls':>6}" + "".join(f"{name:>10}" for name in names)
    for label, share in found.items():
        shares = "".join(f"{percent(share.verdicts[name]):>10}" for name in names)
        yield f"{label:<12}{share.calls:>6}{shares}"
    yield f"for-us or pass-on: {percent(found[3].kept)} of relevance 3, {percent(found[0].kept)} of relevance 0"


def _groups(heading: str, groups: Mapping[str, Group]) -> Iterator[str]:
    yield f"{heading:<24}{'calls':>6}{'micro-F1':>10}{'macro-F1':>10}{'AP':>7}{'P@25':>7}{'nDCG@25':>9}"
    for name, group in groups.items():
        topics, ranking = group.topics, group.ranking
        yield (
            f"{name:<24}{group.calls:>6}{figure(topics.micro.f1):>10}{figure(topics.macro_f1):>10}"
            f"{figure(ranking.average_precision):>7}{figure(ranking.precision_at_25):>7}{figure(ranking.ndcg[25]):>9}"
        )


def _listed(call: Listed) -> str:
    title = call.title if len(call.title) <= TITLE else call.title[: TITLE - 1] + "…"
    label = NONE if call.label is None else str(call.label)
    score = NONE if call.score is None else f"{call.score:.2f}"
    return f"label {label}  score {score:<4}  {'given' if call.assigned else 'not given':<9}  {call.id}  {title}"
