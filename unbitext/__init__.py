"""Documents to corpus: pairing, alignment, TEI, validation, the store."""
