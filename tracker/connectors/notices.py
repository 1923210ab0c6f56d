"""Whether a page stands in for the one that was asked for: a login, a consent form, an outage, the home page. Pure.

Such a page answers with status 200 and has a text. Told as a change it would be a false alarm, and the return of the
real page a second one.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from tracker.model import RawDocument
from tracker.parsing import looks_like_wall, squash

SHORT = 800  # characters: a text that is shorter is asked whether it is a notice
SEPARATOR = re.compile(r"\s[|–·-]\s")
# What such a page calls itself in title or heading, all of it: "Anmeldung" is a login, "Anmeldung zur Tagung" is not.
NOTICE = re.compile(
    r"(?:bitte )?(?:melden sie sich an|anmelden|anmeldung(?: erforderlich)?|log-? ?in|einloggen|sign in)"
    r"|(?:zugang|zugriff) verweigert|access denied|forbidden"
    r"|(?:die |diese )?(?:seite |page )?(?:wurde |konnte )?(?:leider )?(?:nicht gefunden|not found)(?: werden)?"
    r"|(?:(?:http )?(?:error|fehler):? )?(?:40[0134]|50[0-4])(?:[ :.-]+(?:\w+ )?(?:not found|nicht gefunden|forbidden"
    r"|bad gateway|service unavailable|internal server error|gateway time-?out|error|fehler))?"
    r"|(?:interner |internal )?(?:server)?(?:fehler|error)"
    r"|(?:wegen |geplante |technische )?wartung(?:sarbeiten|smodus|spause)?|(?:under )?maintenance(?: mode)?"
    r"|(?:wir sind )?(?:gleich|bald) (?:zurück|wieder (?:da|für sie da|zurück))"
    r"|(?:(?:die |unsere )?(?:seite|website|webseite) ist )?(?:vorübergehend|zurzeit|derzeit|momentan) nicht"
    r" (?:erreichbar|verfügbar)"
    r"|cookies?|cookie[- ](?:hinweis|banner|einstellungen|richtlinie|consent|settings|notice)\w*"
    r"|(?:ihre )?(?:datenschutz|privatsphäre|privatsphären)-?\s?einstellungen|einwilligung|zustimmung"
    r"|(?:your )?privacy(?: settings| choices)?|wir (?:respektieren|schätzen) ihre privatsphäre",
    re.IGNORECASE,
)
# What only such a page says where there is hardly any text.
ASKING = re.compile(
    r"alle (?:cookies )?(?:akzeptieren|annehmen|ablehnen)|cookies? (?:akzeptieren|zulassen|zustimmen)|accept all"
    r"|nutzername|benutzername|passwort|kennwort|username|password|wartungsarbeiten|wegen wartung|under maintenance"
    r"|vorübergehend nicht (?:erreichbar|verfügbar)|temporarily unavailable|javascript (?:ist|muss|is|must|aktivier)"
    r"|(?:seite|page) (?:\w+ ){0,3}(?:nicht gefunden|not found)",
    re.IGNORECASE,
)
HOME = re.compile(
    r"(?:index|home|start|startseite)?(?:\.\w+)?|[a-z]{2}(?:/(?:index|home|start|startseite)?(?:\.\w+)?)?",
    re.IGNORECASE,
)


def notice(page: BeautifulSoup, main: str, text: str, document: RawDocument) -> str:
    """The words by which the page gives itself away, or "" for a page of prose. `text` is what `main` selects."""
    titles = [tag for tag in (page.title, *page.select("h1")) if isinstance(tag, Tag)]
    for title in titles:
        words = squash(title.get_text(" "))
        if NOTICE.fullmatch(SEPARATOR.split(words)[0].strip(" .!…")):
            return words[:80]
    if page.select_one(f":is({main}) input[type=password]"):
        return "a field for a password"
    asking = ASKING.search(text) if len(text) < SHORT else None
    return asking.group() if asking else looks_like_wall(document.body)


def led_home(document: RawDocument) -> bool:
    """Whether a page was asked for and redirects ended at a home page: so sites answer for what they took down."""
    asked, came = (urlsplit(url).path.strip("/") for url in (document.request.url, document.final_url))
    return not HOME.fullmatch(asked) and bool(HOME.fullmatch(came))
