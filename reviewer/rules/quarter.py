"""Gather the rules on a quarter's OKRs together: what no OKR shows by itself.

They look at facts found across OKRs (`reviewer.rules.quarter_view`), whoever keeps them: no database, no vectors, no network.
"""

from __future__ import annotations

from typing import Final

from reviewer.rules.quarter_rule import QuarterProblem, QuarterRule
from reviewer.rules.quarter_teams import quarter_individual, quarter_no_check_in, quarter_objective_count, quarter_too_many_kpis
from reviewer.rules.quarter_ties import (
    quarter_carried_over,
    quarter_conflict,
    quarter_copied_down,
    quarter_duplicate,
    quarter_goal_uncovered,
)

QUARTER_RULES: Final[tuple[QuarterRule, ...]] = (
    quarter_objective_count,
    quarter_duplicate,
    quarter_conflict,
    quarter_goal_uncovered,
    quarter_copied_down,
    quarter_individual,
    quarter_too_many_kpis,
    quarter_no_check_in,
    quarter_carried_over,
)
"""The rules on a quarter's OKRs together, in the order they are reported."""

__all__ = ["QUARTER_RULES", "QuarterProblem", "QuarterRule"]
