"""What a mirror holds: its manifest, one entry a file."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from schemas.base import Model

PARTS = ("corpus", "fetched", "kept", "corrections")
"""The first component of every path: the folder on this machine that the file belongs to."""


def _inside(path: str) -> str:
    """Refuse a path that could lead out of the folders it is restored to; what comes from a mirror is not trusted."""
    components = path.split("/")
    if len(components) < 2 or components[0] not in PARTS:
        raise ValueError(f"a path begins with one of {', '.join(PARTS)}")
    if any(one in ("", ".", "..") or any(ord(letter) < 32 for letter in one) for one in components):
        raise ValueError("a path must not leave its folder")
    return path


Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class MirroredFile(Model):
    """A file: its path with `/`, beginning with a part, and its bytes as sha256 and size."""

    path: Annotated[str, AfterValidator(_inside)]
    sha256: Digest
    size_bytes: int = Field(ge=0)


class ManifestHead(Model):
    """The first line of a manifest; `sha256` is that of all that follows it."""

    version: int = Field(default=1, ge=1, le=1)
    files: int = Field(ge=0)
    sha256: Digest


class Manifest(Model):
    """Every file of a mirror, in the order of their paths."""

    files: tuple[MirroredFile, ...] = ()

    @model_validator(mode="after")
    def _is_a_tree(self) -> Self:
        """Refuse two files of one path, and a file where another one has a folder."""
        paths = {file.path for file in self.files}
        if len(paths) < len(self.files):
            raise ValueError("two files have one path")
        for path in paths:
            folder = path
            while "/" in folder:
                folder = folder.rpartition("/")[0]
                if folder in paths:
                    raise ValueError(f"{folder} is a file and a folder")
        return self
