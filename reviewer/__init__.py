"""Review OKRs the way a good coach would: rules first, sources shown, nothing invented."""

from reviewer.drafting import draft
from reviewer.engine import review
from reviewer.errors import ReviewerError
from reviewer.gateway import Critic
from reviewer.okr import Context, Draft, Finding, Okr, Review
from reviewer.quarter import QuarterReview
from reviewer.quarterly import review_quarter

__all__ = [
    "Context",
    "Critic",
    "Draft",
    "Finding",
    "Okr",
    "QuarterReview",
    "Review",
    "ReviewerError",
    "draft",
    "review",
    "review_quarter",
]
__version__ = "0.1.0"
