"""What the team's tags teach: lessons for ranking, rules that their reasons suggest, and whether it helps. Pure."""

from tracker.match.lessons.applying import adjusted
from tracker.match.lessons.figures import BeforeAndAfter, before_and_after
from tracker.match.lessons.keys import surfaces
from tracker.match.lessons.labels import label_of
from tracker.match.lessons.learning import Lessons, learn
from tracker.match.lessons.meaning import Tagged, is_relevant
from tracker.match.lessons.rules import HidingRule, Preview, flat, known, meets, preview, proposed

__all__ = [
    "BeforeAndAfter",
    "HidingRule",
    "Lessons",
    "Preview",
    "Tagged",
    "adjusted",
    "before_and_after",
    "flat",
    "is_relevant",
    "known",
    "label_of",
    "learn",
    "meets",
    "preview",
    "proposed",
    "surfaces",
]
