"""Sentence splitting: one module a language."""

from parsers.sentences.split import split_sentences

__all__ = ["split_sentences"]
