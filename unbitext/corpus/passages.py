"""Paragraphs that stand for paragraphs: the links of a pair, grouped until no group shares a block with another."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from schemas.document import Kind
from schemas.rows import Passage, Segment
from unbitext.corpus.pairs import PairRows
from unbitext.corpus.places import Places

_Row = TypeVar("_Row", bound=Segment)


def passages(rows: PairRows) -> Iterator[Passage]:
    """Yield the passages of a pair, in the order of their first links. Each link is in exactly one."""
    segments = list(rows.segments())
    for group in groups(segments):
        first = group[0]
        number = first.order
        source, target = (tuple(dict.fromkeys(each)) for each in _blocks(group))
        speech = next((row for row in group if row.source_turn is not None), first)
        yield Passage.model_validate(
            {
                **{name: getattr(first, name) for name in _SHARED},
                **{name: getattr(speech, name) for name in _SPEECH},
                "id": f"{first.pair}.passage-{number}",
                "segments": tuple(row.id for row in group),
                "kinds": tuple(sorted({kind for row in group for kind in row.kinds}, key=list(Kind).index)),
                "source_blocks": source,
                "target_blocks": target,
                "source_numbers": _merged(row.source_numbers for row in group),
                "target_numbers": _merged(row.target_numbers for row in group),
                "source_pages": tuple(sorted({page for row in group for page in row.source_pages})),
                "target_pages": tuple(sorted({page for row in group for page in row.target_pages})),
                "source_text": _text(rows.source, source),
                "target_text": _text(rows.target, target),
                "score": _score(group),
                "findings": _merged(row.findings for row in group),
            }
        )


_SHARED = (
    "symbol", "symbols", "body", "genre", "session", "agenda_items", "date", "original_language", "pair",
    "source_document", "target_document", "source_language", "target_language",
)  # fmt: skip
_SPEECH = (
    "source_turn", "target_turn", "source_speaker", "target_speaker", "role", "state", "spoken_language",
)  # fmt: skip


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


def _blocks(group: Sequence[Segment]) -> tuple[list[str], list[str]]:
    return [each for row in group for each in row.source_blocks], [each for row in group for each in row.target_blocks]


def _merged(parts: Iterator[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for part in parts for each in part))


def _text(places: Places, blocks: Sequence[str]) -> str:
    # In reading order, whatever the order of the links.
    wanted = set(blocks)
    return "\n".join(block.text for name, block in places.blocks.items() if name in wanted)


def _score(group: Sequence[Segment]) -> float | None:
    weighed = [(row.score, len(row.source_text)) for row in group if row.source_ids and row.target_ids]
    total = sum(weight for _, weight in weighed)
    return round(sum(score * weight for score, weight in weighed) / total, 6) if total else None
