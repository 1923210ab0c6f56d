"""The only package that knows how sources.yaml, profile.yaml and the environment are written. Files become values.

Importing it is cheap: the YAML parser and the validation are loaded when a file is read.
"""

from tracker.config.environment import ENVIRONMENT, Settings, settings
from tracker.config.fields import interval
from tracker.config.home import find_home, init, packaged
from tracker.config.loading import check, load_profile, load_sources
from tracker.config.problem import Problem
from tracker.config.reading import read_pages
from tracker.config.writing import append_source, entry_text, expect_lines

__all__ = [
    "ENVIRONMENT",
    "Problem",
    "Settings",
    "append_source",
    "check",
    "entry_text",
    "expect_lines",
    "find_home",
    "init",
    "interval",
    "load_profile",
    "load_sources",
    "packaged",
    "read_pages",
    "settings",
]
