"""`CITATION.cff` 1.2.0: how to cite a release."""

import json
from pathlib import Path

from unbitext.release.manifest import Manifest

TITLE = "unbitext: United Nations documents, sentence-aligned"


def citation_text(manifest: Manifest) -> str:
    """The file's text. Values are written as JSON strings, which YAML reads."""
    lines = [
        "cff-version: 1.2.0",
        'message: "If you use this corpus, please cite it, and the United Nations as the source of the documents."',
        "type: dataset",
        f"title: {json.dumps(TITLE)}",
        f"version: {json.dumps(manifest.version)}",
        *([f'date-released: "{manifest.date.isoformat()}"'] if manifest.date is not None else []),
        "authors:",
        '  - name: "The unbitext developers"',
        "keywords:",
        *(f"  - {json.dumps(word)}" for word in ("United Nations", "parallel corpus", "TEI", "Chinese", "English")),
        "identifiers:",
        '  - description: "sha256 of tei/corpus.xml, which lists the digests of all TEI files"',
        "    type: other",
        f'    value: "sha256:{manifest.corpus_sha256}"',
        "references:",
        "  - type: generic",
        '    title: "Documents of the United Nations"',
        "    authors:",
        '      - name: "United Nations"',
    ]
    return "\n".join(lines) + "\n"


def write_citation(folder: Path, manifest: Manifest) -> None:
    """Write it into the folder of a release."""
    (folder / "CITATION.cff").write_text(citation_text(manifest), encoding="utf-8")
