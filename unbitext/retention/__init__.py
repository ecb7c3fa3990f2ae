"""Removing former files by policy: what refers to which file, how long nothing has, and what goes."""
