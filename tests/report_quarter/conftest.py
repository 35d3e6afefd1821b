"""Quarters to report on: their OKRs reviewed by the rules, what is across them built by hand."""

from __future__ import annotations

import pytest
from quarter_samples import ENGLISH, ENGLISH_GOALS, FRENCH, FRENCH_GOALS, quarter_of

from reviewer.quarter import QuarterReview


@pytest.fixture(scope="session")
def french_quarter() -> QuarterReview:
    """Three teams of a French company, one row that could not be read."""
    return quarter_of(FRENCH, FRENCH_GOALS, "fr")


@pytest.fixture(scope="session")
def english_quarter() -> QuarterReview:
    """Two teams of an English-speaking company."""
    return quarter_of(ENGLISH, ENGLISH_GOALS, "en")
