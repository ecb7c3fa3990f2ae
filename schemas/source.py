"""Where a document came from."""

from datetime import datetime

from schemas.base import Model


class SourceFile(Model):
    """One file as received: `sha256` is that of its bytes, `pages` the count where the format has pages.

    `file` is the name without folders; `url` and `retrieved_at` are null for local files. `replaces` holds the sha256
    of the files that were the document's before, the oldest first.
    """

    file: str
    sha256: str
    media_type: str
    pages: int | None = None
    url: str | None = None
    retrieved_at: datetime | None = None
    replaces: tuple[str, ...] = ()
