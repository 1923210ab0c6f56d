"""Funds with a rule instead of a date: the days stand in sources.yaml, the page that states them is read each time.

The entry's `url` is that page. While it states the rule, the call has the rule as its deadline; once it does not, the
source is unhealthy and nothing changes: nobody knows then which days hold. Which dates the rule gives is computed for
the day on which somebody looks (tracker.rules); a connector has no clock.

title: Zukunftsfonds, Standardförderung
dates: ["03-31", "06-30", "09-30", "12-31"]      of every year; 02-29 is the last day of February
opens: ["03-01"]                                 for rounds: one for each date; without it one may apply all year
states: ['viermal im Jahr.*Quartalsende']        what the page must say, patterns; or, literally,
words: Viermal im Jahr – je zum Quartalsende     which is then what the reader is shown; else the sentences found
lead: mindestens drei Monate vor Projektbeginn   what else must be kept, in words
Seen: zukunftsfonds.cz ("Viermal im Jahr – je zum Quartalsende"), vm.baden-wuerttemberg.de ("jährlich der 30.
September"), both without a date, 2026-11.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from tracker.connectors.fields import read_pattern
from tracker.connectors.page import (
    LONGEST_WORDS,
    as_html,
    foreign,
    list_problems,
    main_lines,
    selector_problems,
    text_problems,
    whole_page,
)
from tracker.errors import ConfigError
from tracker.model import DeadlineKind, RawBudget, RawCall, RawDeadline, RawDocument, Request, Source, Yielded
from tracker.page_text import sentences, shorter
from tracker.parsing import broken, squash, unknown_keys
from tracker.rules import is_month_day

TEXTS = ("title", "words", "lead", "main", "programme", "funder", "language")
LISTS = ("dates", "opens", "states", "ignore", "eligible", "identifiers")
KNOWN = (*TEXTS, *LISTS, "budget")
AMOUNTS = tuple(field.name for field in fields(RawBudget))


def start(source: Source) -> Iterable[Request]:
    """The page that states the rule. ConfigError names every mistake in the options, before the first request."""
    problems = tuple(_problems(source.options, f"{source.id}.options"))
    if problems:
        raise ConfigError(problems)
    return (Request(source.url),)


def parse(document: RawDocument, source: Source) -> Iterable[Yielded]:
    """The one call, with its rule. ParseError where the page no longer states it."""
    options = source.options
    page = whole_page(document, source)
    language = options.get("language") or source.language
    lines = main_lines(page, options.get("main", "body"), options.get("ignore", ()), document, source)
    evidence = _evidence(lines, options)
    if not evidence:
        other = foreign(page, language)
        said = f"; it came in another language ({other})" if other else ""
        raise broken(document, source, f"the page no longer states the rule{said}")
    words = " … ".join(dict.fromkeys(evidence))
    budget = options.get("budget")
    yield RawCall(
        external_id="rule",
        title=options["title"],
        url=source.url,
        language=language,
        deadlines=(
            RawDeadline(words=words, kind=DeadlineKind.RULE, rule=_rule(options), lead=options.get("lead", "")),
        ),
        description=as_html(lines if "main" in options else dict.fromkeys(evidence)),
        programme=options.get("programme", ""),
        funder=options.get("funder", ""),
        eligible=tuple(options.get("eligible", ())),
        budget=RawBudget(**({"total": budget} if isinstance(budget, str) else budget)) if budget else None,
        identifiers=tuple(options.get("identifiers", ())),
        attribution=source.attribution,
    )


def _rule(options: Mapping[str, Any]) -> tuple[str, ...]:
    """The days in their order, each with the day on which its round opens, if it has one."""
    dates, opens = options["dates"], options.get("opens")
    return tuple(sorted(f"{begin}/{end}" for begin, end in zip(opens, dates, strict=True)) if opens else sorted(dates))


# ---------------------------------------------------------------- what the page must say


def _evidence(lines: Sequence[str], options: Mapping[str, Any]) -> list[str]:
    """The words by which the page states the rule, for every pattern one; empty where one of them is not met."""
    patterns = [re.compile(states, re.IGNORECASE) for states in options.get("states", ())]
    found = [_stated(lines, pattern) for pattern in patterns]
    if "words" in options:
        words = squash(options["words"])
        literal = re.compile(r"\s*".join(map(re.escape, words.split())), re.IGNORECASE)
        found = [words] if all(found) and _stated(lines, literal) else []
    return found if all(found) else []


def _stated(lines: Sequence[str], pattern: re.Pattern[str]) -> str:
    """The sentence in which the pattern is met, else the words that meet it across sentences; "" where none do."""
    for line in lines:
        for sentence in sentences(line):
            if pattern.search(sentence):
                return shorter(sentence, LONGEST_WORDS)
    whole = pattern.search(" ".join(line.removeprefix("* ") for line in lines))
    return shorter(whole.group().strip(), LONGEST_WORDS) if whole else ""


# ---------------------------------------------------------------- mistakes in sources.yaml


def _problems(options: Mapping[str, Any], where: str) -> Iterator[str]:
    yield from unknown_keys(options, KNOWN, where)
    yield from (f"{where}.{name}: missing" for name in ("title", "dates") if not options.get(name))
    if not options.get("states") and not options.get("words"):
        yield f"{where}.states: missing: a pattern that the page meets as long as it states the rule (or words:)"
    yield from text_problems(options, TEXTS, where)
    wrong_lists = list(list_problems(options, LISTS, where))
    yield from wrong_lists
    if not wrong_lists:
        yield from _list_entry_problems(options, where)
    if isinstance(options.get("main", ""), str) and options.get("main"):
        yield from selector_problems(options["main"], f"{where}.main")
    yield from _budget_problems(options.get("budget", ""), f"{where}.budget")


def _list_entry_problems(options: Mapping[str, Any], where: str) -> Iterator[str]:
    dates, opens = options.get("dates", ()), options.get("opens", ())
    for name, days in (("dates", dates), ("opens", opens)):
        yield from (
            f'{where}.{name}: {day!r} is no day of every year, such as "03-31"' for day in days if not is_month_day(day)
        )
    if len(set(dates)) < len(dates):
        yield f"{where}.dates: a day stands there twice"
    if opens and len(opens) != len(dates):
        yield f"{where}.opens: {len(opens)} for {len(dates)} dates: a round needs both, in the same order"
    for number, pattern in enumerate(options.get("states", ()), 1):
        compiled, lines = read_pattern(pattern, f"{where}.states: no. {number}")
        yield from lines
        if not lines and compiled.search(""):
            yield f"{where}.states: no. {number}: is met by any page"
    for selector in options.get("ignore", ()):
        yield from selector_problems(selector, f"{where}.ignore")


def _budget_problems(budget: object, where: str) -> Iterator[str]:
    if isinstance(budget, str):
        return
    if not isinstance(budget, Mapping):
        yield f"{where}: expected text, or a mapping with {', '.join(AMOUNTS)}"
        return
    yield from unknown_keys(budget, AMOUNTS, where)
    yield from (f"{where}.{name}: not text" for name, words in budget.items() if not isinstance(words, str))
