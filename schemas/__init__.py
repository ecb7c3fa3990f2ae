"""What things are: the data that every other package speaks in.

This package imports nothing of the project. All models are frozen and refuse unknown fields.
"""

SCHEMA_VERSION = "1"
