"""What reading a Word file accepted, left out or could not resolve, as findings."""

from collections.abc import Iterator

from parsers.readers.docx_source import Source
from schemas.findings import Finding

_COUNTED = (
    ("picture", "word-picture-left-out", "pictures and objects without text: {count}"),
    ("comment", "word-comment-left-out", "comments left out: {count}"),
    ("formula", "word-formula-flattened", "formulas set on one line: {count}"),
)
_DOUBTED = (
    ("symbol", "word-symbol-unknown", "characters of symbol fonts that are not known: {count}"),
    ("counted", "word-field-unresolved", "fields that count when printed, and whose numbers the file lacks: {count}"),
    ("field", "word-field-unresolved", "parts of the text in which a field does not end: {count}"),
    ("chunk", "word-part-left-out", "embedded documents left out: {count}"),
)


def findings(source: Source) -> list[Finding]:
    """The findings of one reading."""
    return list(_find(source))


def _find(source: Source) -> Iterator[Finding]:
    counts = source.left.counts
    if counts["inserted"] or counts["deleted"]:
        message = f"tracked changes accepted: {counts['inserted']} insertions, {counts['deleted']} deletions"
        yield Finding.info("word-changes-accepted", message)
    if counts["hidden"]:
        message = f"hidden text of {counts['hidden']} characters left out: {' / '.join(source.left.hidden)}"
        yield Finding.info("word-hidden-text", message)
    for key, code, message in _COUNTED:
        if counts[key]:
            yield Finding.info(code, message.format(count=counts[key]))
    for key, code, message in _DOUBTED:
        if counts[key]:
            yield Finding.warning(code, message.format(count=counts[key]))
    formats, lists = sorted(source.numbering.unknown_formats), sorted(source.numbering.unresolved)
    if formats:
        yield Finding.warning("word-number-unresolved", f"numbers written as digits, not as {', '.join(formats)}")
    if lists:
        yield Finding.warning("word-number-unresolved", f"lists that the file does not define: {', '.join(lists)}")
    for note in source.notes.missing:
        yield Finding.warning("note-missing", f"the file has no {note.replace(':', ' ')}")
