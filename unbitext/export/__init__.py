"""The corpus in other formats, one writer a format (docs/releases.md)."""
