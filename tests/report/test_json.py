"""The JSON report is the public contract, readable by people."""

from __future__ import annotations

import json

from reviewer.okr import Review
from reviewer.report import render_json


def test_json_is_the_whole_review_and_reads_back(french: Review) -> None:
    written = render_json(french)
    assert json.loads(written) == french.model_dump(mode="json")
    assert Review.model_validate_json(written) == french


def test_json_is_indented_and_keeps_accents(french: Review) -> None:
    written = render_json(french)
    assert written.startswith('{\n  "schema_version"')
    assert "compétitifs" in written
