"""How often `unbitext find` marks the right counterpart: names and terms whose translations are known.

    python -m benchmarks.counterparts SHARED

Learns a lexicon from three quarters of the sentence pairs in `unpc/` of SHARED and looks in the last quarter for pairs
of terms - the United Nations' names of States, from the vocabulary, and some terms of its work - that stand once on
either side. Prints, for each direction, how many there are and the shares of those where what is marked meets the known
counterpart, is exactly it, where nothing is marked, and where something else is.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.tables import Row, figure, plain_table
from schemas.states import states
from unbitext.align.lexicon import Lexicon, learn_lexicon
from unbitext.concordance.counterpart import Translations, counterpart
from unbitext.concordance.term import Span, Term

HEAD = ("looked up in", "terms", "right", "exact", "nothing", "wrong")
TERMS = (
    ("裁军", "disarmament"), ("人权", "human rights"), ("可持续发展", "sustainable development"),
    ("安全理事会", "Security Council"), ("大会", "General Assembly"), ("秘书长", "Secretary-General"),
    ("妇女", "women"), ("儿童", "children"), ("决议", "resolution"), ("委员会", "Committee"),
    ("恐怖主义", "terrorism"), ("维持和平", "peacekeeping"), ("气候变化", "climate change"),
    ("核武器", "nuclear weapons"), ("国际法", "international law"), ("难民", "refugees"), ("预算", "budget"),
    ("教育", "education"),
    ("发展中国家", "developing countries"), ("非政府组织", "non-governmental organizations"),
)  # fmt: skip

Line = tuple[str, str]


def known_pairs() -> list[tuple[Term, Term]]:
    """Terms in Chinese and in English that stand for one another."""
    named = [(state.zh[0], state.en[0]) for state in states().values() if state.zh and state.en]
    return [(Term(chinese), Term(english)) for chinese, english in (*named, *TERMS)]


def places(lines: Sequence[Line]) -> Iterator[tuple[Line, Span, Span]]:
    """Lines in which both of a pair stand once, and where."""
    for chinese, english in known_pairs():
        for line in lines:
            ours = chinese.spans(line[0])
            theirs = english.spans(line[1]) if len(ours) == 1 else []
            if len(theirs) == 1:
                yield line, ours[0], theirs[0]


def judged(lines: Sequence[Line], lexicon: Lexicon, way: int) -> Row:
    """The line of the table for terms looked up in Chinese (0) or in English (1)."""
    known = Translations([lexicon if way == 0 else lexicon.turned()])
    counts = dict.fromkeys(("right", "exact", "nothing", "wrong"), 0)
    total = 0
    for line, *spans in places(lines):
        text, other = line[way], line[1 - way]
        expected = spans[1 - way]
        marked = counterpart(text, [spans[way]], other, known)
        met = any(start < expected[1] and end > expected[0] for start, end in marked)
        counts["right"] += met
        counts["exact"] += marked == [expected]
        counts["nothing"] += not marked
        counts["wrong"] += bool(marked) and not met
        total += 1
    return (("Chinese", "English")[way], str(total), *(figure(count / max(total, 1)) for count in counts.values()))


def table(shared: Path) -> list[Row]:
    """Learn from some lines, judge on the others."""
    sides = [
        (shared / "unpc" / f"UNv1.0.devset.{code}").read_text(encoding="utf-8").split("\n") for code in ("zh", "en")
    ]
    lines = list(zip(*sides, strict=True))
    kept = len(lines) * 3 // 4
    lexicon = learn_lexicon(lines[:kept], languages=("zh", "en"))
    return [judged(lines[kept:], lexicon, way) for way in (0, 1)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    print(plain_table(HEAD, table(parser.parse_args().shared)))


if __name__ == "__main__":
    main()
