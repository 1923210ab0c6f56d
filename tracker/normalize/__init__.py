"""A call as found becomes a call as understood: dates, money, status, text. Pure: no network, no clock, no files."""

from __future__ import annotations

from tracker.normalize.budget import read_budget
from tracker.normalize.call import normalize
from tracker.normalize.dates import read_date
from tracker.normalize.deadlines import read_deadline, read_deadlines
from tracker.normalize.language import detect, language_of
from tracker.normalize.money import read_money
from tracker.normalize.status import days_ahead, next_deadline, status_on
from tracker.normalize.summary import summary
from tracker.normalize.text import clean_link, one_line, one_title, plain_text, safe_html

__all__ = [
    "clean_link",
    "days_ahead",
    "detect",
    "language_of",
    "next_deadline",
    "normalize",
    "one_line",
    "one_title",
    "plain_text",
    "read_budget",
    "read_date",
    "read_deadline",
    "read_deadlines",
    "read_money",
    "safe_html",
    "status_on",
    "summary",
]
