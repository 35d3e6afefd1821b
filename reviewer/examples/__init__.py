"""Show how others said it well: the examples nearest to a draft."""

from reviewer.examples.matching import draft_texts, match, match_weak, weaknesses

__all__ = ["draft_texts", "match", "match_weak", "weaknesses"]
