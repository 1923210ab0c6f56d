"""What the team's tags teach: lessons for ranking, and rules that their reasons suggest. Pure."""

from tracker.match.lessons.apart import apart
from tracker.match.lessons.applying import adjusted
from tracker.match.lessons.keys import family, surfaces
from tracker.match.lessons.labels import label_of
from tracker.match.lessons.learning import Lessons, learn
from tracker.match.lessons.meaning import Tagged, is_relevant, target, worth
from tracker.match.lessons.rules import HidingRule, Preview, flat, known, meets, preview, proposed

__all__ = [
    "HidingRule",
    "Lessons",
    "Preview",
    "Tagged",
    "adjusted",
    "apart",
    "family",
    "flat",
    "is_relevant",
    "known",
    "label_of",
    "learn",
    "meets",
    "preview",
    "proposed",
    "surfaces",
    "target",
    "worth",
]
