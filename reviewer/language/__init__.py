"""Understand statements: what their words mean, as facts."""
