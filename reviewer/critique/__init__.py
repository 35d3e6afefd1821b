"""Add what a model sees to a review by rules: prompt, checked opinion, additions; the rules' facts stand."""

from reviewer.critique.criticising import criticise
from reviewer.critique.rewrites import accepts

__all__ = ["accepts", "criticise"]
