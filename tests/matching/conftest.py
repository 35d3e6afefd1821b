"""Load the real model once; vectors of the corpus are cached in a folder of the test run, never in the user's home."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from reviewer.encoder import Encoder, load_encoder
from reviewer.okr import Finding, Language, Okr, ReviewedOkr
from reviewer.rules.trial import understood


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the folder that stands for the user's cache."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture(scope="session")
def encoder(cache: Path) -> Encoder:
    """Give the default model."""
    return load_encoder()


def read(language: Language, objective: str, *key_results: str, contributes_to: str | None = None) -> ReviewedOkr:
    """Understand an OKR."""
    return understood(Okr(objective=objective, key_results=key_results, contributes_to=contributes_to), language)


def finding(rule: str, key_result: int | None = 0, okr: int = 0, severity: str = "error") -> Finding:
    """Make a finding of which only rule, place and severity count."""
    return Finding.model_validate(
        dict(rule=rule, severity=severity, okr=okr, key_result=key_result, quote="", span=(0, 0), message="", why="", fix="")
    )


class Squeezed:
    """Give the cosines of another encoder squeezed into 0.8 to 1, as E5 models do; the order stays."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder, self.name, self.revision = encoder, "squeezed", "1"

    def encode(self, texts: Sequence[str]):  # type: ignore[no-untyped-def]
        """Give one row per text."""
        import numpy as np

        rows = self.encoder.encode(texts)
        return np.hstack([np.full((len(rows), 1), 0.8**0.5), rows * 0.2**0.5]).astype(np.float32)
