"""How a value is said to a reader: dates, money, deadlines, changes, in the digest's language. Pure.

Unknown is said in words: "nicht genannt" where the source is silent, "unklar" where it speaks and we do not understand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_compact_currency, format_currency, format_decimal

from tracker.model import Budget, Certainty, Deadline, DeadlineKind, Money
from tracker.render.catalog import catalog
from tracker.render.clean import clean

NBSP = "\u00a0"
# The pattern of a day by language: with weekday, in running text, short, short with its year.
PATTERNS = {
    "de": {
        "full": "cccc, d. MMMM y",
        "long": "ccc, d. MMMM y",
        "plain": "d. MMMM y",
        "same year": "d. MMMM",
        "short": "d. MMM",
    },
    "en": {
        "full": "cccc, d MMMM y",
        "long": "ccc d MMMM y",
        "plain": "d MMMM y",
        "same year": "d MMMM",
        "short": "d MMM",
    },
}
LOCALES = {"de": "de", "en": "en_GB"}
MILLION, BILLION = Decimal(10) ** 6, Decimal(10) ** 9


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one digest: its language, the zone of its reader, the day from which days are counted."""

    language: str
    zone: str
    today: date

    def gettext(self, message: str, **values: Any) -> str:
        """The sentence in the reader's language, its placeholders filled."""
        return catalog(self.language).gettext(message) % values

    def ngettext(self, one: str, many: str, count: int, **values: Any) -> str:
        """The sentence for `count`, which is also its placeholder."""
        return catalog(self.language).ngettext(one, many, count) % {"count": self.number(count), **values}

    def number(self, value: int) -> str:
        """12345 → 12.345."""
        return format_decimal(value, locale=LOCALES[self.language])

    # ------------------------------------------------------------ dates

    def day(self, day: date, form: str = "long") -> str:
        """Mi, 23. September 2026, with protected spaces; `form` names a pattern."""
        return format_date(day, PATTERNS[self.language][form], LOCALES[self.language]).replace(" ", NBSP)

    def short_day(self, day: date) -> str:
        """3. Dez., with the year where it is not this one."""
        return self.day(day, "short") if day.year == self.today.year else self.day(day, "short") + f"{NBSP}{day.year}"

    def clock(self, moment: datetime) -> str:
        """06:00 Uhr in the reader's zone."""
        return self.gettext("%(time)s hrs", time=f"{moment.astimezone(ZoneInfo(self.zone)):%H:%M}")

    def local_day(self, moment: datetime) -> date:
        """The reader's day at that moment."""
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def ahead(self, days: int) -> str:
        """Days from today on: heute, morgen, noch 100 Tage."""
        if days == 0:
            return self.gettext("today")
        if days == 1:
            return self.gettext("tomorrow")
        return self.ngettext("%(count)s day left", "%(count)s days left", days)

    def since(self, day: date) -> str:
        """Days up to today: heute, gestern, vor 6 Tagen."""
        days = (self.today - day).days
        if days <= 0:
            return self.gettext("today")
        if days == 1:
            return self.gettext("yesterday")
        return self.ngettext("%(count)s day ago", "%(count)s days ago", days)

    # ------------------------------------------------------------ deadlines

    def deadline(self, deadline: Deadline | None, days_left: int | None = None) -> str:
        """The day, the hour where it is known, the days left; without a day what is known instead."""
        if deadline is None:
            return self.gettext("not stated")
        if deadline.day is None:
            return self._no_day(deadline)
        text = self.day(deadline.day)
        if deadline.time is not None:
            text += f", {self._hour(deadline)}"
        if days_left is not None and days_left >= 0:
            text += f" ({self.ahead(days_left)})"
        return self._with_kind(text, deadline)

    def certainty(self, deadline: Deadline | None, *, on_eu_portal: bool = False) -> str:
        """What the reader must know before trusting the date and its hour, or ""."""
        doubt = self.doubt(deadline)
        if doubt or deadline is None or deadline.day is None or deadline.time is not None:
            return doubt
        if on_eu_portal:
            return self.gettext("Hour not stated; usual on the EU portal: 17:00 Brussels time")
        return self.gettext("Hour not stated")

    def doubt(self, deadline: Deadline | None) -> str:
        """What makes the day itself unsure, or ""."""
        if deadline is None or deadline.day is None:
            return ""
        words = self.quoted(deadline.words)
        match deadline.certainty:
            case Certainty.PROSE:
                return self.gettext("read from running text: %(words)s", words=words)
            case Certainty.RULE:
                said = self.gettext("computed from a rule of the source: %(words)s", words=words)
                return "; ".join(filter(None, (said, clean(deadline.lead))))
            case Certainty.UNKNOWN:
                return self.gettext("uncertain; the source writes: %(words)s", words=words)
            case Certainty.STATED | Certainty.DATE_ONLY:
                return ""

    def _no_day(self, deadline: Deadline) -> str:
        if deadline.kind is DeadlineKind.ROLLING:
            return self.gettext("rolling, no fixed date")
        words = clean(deadline.words)
        if not words:
            return self.gettext("not stated")
        return self.gettext("unclear; the source writes: %(words)s", words=self.quoted(words))

    def _hour(self, deadline: Deadline) -> str:
        hour = self.gettext("%(time)s hrs", time=f"{deadline.time:%H:%M}")
        if deadline.zone is None:
            return self.gettext("%(hour)s (time zone not stated)", hour=hour)
        if deadline.zone == self.zone:
            return hour
        return f"{hour}{NBSP}{self._place(deadline.zone)}"

    def _place(self, zone: str) -> str:
        """Europe/Brussels → Brüssel."""
        names = Locale.parse(LOCALES[self.language]).time_zones.get(zone)
        named = dict(names).get("city") if names else None
        return named or clean(zone.rsplit("/", 1)[-1].replace("_", " "))

    def _with_kind(self, text: str, deadline: Deadline) -> str:
        if deadline.kind is DeadlineKind.STAGE and deadline.stage is not None:
            return self.gettext("stage %(number)s: %(date)s", number=deadline.stage, date=text)
        if deadline.kind is DeadlineKind.CUT_OFF:
            return self.gettext("cut-off %(date)s", date=text)
        if deadline.kind is DeadlineKind.RULE:
            return self.gettext("%(date)s, by rule", date=text)
        return text

    # ------------------------------------------------------------ money

    def money(self, money: Money) -> str:
        """An amount or a range. Never rounded: 28,345,678 is not "28.35 million"."""
        low, high = money.minimum, money.maximum
        if low is None and high is None:
            if not clean(money.words):
                return self.gettext("not stated")
            return self.gettext("unclear; the source writes: %(words)s", words=self.quoted(money.words))
        if low is None or high is None:
            text = self.amount(high if low is None else low, money.currency)  # type: ignore[arg-type] # one is not None
            return self.gettext("up to %(amount)s", amount=text) if low is None else self._from(text)
        if low == high:
            return self.amount(low, money.currency)
        return self.gettext(
            "%(low)s to %(high)s", low=self.amount(low, money.currency), high=self.amount(high, money.currency)
        )

    def _from(self, text: str) -> str:
        return self.gettext("from %(amount)s", amount=text)

    def amount(self, value: Decimal, currency: str) -> str:
        """2,5 Mio. €, 8.455 €; without a currency the bare figure and a word about it."""
        locale = Locale.parse(LOCALES[self.language])
        code = clean(currency).upper()
        if not (code.isascii() and code.isalpha() and len(code) == 3):
            figure = format_decimal(value, locale=locale)
            return self.gettext("%(amount)s (currency not stated)", amount=figure)
        for unit in (BILLION, MILLION):
            if value >= unit and not value % (unit / 100):
                return format_compact_currency(value, code, locale=locale, fraction_digits=2).replace(" ", NBSP)
        pattern = locale.currency_formats["standard"].pattern
        if value == value.to_integral_value():
            pattern = pattern.replace(".00", "")
        return format_currency(value, code, pattern, locale, currency_digits=False).replace(" ", NBSP)

    def budget(self, budget: Budget | None) -> tuple[str, str]:
        """What the call pays, and which of its figures the source does not state."""
        if budget is None or not (budget.total or budget.grant or clean(budget.rate)):
            return self.gettext("not stated"), ""
        parts, silent = [], []
        if budget.total:
            parts.append(self._pot(budget.total, budget.scope))
        elif budget.scope != "project":
            silent.append(self.gettext("pot"))
        if budget.grant:
            parts.append(self.gettext("%(amount)s per project", amount=self.money(budget.grant)))
        elif budget.scope != "project":
            silent.append(self.gettext("amount per project"))
        if clean(budget.rate):
            rate = clean(budget.rate).replace(" %", f"{NBSP}%")
            parts.append(self.gettext("co-financing rate %(rate)s", rate=rate))
        else:
            silent.append(self.gettext("co-financing rate"))
        if budget.expected_grants:
            grants = budget.expected_grants
            parts.append(self.ngettext("about %(count)s project expected", "about %(count)s projects expected", grants))
        note = self.gettext("Not stated: %(names)s", names=", ".join(silent)) if silent else ""
        return "; ".join(parts), note

    def _pot(self, total: Money, scope: str) -> str:
        amount = self.money(total)
        if scope == "project":
            return self.gettext("%(amount)s per project", amount=amount)
        if scope == "call":
            return self.gettext("pot of the whole call %(amount)s", amount=amount)
        return self.gettext("pot %(amount)s", amount=amount)

    # ------------------------------------------------------------ sentences

    def quoted(self, words: str) -> str:
        """The source's own words, in quotation marks."""
        return self.gettext("“%(words)s”", words=clean(words))

    def listed(self, parts: tuple[str, ...] | list[str]) -> str:
        """a, b und c."""
        if len(parts) < 2:
            return "".join(parts)
        return self.gettext("%(most)s and %(last)s", most=", ".join(parts[:-1]), last=parts[-1])
