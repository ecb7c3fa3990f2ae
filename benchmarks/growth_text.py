"""Long parallel text made of few lines: repeated in another order each time, slightly changed, with known links."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

Lines = Sequence[tuple[str, str]]
Bead = tuple[tuple[int, ...], tuple[int, ...]]

_SEED = 1
_JOINED = 0.04
_LEFT_OUT = 0.01
_SHORTENED = 0.3
_DIGIT = re.compile(r"[0-9]")


@dataclass(frozen=True)
class GrownText:
    """Sentences of both sides, and the beads that they were made from."""

    source: list[str]
    target: list[str]
    beads: list[Bead]


def grown_text(lines: Lines, pairs: int, seed: int = _SEED) -> GrownText:
    """A text of so many sentence pairs; a longer one begins as a shorter one does.

    At each repetition the lines come in another order and their figures are others, the same on both sides. One pair in
    three lacks some words of either side, one in a hundred a whole side, and one in 25 shares a sentence with the next
    one on one side.
    """
    if not lines:
        raise ValueError("no lines to make text of")
    random = Random(seed)
    text = GrownText([], [], [])
    order: list[int] = []
    joined: int | None = None
    for number in range(pairs):
        repetition, place = divmod(number, len(lines))
        if place == 0:
            order = random.sample(range(len(lines)), len(lines))
        source, target = (_figures(side, repetition) for side in lines[order[place]])
        if random.random() < _SHORTENED:
            source, target = _shortened(source, "", random), _shortened(target, " ", random)
        if joined is not None:
            _join(text, source, target, joined)
            joined = None
            continue
        chance = random.random()
        sides = (
            (source,) if chance >= _LEFT_OUT / 2 else (),
            (target,) if not _LEFT_OUT / 2 <= chance < _LEFT_OUT else (),
        )
        s, t = (
            tuple(range(len(old), len(old) + len(new)))
            for old, new in zip((text.source, text.target), sides, strict=True)
        )
        text.source.extend(sides[0])
        text.target.extend(sides[1])
        text.beads.append((s, t))
        if s and t and random.random() < _JOINED and place + 1 < len(lines):
            joined = random.randrange(2)
    return text


def _figures(text: str, repetition: int) -> str:
    """Every digit moved on by the number of the repetition."""
    return _DIGIT.sub(lambda digit: str((int(digit[0]) + repetition) % 10), text) if repetition else text


def _shortened(text: str, space: str, random: Random) -> str:
    """One word in twelve left out (without spaces: one character)."""
    words = text.split(space) if space else list(text)
    return space.join(word for word in words if random.random() >= 1 / 12) or text


def _join(text: GrownText, source: str, target: str, side: int) -> None:
    """Add a pair of which one side belongs to the last sentence of that side."""
    s, t = text.beads[-1]
    if side:
        text.source.append(source)
        text.target[-1] += f" {target}"
        text.beads[-1] = (*s, s[-1] + 1), t
    else:
        text.source[-1] += source
        text.target.append(target)
        text.beads[-1] = s, (*t, t[-1] + 1)
