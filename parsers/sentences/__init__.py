"""Sentence splitting: one module a language."""
