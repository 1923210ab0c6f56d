"""The only module that knows jinja2: texts in, subject, plain text and HTML out.

Templates of one name stand together in `templates/email/`: digest.subject, digest.txt, digest.html.
"""

from __future__ import annotations

import re
import textwrap
from functools import cache
from pathlib import Path

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from tracker.errors import ConfigError
from tracker.render.catalog import catalog
from tracker.render.view import DigestView

COLUMNS = 78  # RFC 5322 asks for it, and quoting a mail adds two
LABEL = 10  # the width of the labels of a card
INLINER = css_inline.CSSInliner(
    keep_style_tags=False, keep_at_rules=True, minify_css=True, load_remote_stylesheets=False
)
# A class that no @media rule names is dead weight once its styles stand in the tag. In text "<" is escaped.
CLASS = re.compile(r'(<[a-z][a-z0-9]*) class="(?!(?:in|l|d|v|v n|card|card ruled)")[a-z ]+"')
SECTION = "\f"  # no scraped text holds one; becomes the second empty line before a section
ACCENT = "#1d4f7c"  # on white 8.4 : 1


def subject(view: DigestView) -> str:
    """The subject, one line."""
    return " ".join(_template(view, "subject").split())


def plain(view: DigestView) -> str:
    """The plain text, at most 78 columns; only an address may be longer, alone on its line: it must not break."""
    text = re.sub(r"[ \t]+$", "", _template(view, "txt"), flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", text).replace(SECTION, "\n").strip() + "\n"


def page(view: DigestView) -> str:
    """The HTML with its styles inlined. Only rules that cannot be inlined (@media) stay in the head."""
    inlined = CLASS.sub(r"\1", INLINER.inline(_template(view, "html")))
    lines = (line.strip() for line in inlined.splitlines())
    return "\n".join(line for line in lines if line).replace("<!DOCTYPE html>", "<!doctype html>\n", 1) + "\n"


def _template(view: DigestView, kind: str) -> str:
    template = _environment(view.language).get_template(f"email/digest.{kind}")
    return template.render(digest=view, accent=ACCENT)


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_folder()),
        autoescape=select_autoescape(["html"], default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(catalog(language), newstyle=True)  # type: ignore[attr-defined] # by the extension
    environment.filters |= {"wrapped": wrapped, "labelled": labelled, "underlined": underlined}
    return environment


def _folder() -> Path:
    """In the wheel the templates lie inside the package, in a checkout beside it."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "_data" / "templates", package.parent / "templates"):
        if folder.is_dir():
            return folder
    raise ConfigError(f"the e-mail templates are missing: neither in {package} nor beside it")


# ---------------------------------------------------------------- filters of the plain text


def wrapped(text: str, indent: int = 0, first: str = "") -> str:
    """Lines of at most 78 columns, indented; `first` stands before the first line. Protected spaces hold."""
    return textwrap.fill(
        text,
        COLUMNS,
        initial_indent=first or " " * indent,
        subsequent_indent=" " * indent,
        break_on_hyphens=False,
    )


def labelled(text: str, label: str, indent: int = 4) -> str:
    """A fact behind its label, in two columns."""
    return wrapped(text, indent + LABEL, f"{' ' * indent}{label:<{LABEL - 1}} ")


def underlined(text: str) -> str:
    """A heading of the plain text."""
    return f"{SECTION}{text.upper()}\n{'=' * len(text.upper())}"
