"""A number with its separators, as people of several languages write it. Pure."""

from __future__ import annotations

import re
from decimal import Decimal

# 10.000 | 1'000 | 200 000 | 1,000,000.00 | 2,5 | 25000. Blanks of any width part thousands: NBSP, narrow NBSP.
NUMBER = (
    r"(?:[0-9]{1,3}(?:[ \u00a0\u202f\u2009'’][0-9]{3})+(?:[.,][0-9]{1,2})?(?![0-9])"
    r"|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}(?![0-9])|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{1,2}(?![0-9])"
    r"|[0-9]{1,3}(?:\.[0-9]{3}){2,}(?![0-9])|[0-9]{1,3}(?:,[0-9]{3}){2,}(?![0-9])"
    r"|[0-9]{1,15}(?:[.,][0-9]{1,4})?(?![0-9]))"
)
BLANK = re.compile(r"[ \u00a0\u202f\u2009'’]")


def read_number(words: str, language: str = "", *, scaled: bool = False) -> Decimal | None:
    """The value of `words` (a match of NUMBER); None where the separator can mean two things.

    "1.500" is 1,500 for most of Europe and one and a half for an English reader: there it is None. `scaled`: a word
    such as "million" follows, so that three decimals are as likely as thousands unless the language decides.
    """
    digits = BLANK.sub("", words)
    marks = [mark for mark in digits if mark in ".,"]
    if len(set(marks)) == 2:
        decimal = marks[-1]
        return Decimal(digits.replace("." if decimal == "," else ",", "").replace(decimal, "."))
    if len(marks) > 1:
        return Decimal(digits.replace(marks[0], ""))
    if not marks:
        return Decimal(digits)
    whole, decimals = digits.split(marks[0])
    if len(decimals) != 3:
        return Decimal(f"{whole}.{decimals}")
    return _three_digits(whole, decimals, marks[0], language, scaled=scaled)


def _three_digits(whole: str, decimals: str, mark: str, language: str, *, scaled: bool) -> Decimal | None:
    tongue = language[:2].lower()
    grouping = {"": "", "en": ","}.get(tongue, ".")
    thousands = Decimal(whole + decimals) if len(whole) <= 3 and not whole.startswith("0") else None
    if mark == grouping:
        return thousands
    if scaled:
        return Decimal(f"{whole}.{decimals}") if grouping else None
    return None if grouping else thousands  # amounts have two decimals: without a language three mean thousands
