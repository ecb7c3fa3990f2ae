"""Bytes to documents: readers, genres, sentences. No network, no Prefect."""
