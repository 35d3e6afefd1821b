"""Measure how often the rules are right, on labelled statements (see benchmarks/accuracy.py)."""
