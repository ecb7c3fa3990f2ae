"""Test sets for machine translation, drawn from a corpus by documents, as sacrebleu reads them (docs/testsets.md)."""
