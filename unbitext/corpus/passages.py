"""Paragraphs that stand for paragraphs: the links of a pair, grouped until no group shares a block with another."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from schemas.document import Kind
from schemas.rows import PairFields, Passage, Segment
from unbitext.corpus.pairs import PairRows
from unbitext.corpus.places import separator

_Row = TypeVar("_Row", bound=Segment)


def passages(rows: PairRows) -> Iterator[Passage]:
    """Yield the passages of a pair, in the order of their first links. Each link is in exactly one."""
    for group in groups(list(rows.segments())):
        yield joined(group, group[0].order)


def joined(rows: Sequence[Segment], order: int) -> Passage:
    """Join links of one group, all of them or those that are exported; `order` is that of the group's first link."""
    first = rows[0]
    speech = next((row for row in rows if row.source_turn is not None), first)
    return Passage.model_validate(
        {
            **{name: getattr(first, name) for name in PairFields.model_fields},
            **{name: getattr(speech, name) for name in _SPEECH},
            **{name: _merged(getattr(row, name) for row in rows) for name in _MERGED},
            "id": f"{first.pair}.passage-{order}",
            "segments": tuple(row.id for row in rows),
            "kinds": tuple(sorted({kind for row in rows for kind in row.kinds}, key=list(Kind).index)),
            "source_pages": tuple(sorted({page for row in rows for page in row.source_pages})),
            "target_pages": tuple(sorted({page for row in rows for page in row.target_pages})),
            "source_text": _text(
                ((row.source_position, row.source_blocks, row.source_text) for row in rows), first.source_language
            ),
            "target_text": _text(
                ((row.target_position, row.target_blocks, row.target_text) for row in rows), first.target_language
            ),
            "score": _score(rows),
        }
    )


_SPEECH = (
    "source_turn", "target_turn", "source_speaker", "target_speaker", "role", "state", "spoken_language",
)  # fmt: skip


_MERGED = ("source_blocks", "target_blocks", "source_numbers", "target_numbers", "findings")


def groups(segments: Sequence[_Row]) -> list[list[_Row]]:
    """Join links that share a block on either side, directly or through others, however far apart they stand.

    Groups come in the order of their first links, links in a group as they were given.
    """
    parents = list(range(len(segments)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    seen: dict[tuple[str, str], int] = {}
    for index, row in enumerate(segments):
        for key in [("source", each) for each in row.source_blocks] + [("target", each) for each in row.target_blocks]:
            one, other = root(seen.setdefault(key, index)), root(index)
            parents[max(one, other)] = min(one, other)
    joined: dict[int, list[_Row]] = {}
    for index, row in enumerate(segments):
        joined.setdefault(root(index), []).append(row)
    return list(joined.values())


def _merged(parts: Iterator[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for part in parts for each in part))


def _text(parts: Iterable[tuple[int | None, tuple[str, ...], str]], language: str) -> str:
    """Join texts in reading order, whatever the order of the links; given are position, blocks and text of each."""
    joined = ""
    before: tuple[str, ...] = ()
    for _, blocks, text in sorted(((position or 0, blocks, text) for position, blocks, text in parts if blocks)):
        if joined:
            joined += separator(joined, text, language) if set(before) & set(blocks) else "\n"
        joined += text
        before = blocks
    return joined


def _score(group: Sequence[Segment]) -> float | None:
    weighed = [(row.score, len(row.source_text)) for row in group if row.source_ids and row.target_ids]
    total = sum(weight for _, weight in weighed)
    return round(sum(score * weight for score, weight in weighed) / total, 6) if total else None
