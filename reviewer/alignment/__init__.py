"""Say whether an OKR leads up to what the company wants, and whether its key results speak of their objective."""

from reviewer.alignment.aligning import ALIGNED, align
from reviewer.alignment.relating import UNRELATED, relatedness

__all__ = ["ALIGNED", "UNRELATED", "align", "relatedness"]
