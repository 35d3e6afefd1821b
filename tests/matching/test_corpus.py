"""The corpus reads a user's examples, says what is wrong in them, and keeps its vectors without ever depending on that."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reviewer.corpus import CorpusError, cache_folder, encode_corpus, load_corpus, wording
from reviewer.encoder import Encoder

MINE = """\
[[okr]]
id = "ours-1"
work = "retention"
objective = "Les éleveurs ne jurent que par notre suivi de troupeau"
key_results = ["Porter le taux de renouvellement des éleveurs de 71 % à 84 %", "NPS des éleveurs : de 12 à 30"]
"""


def write(folder: Path, text: str, name: str = "mine.toml") -> Path:
    """Write a file of examples."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_package_brings_examples_in_both_languages_and_pairs_for_the_rules() -> None:
    corpus = load_corpus()
    assert {okr.language for okr in corpus.okrs} == {"fr", "en"}
    assert len(corpus.okrs) >= 120 and sum(len(okr.key_results) for okr in corpus.okrs) >= 400 and len(corpus.pairs) >= 80
    assert load_corpus() is corpus


def test_a_users_examples_are_added_in_the_language_of_their_words(tmp_path: Path) -> None:
    corpus = load_corpus(write(tmp_path, MINE))
    assert corpus.okrs[-1].id == "ours-1" and corpus.okrs[-1].language == "fr"
    assert corpus.okrs[-1].metrics == (frozenset({"renewal-rate"}), frozenset({"nps"}))
    assert len(corpus.okrs) == len(load_corpus().okrs) + 1


def test_the_name_of_the_file_may_tell_the_language(tmp_path: Path) -> None:
    assert load_corpus(write(tmp_path, MINE, "mine.en.toml")).okrs[-1].language == "en"


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    import os

    path = write(tmp_path, MINE)
    load_corpus(path)
    write(tmp_path, MINE.replace("ours-1", "ours-2"))
    os.utime(path, ns=(1, 1))
    assert load_corpus(path).okrs[-1].id == "ours-2"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[okr]\n", "is not valid TOML"),
        ("", "holds no example"),
        (MINE.replace("objective", "objectif"), "okr 1 (ours-1), key 'objectif': not known (did you mean 'objective'?)"),
        (MINE.replace('objective = "Les', '# "Les'), "okr 1 (ours-1), key 'objective': must be a text, it is missing"),
        (MINE.replace("key_results = [", "key_results = 3 # ["), "okr 1 (ours-1), key 'key_results': must be a list of texts, got 3"),
        (MINE.replace('id = "ours-1"', ""), "okr 1, key 'id': must be a text, it is missing"),
        (MINE + 'language = "de"\n', "okr 1 (ours-1), key 'language': must be one of fr, en, got 'de'"),
        (MINE + MINE, "okr 2, key 'id': 'ours-1' is taken by another example"),
        (MINE.replace("ours-1", "fr-launch-01"), "okr 1, key 'id': 'fr-launch-01' is taken by another example"),
        (MINE.replace("[[okr]]", "[okr]"), "[okr] must be written [[okr]]"),
        (MINE.replace("[[okr]]", "[[okrs]]"), "the table 'okrs' is not known here (did you mean 'okr'?)"),
        (
            '[[pair]]\nid = "p"\nrule = "kr-is-taks"\nweak = "a"\nstrong = "b"\n',
            "key 'rule': 'kr-is-taks' is no rule with examples (did you mean 'kr-is-task'?)",
        ),
        (
            '[[pair]]\nid = "p"\nrule = "kr-is-task"\nweak = "a"\nstrong = "b"\nmetric = "winrate"\n',
            "key 'metric': 'winrate' is not in the catalogue",
        ),
    ],
)
def test_a_wrong_file_is_refused_by_file_entry_and_key(tmp_path: Path, text: str, words: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(CorpusError) as refusal:
        load_corpus(path)
    assert str(path) in str(refusal.value) and words in str(refusal.value)


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"nowhere\.toml cannot be read: No such file"):
        load_corpus(tmp_path / "nowhere.toml")
    (tmp_path / "latin.toml").write_bytes(b"# \xe9t\xe9")
    with pytest.raises(CorpusError, match="is not UTF-8 text"):
        load_corpus(tmp_path / "latin.toml")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Porter le win rate face à Volquen de 31 % à 38 % d'ici fin T3", "Porter le win rate face à Volquen"),
        ("Cut early churn from 12% to 6% by the end of Q2", "Cut early churn"),
        ("NPS ≥ 40 (26 mesuré en bêta)", "NPS mesuré en bêta"),
        ("Créer 3 battlecards", "Créer battlecards"),
        ("40 %", "40 %"),
    ],
)
def test_wording_is_what_a_key_result_is_about(text: str, words: str) -> None:
    assert wording(text) == words


class Counting:
    """Count the texts that reach the model."""

    revision = "1"

    def __init__(self, encoder: Encoder, name: str) -> None:
        self.encoder, self.name, self.asked = encoder, name, 0

    def encode(self, texts):  # type: ignore[no-untyped-def]
        """Give one row per text."""
        self.asked += len(texts)
        return self.encoder.encode(texts)


def test_vectors_of_the_corpus_are_kept_per_text_and_model(encoder: Encoder) -> None:
    one, other = Counting(encoder, "one"), Counting(encoder, "other")
    first = encode_corpus(one, ["a", "b", "a"])
    again = encode_corpus(one, ["b", "c", "a"])
    assert one.asked == 3 and (first[0] == again[2]).all() and (first[1] == again[0]).all()
    encode_corpus(other, ["a"])
    assert other.asked == 1


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 cut short"])
def test_a_corrupt_cache_is_only_slower(encoder: Encoder, content: bytes) -> None:
    counting = Counting(encoder, "corrupt")
    encode_corpus(counting, ["a", "b"])
    (kept,) = [path for path in cache_folder().iterdir() if _holds(path, counting)]
    kept.write_bytes(content)
    rows = encode_corpus(counting, ["a", "b"])
    assert (rows == encoder.encode(["a", "b"])).all()
    assert encode_corpus(counting, ["a"]).shape == (1, 512)


def _holds(path: Path, encoder: Counting) -> bool:
    from reviewer.corpus.vectors import _path

    return path == _path(encoder)


def test_rows_of_another_width_under_the_same_name_are_made_again(encoder: Encoder) -> None:
    class Short(Counting):
        def encode(self, texts):  # type: ignore[no-untyped-def]
            return self.encoder.encode(texts)[:, :8]

    encode_corpus(Short(encoder, "width"), ["a", "b"])
    assert encode_corpus(Counting(encoder, "width"), ["a", "b", "c"]).shape == (3, 512)


def test_a_cache_that_cannot_be_written_is_no_error(encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocker))
    assert np.allclose(encode_corpus(Counting(encoder, "nowhere"), ["a"]), encoder.encode(["a"]))
