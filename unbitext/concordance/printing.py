"""Hits for a person to read: where each stands, then both languages, with the term and its counterpart marked."""

from collections.abc import Iterator, Sequence

from schemas.base import Model
from schemas.rows import Segment, SentenceRow
from unbitext.concordance.search import Hit, Line
from unbitext.concordance.term import Span


class Marks(Model):
    """What is written before and after the term, and before and after what is guessed to be its counterpart."""

    term: tuple[str, str]
    guess: tuple[str, str]


PLAIN = Marks(term=("**", "**"), guess=("[", "]"))
TERMINAL = Marks(term=("\x1b[1m", "\x1b[0m"), guess=("\x1b[4m", "\x1b[0m"))
"""Bold, and underlined."""


def hit_lines(hit: Hit, marks: Marks) -> Iterator[str]:
    """Yield the lines of a hit, without line breaks: its place, and a line for each language; context beside it."""
    row = hit.row
    yield "  ".join(_place(row))
    for one in hit.before:
        yield from _texts(one, " ")
    if isinstance(row, Segment):
        yield _line(">", row.source_language, _marked(row.source_text, hit.source_spans, hit.source_guesses, marks))
        yield _line(">", row.target_language, _marked(row.target_text, hit.target_spans, hit.target_guesses, marks))
    else:
        yield _line(">", row.language, _marked(row.text, hit.source_spans, (), marks))
    for one in hit.after:
        yield from _texts(one, " ")


def _texts(row: Line, sign: str) -> Iterator[str]:
    if isinstance(row, Segment):
        yield _line(sign, row.source_language, row.source_text)
        yield _line(sign, row.target_language, row.target_text)
    else:
        yield _line(sign, row.language, row.text)


def _line(sign: str, language: str | None, text: str) -> str:
    return f"{sign} {language or '?':<2}  {text or '(nothing)'}"


def _marked(text: str, spans: Sequence[Span], guesses: Sequence[Span], marks: Marks) -> str:
    parts: list[str] = []
    end = 0
    both = [(span, marks.term) for span in spans] + [(span, marks.guess) for span in guesses]
    for (start, stop), (before, after) in sorted(both):
        parts += [text[end:start], before, text[start:stop], after]
        end = stop
    return "".join([*parts, text[end:]])


def _place(row: Line) -> Iterator[str]:
    """Symbol, paragraph, speech, page, and the id that `unbitext show` takes; of both sides where they differ."""
    yield row.symbol or "(no symbol)"
    if isinstance(row, SentenceRow):
        if row.number is not None:
            yield f"para. {row.number}"
        if row.turn is not None:
            yield f"speech {row.turn}: {_speaker(row.speaker, row.affiliation)}"
        if row.page is not None:
            yield f"p. {row.page}"
        yield f"{row.document}.{row.id}"
        return
    if numbers := _both(", ".join(row.source_numbers), ", ".join(row.target_numbers)):
        yield f"para. {numbers}"
    if turns := _both(_number(row.source_turn), _number(row.target_turn)):
        speakers = _both(
            _speaker(row.source_speaker, row.source_affiliation), _speaker(row.target_speaker, row.target_affiliation)
        )
        yield f"speech {turns}: {speakers}"
    if pages := _both(_pages(row.source_pages), _pages(row.target_pages)):
        yield f"p. {pages}"
    side, ids = (
        (row.source_document, row.source_ids) if row.source_ids else (row.target_document, row.target_ids)
    )  # fmt: skip
    yield f"{side}.{ids[0]}"


def _both(source: str, target: str) -> str:
    return source if source == target else " / ".join(each for each in (source, target) if each)


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _speaker(name: str | None, affiliation: str | None) -> str:
    return (name or "") if affiliation is None else f"{name} ({affiliation})"


def _pages(pages: Sequence[int]) -> str:
    return "" if not pages else str(pages[0]) if len(pages) == 1 else f"{pages[0]}-{pages[-1]}"
