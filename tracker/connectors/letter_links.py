"""Links of a newsletter: cleaned of what names the reader, and sorted from those that lead to no call. Pure.

None is followed, so a link that counts clicks stays one. Where it names its reader in the path (as Brevo's do,
sendibt3.com/tr/cl/…) or in a parameter that it may need (Mailchimp's list-manage.com: e=), nothing is cut: whether it
would still lead anywhere nobody has tried. Such a link is new in every issue.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

from tracker.parsing import clean_link

# Parameters that name one reader and that pages work without: the list by which Firefox strips links in strict mode
# (firefox-source-docs.mozilla.org, "Query Parameter Stripping", read 2026-11), HubSpot's other ones, MailerLite, Brevo.
READER = (
    *("mc_eid", "oly_anon_id", "oly_enc_id", "__s", "vero_id", "vero_conv", "_hsenc", "_hsmi", "mkt_tok", "fbclid"),
    *("ml_subscriber", "ml_subscriber_hash", "_se", "email", "e-mail", "subscriber", "subscriber_id", "recipient"),
)
MAIL = re.compile(r"[^\s@/?&=]+@[^\s@/?&=]+\.[a-z]{2,}", re.IGNORECASE)
LONGEST = 2_000  # characters
UNSEEN = re.compile(r"[^\S ]|[\x00-\x1f\x7f]")  # browsers pass over most of them too

SOCIAL = re.compile(
    r"(?:^|\.)(?:facebook\.com|fb\.me|twitter\.com|x\.com|t\.co|linkedin\.com|lnkd\.in|instagram\.com|youtube\.com"
    r"|youtu\.be|xing\.com|whatsapp\.com|wa\.me|t\.me|threads\.net|tiktok\.com|bsky\.app|mastodon\.[a-z]+|pinterest\.com)$"
)
# What a newsletter says about itself, as the whole words of a link or as a part of its path.
BROWSER = re.compile(
    r"im browser|web-?version|online-?version|(?:in|with) (?:your |a |the )?browser|online (?:lesen|ansehen)"
)
SELF = re.compile(
    r"abmelde|abbestell|austragen|unsubscribe|opt[- ]?out|newsletter (?:abonnieren|weiterleiten|empfehlen|anmelden)"
    r"|(?:profil|daten|einstellungen|abo\w*) (?:ändern|aktualisieren|verwalten|anpassen)"
    r"|update (?:your )?(?:profile|pref)"
    r"|(?:e-?mail|newsletter|nachricht) weiterleiten|forward (?:this|to a friend)|nach oben|zum seitenanfang"
)
LEGAL = re.compile(
    r"(?:zu[mr] |unsere?[rn]? )?(?:impressum|datenschutz\w*|imprint|legal notice|privacy(?: policy)?|agb)"
)
SELF_PATH = re.compile(
    r"(?:^|[/._-])(?:unsubscribe|abmelden|abmeldung|abbestellen|austragen|opt-?out|update-?profile|preferences"
    r"|forward-to-friend)(?:[/._?-]|$)|/(?:impressum|imprint|datenschutz\w*|datenschutzerkl[^/]*|privacy(?:-policy)?)"
    r"(?:\.\w{2,5})?/?$"
)
# Words of a link that do not tell where it leads.
BARE = re.compile(
    r"\W*(?:(?:hier|mehr|weiter|weiterlesen|link|details?|website|webseite|homepage|online|more|here|pdf|download"
    r"|(?:mehr|weitere) (?:erfahren|lesen|infos?|informationen|details)(?: (?:hier|dazu|finden sie hier))?"
    r"|zu[mr]? (?:de[mnr] )?(?:ganzen |vollständigen )?(?:artikel|beitrag|meldung|aufruf|ausschreibung|website|webseite"
    r"|informationen|förderprogramm|programm|projektaufruf|antrag|seite)"
    r"|(?:read|learn|find out) more|click here|jetzt (?:bewerben|informieren|anmelden|lesen))\W*"
    r"|(?:https?://|www\.)\S*)?",
    re.IGNORECASE,
)


def cleaned(href: str) -> str:
    """The address without tracking tails and without what names the reader; "" for mail, phone and anchors."""
    url = clean_link(_unwrapped(UNSEEN.sub("", href)), strip=READER)
    parts = urlsplit(url)
    kept = [pair for pair in parts.query.split("&") if not MAIL.search(unquote(pair))]
    if parts.query:
        url = parts._replace(query="&".join(kept)).geturl()
    refused = " " in parts.netloc or len(url) > LONGEST or MAIL.search(unquote(url))
    return "" if refused else url.replace(" ", "%20")


def identity(url: str) -> str:
    """What names the link: without the scheme, without "www." and without the last slash."""
    parts = urlsplit(url)
    words = parts.netloc.removeprefix("www.") + parts.path.rstrip("/")
    return "".join((words, f"?{parts.query}" if parts.query else "", f"#{parts.fragment}" if parts.fragment else ""))


def is_view(words: str) -> bool:
    """Whether these words of a link lead to the message itself, on the web."""
    return len(words) <= 120 and bool(BROWSER.search(words.lower()))


def is_junk(url: str, words: str, sender: str) -> bool:
    """Whether the link is about the newsletter and no call: unsubscribing, imprint, networks, the sender's home."""
    parts, said = urlsplit(url), words.lower().strip(" .:»›>→|")
    host, domain = (parts.hostname or "").removeprefix("www."), sender.rpartition("@")[2]
    home = not parts.path.strip("/") and not parts.query and bool(domain)
    return (
        SOCIAL.search(host) is not None
        or (len(said) <= 120 and SELF.search(said) is not None)
        or LEGAL.fullmatch(said) is not None
        or is_view(said)
        or SELF_PATH.search(unquote(parts.path).lower()) is not None
        or (home and (f".{host}".endswith(f".{domain}") or f".{domain}".endswith(f".{host}")))
    )


def is_telling(words: str) -> bool:
    """Whether the words of a link say where it leads."""
    return len(words) > 3 and BARE.fullmatch(words) is None


def _unwrapped(href: str) -> str:
    """Where a link really leads that Outlook has put before its own gate, the reader's address in its tail."""
    try:
        parts = urlsplit(href.strip())
        host = parts.hostname or ""
    except ValueError:
        return href
    if not host.endswith("safelinks.protection.outlook.com"):
        return href
    return next(iter(parse_qs(parts.query).get("url", [])), "")
