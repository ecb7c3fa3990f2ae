"""The name that the TEI gives to what made it."""

from importlib.metadata import version

GENERATOR = f"unbitext {version('unbitext')}"
"""Program and version, as `unbitext 0.1.0`."""
