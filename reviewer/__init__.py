"""Review OKRs the way a good coach would: rules first, sources shown, nothing invented."""

from reviewer.engine import review
from reviewer.errors import ReviewerError
from reviewer.okr import Context, Finding, Okr, Review

__all__ = ["Context", "Finding", "Okr", "Review", "ReviewerError", "review"]
__version__ = "0.1.0"
