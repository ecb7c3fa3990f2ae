"""A copy of corpus, fetched files and corrections at any address that fsspec knows, and the way back."""
