"""Does this run look healthy? Pure. A run with a fatal finding changes no call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tracker.model import Expectation, Finding, RawCall, Skipped

SAMPLE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """What one run brought: calls as found, rows read (repeats and skipped ones included), rows announced."""

    calls: Sequence[RawCall]
    rows: int
    repeated: int = 0
    announced: int | None = None
    skipped: Sequence[Skipped] = ()
    restarts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """How many calls healthy runs brought before: the last one, and the median of eight weeks.

    `texts`: how many characters the last healthy text of each watched page had, by external id.
    """

    last: int | None = None
    median: float | None = None
    texts: Mapping[str, int] = field(default_factory=dict)


def check(harvest: Harvest, expect: Expectation, history: History) -> tuple[Finding, ...]:
    """All that is odd, fatal findings first."""
    found = [*_complete(harvest), *_skipped(harvest, expect), *_enough(harvest, expect, history)]
    found += [*_filled(harvest, expect), *_many(harvest, expect, history), *_whole_texts(harvest, expect, history)]
    if harvest.repeated:
        found.append(Finding(message=f"{harvest.repeated} rows came twice: this run proves no absence"))
    return tuple(sorted(found, key=lambda finding: not finding.fatal))


def _complete(harvest: Harvest) -> Iterator[Finding]:
    if harvest.announced is not None and harvest.announced != harvest.rows:
        yield Finding(message=f"{harvest.announced} rows announced, {harvest.rows} read: incomplete", fatal=True)


def _skipped(harvest: Harvest, expect: Expectation) -> Iterator[Finding]:
    if not harvest.skipped:
        return
    share = len(harvest.skipped) / max(1, harvest.rows)
    examples = "; ".join(f"{row.where} ({row.reason})" for row in harvest.skipped[:SAMPLE])
    more = f" and {len(harvest.skipped) - SAMPLE} more" if len(harvest.skipped) > SAMPLE else ""
    yield Finding(
        message=f"{len(harvest.skipped)} of {harvest.rows} rows could not be read: {examples}{more}",
        fatal=share > expect.max_missing,
    )


def _enough(harvest: Harvest, expect: Expectation, history: History) -> Iterator[Finding]:
    count = len(harvest.calls)
    if count == 0 and not expect.empty_is_fine:
        yield Finding(message="no calls at all", fatal=True)
        return
    if expect.min_calls is not None and count < expect.min_calls:
        yield Finding(message=f"{count} calls, at least {expect.min_calls} expected", fatal=True)
    for before, share, name in (
        (history.last, expect.min_share_of_last, "the last healthy run"),
        (history.median, expect.min_share_of_median, "the median of eight weeks"),
    ):
        if before is not None and before > expect.guard_above and count < share * before:
            yield Finding(message=f"{count} calls, under {share:.0%} of {name} ({before:g})", fatal=True)


def _many(harvest: Harvest, expect: Expectation, history: History) -> Iterator[Finding]:
    """A rise only warns: on 2026-06-27 the EU portal grew by 175 % over night, and the new rows were old ones."""
    count = len(harvest.calls)
    if expect.max_calls is not None and count > expect.max_calls:
        yield Finding(message=f"{count} calls, at most {expect.max_calls} expected")
    if history.last is not None and history.last > expect.guard_above and count > 2 * history.last:
        yield Finding(message=f"{count} calls, more than twice the last healthy run ({history.last})")


def _whole_texts(harvest: Harvest, expect: Expectation, history: History) -> Iterator[Finding]:
    """A watched page that lost most of its text is a notice, a login or a fault, and no news."""
    for call in harvest.calls:
        before = history.texts.get(call.external_id, 0) if call.page else 0
        if len(call.description) < expect.min_share_of_text * before:
            share = f"under {expect.min_share_of_text:.0%} of the last text ({before})"
            yield Finding(
                message=f"the text of the page has {len(call.description)} characters, {share}",
                fatal=True,
                url=call.url,
            )


def _filled(harvest: Harvest, expect: Expectation) -> Iterator[Finding]:
    """A field that used to be filled and no longer is: a selector has broken without a sound."""
    for name, share in expect.filled.items():
        filled = sum(1 for call in harvest.calls if getattr(call, name, None))
        if harvest.calls and filled < share * len(harvest.calls):
            yield Finding(
                message=f"{name} is filled in {filled} of {len(harvest.calls)} calls, at least {share:.0%} expected",
                fatal=True,
            )
