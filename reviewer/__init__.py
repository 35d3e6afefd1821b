"""Review OKRs the way a good coach would: rules first, sources shown, nothing invented."""

from reviewer.drafting import draft
from reviewer.engine import review
from reviewer.errors import ReviewerError
from reviewer.gateway import Critic
from reviewer.okr import Context, Draft, Finding, Okr, Review

__all__ = ["Context", "Critic", "Draft", "Finding", "Okr", "Review", "ReviewerError", "draft", "review"]
__version__ = "0.1.0"
