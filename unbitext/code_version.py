"""The version of the code as a hash of its sources: a result kept from other code is no result."""

import sys
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Protocol

_DEPENDENCIES = ("langdetect", "lxml", "pydantic")
"""Whose version can change what is computed here."""


@cache
def code_version(*packages: str) -> str:
    """Hash the files of these packages of the project, Python's version and that of the libraries that matter.

    64 hex digits. Compiled files do not count; vocabularies, grammars and other data files do.
    """
    total = sha256(f"{sys.version_info[:2]}".encode())
    for name in _DEPENDENCIES:
        total.update(f"{name} {version(name)}\n".encode())
    for package in sorted(packages):
        _add(total, files(package), package)
    return total.hexdigest()


class _Hash(Protocol):
    def update(self, data: bytes, /) -> None: ...


def _add(total: _Hash, node: Traversable, name: str) -> None:
    if node.is_dir():
        for child in sorted(node.iterdir(), key=lambda child: child.name):
            if child.name != "__pycache__":
                _add(total, child, f"{name}/{child.name}")
    else:
        data = node.read_bytes()
        total.update(f"{name} {len(data)}\n".encode() + data)
