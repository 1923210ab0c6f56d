"""German programmes: of the federation, its banks and agencies, and of the Länder. Pure."""

from __future__ import annotations

from tracker.match.programmes.rule import Rule

GERMANY: tuple[Rule, ...] = ()
