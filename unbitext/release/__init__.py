"""A versioned, checked release of a corpus in every format (docs/releases.md)."""
