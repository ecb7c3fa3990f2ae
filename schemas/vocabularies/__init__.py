"""Data files: states, bodies, genres, languages, finding codes. Read with importlib.resources."""
