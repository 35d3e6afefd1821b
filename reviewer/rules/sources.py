"""The authorities that rules cite; what each says stands in our words."""

from __future__ import annotations

from reviewer.okr import Source

_ARTICLE = "OKR : définition, fonctionnement et exemples pour un Product Marketing Manager (article de référence)"


def article(says: str) -> Source:
    """Cite the French article for Product Marketing Managers on which the method rests."""
    return Source(name=_ARTICLE, says=says)


def doerr(says: str) -> Source:
    """Cite John Doerr, Measure What Matters."""
    return Source(name="John Doerr, Measure What Matters (2018)", says=says)


def wodtke(says: str) -> Source:
    """Cite Christina Wodtke, Radical Focus."""
    return Source(name="Christina Wodtke, Radical Focus (2nd ed., 2021)", says=says)


def grove(says: str) -> Source:
    """Cite Andrew S. Grove, High Output Management."""
    return Source(name="Andrew S. Grove, High Output Management (1983)", says=says)


def google(says: str) -> Source:
    """Cite Google's public guide to setting goals with OKRs."""
    return Source(name="Google re:Work, Guide: Set goals with OKRs", says=says)


def ries(says: str) -> Source:
    """Cite Eric Ries, The Lean Startup, on vanity metrics."""
    return Source(name="Eric Ries, The Lean Startup (2011)", says=says)


def goodhart(says: str) -> Source:
    """Cite Goodhart's law as Marilyn Strathern worded it."""
    return Source(name="Goodhart's law, after Marilyn Strathern, “Improving ratings” (1997)", says=says)
