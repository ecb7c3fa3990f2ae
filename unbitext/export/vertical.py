"""Vertical text for corpus query engines (CWB, NoSketch Engine): one token a line, structures as tags.

For each language pair two files, `zh-en/zh.vert` and `zh-en/en.vert`. In both, a `<doc>` is a document and an `<align>`
a row: the n-th of one file stands for the n-th of the other, so that no mapping is needed. A line is a token and its
kind (`han`, `word`, `number`, `mark`); each Han character is a token, and `<g/>` says that no space stands between two.
"""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from xml.sax.saxutils import escape

from unbitext.export.files import TextFiles
from unbitext.export.formats import Destination, Writer
from unbitext.export.records import PairRecord, ReadRow, Row, row_fields

DIFFERENCE = ""
FIELDS = row_fields(
    "symbol body genre session date order type kinds source_document target_document source_ids "
    "target_ids source_numbers target_numbers source_turn target_turn source_speaker target_speaker role "
    "state spoken_language source_pages target_pages score method findings split"
)

_TOKEN = re.compile(
    r"(?P<han>[\u3400-\u9fff\uf900-\ufaff〇\U00020000-\U0003ffff])"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<word>[^\W\d_\u3400-\u9fff\uf900-\ufaff〇\U00020000-\U0003ffff]+(?:['’-][^\W\d_\u3400-\u9fff\uf900-\ufaff〇\U00020000-\U0003ffff]+)*)"
    r"|(?P<mark>\S)"
)
_ATTRIBUTE = re.compile(r'id="([^"]*)"')


class FormatWriter(Writer):
    """Writes two files for each language pair."""

    def __init__(self, destination: Destination) -> None:
        super().__init__(destination)
        self._files = TextFiles(self.folder)

    def add_pair(self, pair: PairRecord) -> None:
        """Write its rows."""
        folder = "-".join(pair.languages)
        for side, language in zip(("source", "target"), pair.languages, strict=True):
            lines = [_document(pair.rows[0], side)]
            for row in pair.rows:
                lines.append(_structure(row, side))
                lines.extend(_tokens(getattr(row, f"{side}_text")))
                lines.append("</align>\n")
            lines.append("</doc>\n")
            self._files.write(f"{folder}/{language}.vert", "".join(lines))

    def close(self) -> None:
        """Complete the files."""
        self._files.close()


def _document(row: Row, side: str) -> str:
    return _tag(
        "doc",
        id=getattr(row, f"{side}_document"),
        symbol=row.symbol,
        body=row.body,
        genre=row.genre.value,
        session=row.session,
        date=None if row.date is None else row.date.isoformat(),
        year=None if row.date is None else str(row.date.year),
        split=row.split,
    )


def _structure(row: Row, side: str) -> str:
    turn: int | None = getattr(row, f"{side}_turn")
    return _tag(
        "align",
        id=row.id,
        order=str(row.order),
        sentences=" ".join(getattr(row, f"{side}_ids")),
        type=row.type,
        kinds=" ".join(row.kinds),
        paragraph=" ".join(getattr(row, f"{side}_numbers")),
        turn=None if turn is None else str(turn),
        speaker=getattr(row, f"{side}_speaker"),
        role=row.role,
        state=row.state,
        spoken=row.spoken_language,
        pages=" ".join(map(str, getattr(row, f"{side}_pages"))),
        score=repr(row.score),
        method=row.method,
        findings=" ".join(row.findings),
    )


def _tag(name: str, **attributes: str | None) -> str:
    # Every attribute is written, empty or not: the engines declare them once for the whole corpus.
    entities = {'"': "&quot;", "\n": " "}
    written = " ".join(f'{key}="{escape(value or "", entities)}"' for key, value in attributes.items())
    return f"<{name} {written}>\n"


def _tokens(text: str) -> Iterator[str]:
    end = 0
    for match in _TOKEN.finditer(text):
        if 0 < end == match.start():
            yield "<g/>\n"
        yield f"{escape(match[0])}\t{match.lastgroup}\n"
        end = match.end()


def read_rows(folder: Path) -> Iterator[ReadRow]:
    """Read the rows back. Raises `ValueError` where the two files of a pair do not run in parallel."""
    for path in sorted(folder.glob("*-*")):
        sides = (_read_structures(path / f"{language}.vert") for language in path.name.split("-"))
        for (identifier, source), (other, target) in zip(*sides, strict=True):
            if identifier != other:
                raise ValueError(f"{path.name}: {identifier} faces {other}")
            yield ReadRow(id=identifier, source_text=source, target_text=target)


def _read_structures(path: Path) -> Iterator[tuple[str, str]]:
    identifier, parts = "", [""]
    with path.open(encoding="utf-8", newline="\n") as stream:
        for line in stream:
            if line.startswith("<align "):
                found = _ATTRIBUTE.search(line)
                identifier, parts = unescape(found[1] if found else ""), []
            elif line == "</align>\n":
                yield identifier, "".join(parts).strip()
            elif line == "<g/>\n":
                parts.pop()
            elif not line.startswith("<"):
                parts.extend((unescape(line.partition("\t")[0]), " "))
