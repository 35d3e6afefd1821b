"""Write a review as its public JSON."""

from __future__ import annotations

import json

from reviewer.okr import Review


def render_json(review: Review) -> str:
    """Write a review as indented JSON, accents as they are."""
    return json.dumps(review.model_dump(mode="json"), indent=2, ensure_ascii=False)
