"""The manifest of a mirror as bytes: a head with a checksum, then one JSON object a file."""

from hashlib import sha256

from pydantic import ValidationError

from schemas.mirror import Manifest, ManifestHead, MirroredFile
from unbitext.mirror.errors import ManifestError


def manifest_bytes(manifest: Manifest) -> bytes:
    """Write a manifest; equal manifests give equal bytes."""
    body = b"".join(file.model_dump_json().encode() + b"\n" for file in manifest.files)
    head = ManifestHead(files=len(manifest.files), sha256=sha256(body).hexdigest())
    return head.model_dump_json().encode() + b"\n" + body


def read_manifest(data: bytes) -> Manifest:
    """Read a manifest. Raises `ManifestError` where it is damaged, or names a file outside the folders it is for."""
    first, _, body = data.partition(b"\n")
    try:
        head = ManifestHead.model_validate_json(first)
    except ValidationError as error:
        raise ManifestError(f"the mirror's manifest is not one that can be read: {_reason(error)}") from error
    if sha256(body).hexdigest() != head.sha256:
        raise ManifestError("the mirror's manifest is damaged: its bytes are not those that were written")
    try:
        return Manifest(files=tuple(MirroredFile.model_validate_json(line) for line in body.splitlines()))
    except ValidationError as error:
        raise ManifestError(f"the mirror's manifest is refused: {_reason(error)}") from error


def _reason(error: ValidationError) -> str:
    first = error.errors()[0]
    given = first["input"]
    return f"{given!r}: {first['msg']}" if isinstance(given, str) and len(given) < 500 else first["msg"]
