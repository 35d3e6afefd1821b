"""Hold models against labelled statements, beside the rules and together with them: to choose a model by evidence."""

from __future__ import annotations

from reviewer.evaluation.labelled import LabelledKeyResult, LabelledOkr, LabelledSetError, read_labelled, spread
from reviewer.evaluation.results import Evaluation
from reviewer.evaluation.running import evaluate

__all__ = ["Evaluation", "LabelledKeyResult", "LabelledOkr", "LabelledSetError", "evaluate", "read_labelled", "spread"]
