"""Load the example OKRs and the weak-to-strong pairs, a user's own too, and keep their vectors on disk."""

from reviewer.corpus.example import Corpus, ExampleOkr, ExamplePair, name_measures, wording
from reviewer.corpus.loading import CorpusError, load_corpus
from reviewer.corpus.vectors import encode_corpus
from reviewer.data import cache_folder

__all__ = ["Corpus", "CorpusError", "ExampleOkr", "ExamplePair", "cache_folder", "encode_corpus", "load_corpus", "name_measures", "wording"]
