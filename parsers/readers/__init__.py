"""Readers: one file format each, from bytes to pages of lines."""
