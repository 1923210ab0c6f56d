"""Amounts in words: multipliers, ranges, limits, currencies in the languages of our sources. Pure.

Own patterns: the common library drops the multiplier ("2,5 Mio. €" becomes 2.5). 0 means "not stated" (EU portal).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from tracker.model import Money
from tracker.normalize.numbers import NUMBER, read_number
from tracker.normalize.text import one_line

CURRENCIES = {
    r"€|eur\b|euros?\b|eura\b|євро\b": "EUR",
    r"£|gbp\b|pounds?\b": "GBP",
    r"us ?\$|\$|usd\b|dollars?\b": "USD",
    r"chf\b|sfr\.?|franken\b": "CHF",
    r"kč|czk\b|korun\w{0,2}\b": "CZK",
    r"₴|uah\b|грн\b|гривень\b|гривні\b": "UAH",
    r"xof\b|f ?cfa\b": "XOF",
    r"pln\b|zł": "PLN",
}
SCALES = {
    r"tsd\b\.?|tausend\b|thousand\b|tis\b\.?|тис\b\.?|mila\b|mille\b|t(?=€|eur)|k(?=€|£|\$|eur|\b)": 3,
    r"mio\b\.?|mill\b\.?|millionen\b|millions?\b|milion[ieůy]?\b|milionů\b|mln\b\.?|mil\b\.?|mn\b|млн\b\.?"
    r"|мільйон\w{0,2}\b|m(?=€|£|\$|eur|\b)": 6,
    r"mrd\b\.?|md\b|milliarden?\b|milliards?\b|miliard[aiy]?\b|mld\b\.?|bn\b|млрд\b\.?|мільярд\w{0,2}\b": 9,
    r"billions?\b|billionen\b": 9,
}
MAXIMUM = re.compile(
    r"(?:bis zu|bis max|max\b|maximal|maximum|höchst|up to|at most|no more than|not exceed|ceiling"
    r"|jusqu['’]\s?à|au plus|plafon|fino a|massim|nejvýše|maximálně|až do|\baž\b|не більше|obergrenze|hasta"
    r"|limit\b)\.?[^0-9.;]{0,30}$"
    r"|\b(?:bis|do|до|unter|under|below)\s*$"
)
MINIMUM = re.compile(
    r"(?:mindest|\bmin\b|minimum|minimal|at least|no less than|au moins|à partir de|almeno|minim|a partire da|nejméně"
    r"|alespoň|щонайменше|не менше|untergrenze|desde)\.?[^0-9.;]{0,30}$"
    r"|\b(?:ab|über|from|over|above|more than|od|da|від)\s*$"
)
BETWEEN = re.compile(r"(?:zwischen|between|entre|tra|fra|mezi|між)\s+(?:\w+\s+)?$")
AND = re.compile(r"\s*(?:und|and|et|e|a|і|та)\s*")
TO = re.compile(r"\s*(?:bis(?: zu)?|[-–—]|to|up to|à|a|až|až do|do|до|hasta)\s*")
WORD = re.compile(r"[^\W\d_]{2,}")
SIZE = 400  # characters: an amount stands in a line or two


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount in a text. `scale` is the power of ten of its word, `currency` "" where none stands beside it."""

    start: int
    end: int
    number: Decimal
    scale: int
    currency: str

    @property
    def value(self) -> Decimal:
        """In major units."""
        return _plain(self.number, self.scale)


def read_money(words: str, language: str = "", currency: str = "") -> Money | None:
    """The amount or range in `words`, in major units; None where there is none, or several that do not belong together.

    A single amount is minimum and maximum; "bis zu X" has no minimum, "ab X" no maximum. `language` (ISO 639-1)
    decides on "1.500"; `currency` (ISO 4217) is that of a field whose words name none: without it the currency of a
    bare number stays "". Percentages, years and 0 are no money.
    """
    text = one_line(words[:SIZE])
    amounts = list(_amounts(text.lower(), language))
    if not any(amount.currency for amount in amounts):
        amounts = _bare(text, amounts, currency)
    limits = list(_limits(text.lower(), amounts))
    if not limits:
        return None
    low, high, named = limits[0]
    for other in limits[1:]:
        if (low, high, named) == other:
            continue
        if named != other[2] or None not in (low, high) or None not in other[:2]:
            return None
        low, high = _combined((low, high), other[:2])
        if low is None or high is None:
            return None
    low, high = low or None, high or None
    if (low is None and high is None) or (low and high and low > high):
        return None
    return Money(minimum=low, maximum=high, currency=named.upper(), words=text)


def _plain(number: Decimal, scale: int) -> Decimal:
    """Written out, so that equal amounts are stored as equal texts: 2500000, never 2.5E+6 or 2500000.00."""
    written = f"{number.scaleb(scale):f}"
    return Decimal(written.rstrip("0").rstrip(".") if "." in written else written)


