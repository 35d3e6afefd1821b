"""Look at a quarter's OKRs together: duplicates, conflicts, coverage, what the last quarter said, what an earlier review found."""

from reviewer.relations.relations import Relations, statement_texts
from reviewer.relations.since import compare, only_new
from reviewer.relations.whole import Whole

__all__ = ["Relations", "Whole", "compare", "only_new", "statement_texts"]
