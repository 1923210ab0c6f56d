"""The words we speak: the values that travel between the steps. Imports nothing of ours.

Everything is frozen. A step that learns more makes a new value of another type.
Moments are aware datetimes in UTC; a deadline is a date in the zone of its source.
"""

from tracker.model.found import (
    Announced,
    Certainty,
    DeadlineKind,
    Finding,
    Login,
    Part,
    RawBudget,
    RawCall,
    RawDeadline,
    RawDocument,
    Request,
    Restart,
    Skipped,
    Supplement,
    Yielded,
)
from tracker.model.judged import (
    Evidence,
    Match,
    TopicMatch,
    Verdict,
)
from tracker.model.settings import (
    BY_HAND,
    City,
    Expectation,
    PartnerCity,
    Profile,
    Reader,
    Schedule,
    Source,
    Thresholds,
    Topic,
)
from tracker.model.understood import (
    Budget,
    Call,
    Change,
    ChangeKind,
    Deadline,
    Money,
    Status,
)

__all__ = [
    "BY_HAND",
    "Announced",
    "Budget",
    "Call",
    "Certainty",
    "Change",
    "ChangeKind",
    "City",
    "Deadline",
    "DeadlineKind",
    "Evidence",
    "Expectation",
    "Finding",
    "Login",
    "Match",
    "Money",
    "Part",
    "PartnerCity",
    "Profile",
    "RawBudget",
    "RawCall",
    "RawDeadline",
    "RawDocument",
    "Reader",
    "Request",
    "Restart",
    "Schedule",
    "Skipped",
    "Source",
    "Status",
    "Supplement",
    "Thresholds",
    "Topic",
    "TopicMatch",
    "Verdict",
    "Yielded",
]
