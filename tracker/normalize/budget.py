"""What a call pays: the pot, one grant, how many. Pure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from tracker.model import Budget, Money, RawBudget
from tracker.normalize.money import read_money
from tracker.normalize.text import one_line

CODE = re.compile("[A-Z]{3}")


def read_budget(raw: RawBudget | None, language: str = "") -> Budget | None:
    """The budget in `raw`; None where it says nothing. A 0 is nothing said."""
    if raw is None:
        return None
    currency = raw.currency.strip().upper()
    currency = currency if CODE.fullmatch(currency) else ""
    budget = Budget(
        total=read_money(raw.total, language, currency),
        grant=_grant(raw, language, currency),
        scope=one_line(raw.scope),
        expected_grants=_count(raw.expected_grants),
        rate=one_line(raw.rate),
    )
    stated = budget.total or budget.grant or budget.expected_grants or budget.rate
    return budget if stated else None


def _grant(raw: RawBudget, language: str, currency: str) -> Money | None:
    """From the smallest to the largest grant; a source that contradicts itself has said nothing."""
    low, high = read_money(raw.minimum, language, currency), read_money(raw.maximum, language, currency)
    stated = [money for money in (low, high) if money]
    if not stated or len({money.currency for money in stated}) > 1:
        return None
    least, most = _end(low, high, "minimum"), _end(high, low, "maximum")
    if least is not None and most is not None and least > most:
        return None
    words = " – ".join(dict.fromkeys(money.words for money in stated))
    return Money(minimum=least, maximum=most, currency=stated[0].currency, words=words)


def _end(own: Money | None, other: Money | None, end: Literal["minimum", "maximum"]) -> Decimal | None:
    """One end of the range: from its own field, or from the other one where that holds "5.000 bis 50.000 €"."""
    if own:
        return own.minimum or own.maximum if end == "minimum" else own.maximum or own.minimum
    if other and other.minimum != other.maximum:
        return other.minimum if end == "minimum" else other.maximum
    return None


def _count(words: str) -> int | None:
    """A whole number above 0, the only one in `words`."""
    numbers = re.findall(r"[0-9]+(?:\.0+(?![0-9]))?", words)
    if len(numbers) != 1 or len(numbers[0]) > 6:
        return None
    return int(float(numbers[0])) or None