def _combined(
    one: tuple[Decimal | None, Decimal | None], other: tuple[Decimal | None, Decimal | None]
) -> tuple[Decimal | None, Decimal | None]:
    """ "mindestens 5.000 €, höchstens 50.000 €": one limit each; two of the same side contradict each other."""
    if one[0] is not None and other[1] is not None:
        return one[0], other[1]
    if one[1] is not None and other[0] is not None:
        return other[0], one[1]
    return None, None


# ---------------------------------------------------------------- amounts


@cache
def _pattern() -> re.Pattern[str]:
    sign = "(?:" + "|".join(CURRENCIES) + ")"
    scale = "(?:" + "|".join(SCALES) + ")"
    return re.compile(
        rf"(?<![\w.,'’])(?:(?P<scale0>{scale}) ?)?(?P<sign0>{sign})? ?"
        rf"(?<![0-9.,])(?P<number>{NUMBER})(?:,[-–—]+)?"
        rf"(?: ?(?P<scale1>{scale}))?(?: ?(?:de |di |d['’])?(?P<sign1>{sign}))?(?: ?(?P<scale2>{scale})(?!\w))?"
    )


def _amounts(text: str, language: str) -> Iterator[Amount]:
    for found in _pattern().finditer(text):
        if re.match(r"\s*(?:%|prozent|percent|per cent|pour cent|per cento|procent|відсот)", text[found.end() :]):
            continue
        if text[: found.start("number")].rstrip().endswith(("-", "−")) and not re.search(
            r"[\w€£$%.)]\s*[-−]\s*$", text[: found.start("number")]
        ):
            continue  # a negative amount is a mistake or a deduction
        scale = _scale(found["scale1"] or found["scale2"] or found["scale0"], language)
        number = read_number(found["number"], language, scaled=scale > 0)
        if number is None:
            continue
        yield Amount(found.start(), found.end(), number, scale, _currency(found["sign0"] or found["sign1"]))


def _scale(words: str | None, language: str) -> int:
    if not words:
        return 0
    if words.startswith("billion") and (words == "billionen" or language[:2].lower() == "de"):
        return 12
    if words == "mil" and language[:2].lower() in {"es", "pt"}:
        return 3
    return next(scale for names, scale in SCALES.items() if re.fullmatch(names, words) or _attached(names, words))


def _attached(names: str, words: str) -> bool:
    """ "k€", "meur": the letter was read because a currency follows it."""
    return re.fullmatch(names, words + "€") is not None or re.match(names, words + "€") is not None


def _currency(words: str | None) -> str:
    if not words:
        return ""
    return next(code for names, code in CURRENCIES.items() if re.fullmatch(names, words))


def _bare(text: str, amounts: list[Amount], currency: str) -> list[Amount]:
    """Amounts without a currency: beside "million", or in a field of money that holds little else.

    "?" stands for a currency that nobody named, so that the amount still counts.
    """
    named = [replace(amount, currency=currency or "?") for amount in amounts]
    if any(amount.scale for amount in amounts):
        return named
    if len(amounts) == 1:
        alone = not text[: amounts[0].start].strip() and not text[amounts[0].end :].strip()
        if alone and (currency or not _is_year(amounts[0])):
            return named
    return named if currency and not any(map(_is_year, amounts)) and len(WORD.findall(text)) <= 3 else []


def _is_year(amount: Amount) -> bool:
    return not amount.scale and 1900 <= amount.number <= 2100


# ---------------------------------------------------------------- ranges and limits


def _limits(text: str, amounts: list[Amount]) -> Iterator[tuple[Decimal | None, Decimal | None, str]]:
    """(minimum, maximum, currency) of each amount or range, in their order."""
    index = 0
    while index < len(amounts):
        first, index = amounts[index], index + 1
        second = amounts[index] if index < len(amounts) else None
        if second and _is_range(text, first, second):
            index += 1
            yield (*_range(first, second), (second.currency or first.currency).strip("?"))
        elif first.currency:
            yield (*_limit(text[: first.start], first.value), first.currency.strip("?"))
        elif second and second.currency and AND.fullmatch(text[first.end : second.start]):
            yield (None, None, "unclear")  # "10.000 und 50.000 €": two amounts, or a range? Not ours to say


def _is_range(text: str, first: Amount, second: Amount) -> bool:
    if not (first.currency or second.currency) or (
        first.currency and second.currency and first.currency != second.currency
    ):
        return False
    between = text[first.end : second.start]
    return bool(TO.fullmatch(between) or (AND.fullmatch(between) and BETWEEN.search(text[: first.start])))


def _range(first: Amount, second: Amount) -> tuple[Decimal, Decimal]:
    """ "2 bis 5 Mio. €": the word belongs to both, unless the first would then be the larger one."""
    low = first.value
    if not first.scale and second.scale and first.number <= second.number:
        low = _plain(first.number, second.scale)
    return low, second.value


def _limit(before: str, value: Decimal) -> tuple[Decimal | None, Decimal | None]:
    if MAXIMUM.search(before):
        return None, value
    if MINIMUM.search(before):
        return value, None
    return value, value
