"""Bilingual lexicons: statistics of which terms stand for which, learned from parallel lines.

A lexicon holds no text, only counts. Its file is gzipped, tab-separated: `languages`, both codes, where they are known
(not in version 1 of the format); `total`, both numbers of all terms seen; `source` or `target`, a term, how often it
was seen; `pair`, two terms, how often the one stood for the other (expected).
"""

import gzip
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from unbitext.align.model_one import train
from unbitext.align.terms import words

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LEAST_JOINT = 0.3
"""Pairs expected less often than this are chance and are dropped."""

_FORMAT = "# unbitext lexicon 2"
_READ = frozenset({_FORMAT, "# unbitext lexicon 1"})

Languages = tuple[str, str]
"""Codes of the source's language and of the target's."""


class LexiconError(ValueError):
    """A file that is not a lexicon; the message names it."""


@dataclass(frozen=True)
class Lexicon:
    """`joint[k]` is how often `source_terms[source[k]]` stood for `target_terms[target[k]]`.

    `source_counts` and `target_counts` are how often each term was seen at all, `totals` how many terms were, on either
    side, those that stand in no pair included. `provenance` says what it was learned from and how. `languages` are None
    where nobody said which they are.
    """

    source_terms: tuple[str, ...]
    target_terms: tuple[str, ...]
    source: Ints
    target: Ints
    joint: Floats
    source_counts: Floats
    target_counts: Floats
    totals: tuple[float, float]
    provenance: tuple[str, ...] = field(default=())
    languages: Languages | None = None

    def __len__(self) -> int:
        return len(self.joint)

    @cached_property
    def signature(self) -> str:
        """The first twelve hex digits of the sha256 of what its file holds: what scores name it by."""
        return sha256(lexicon_text(self).encode("utf-8")).hexdigest()[:12]

    def fits(self, source_language: str | None, target_language: str | None) -> bool:
        """Whether it can be for these languages, in either direction; what is not known does not speak against it."""
        return self.languages is None or any(
            all(given in (None, own) for given, own in zip((source_language, target_language), way, strict=True))
            for way in (self.languages, self.languages[::-1])
        )

    def facing(
        self, languages: tuple[str | None, str | None], terms: tuple[Container[str], Container[str]]
    ) -> "Lexicon":
        """The lexicon in the direction of these languages; where some are not known, in the one that knows more terms.

        `terms` are those of the source and of the target. Raises `ValueError` where it is for other languages.
        """
        if not self.fits(*languages):
            raise ValueError(f"a lexicon for {self.languages}, not for {languages}")
        if self.languages is not None and None not in languages:
            return self if languages == self.languages else self.turned()
        sides = self.source_terms, self.target_terms
        straight, crossed = (
            sum(term in known for side, known in zip(sides, way, strict=True) for term in side)
            for way in (terms, terms[::-1])
        )
        return self.turned() if crossed > straight else self

    def turned(self) -> "Lexicon":
        """The same lexicon with source and target exchanged."""
        return Lexicon(
            source_terms=self.target_terms,
            target_terms=self.source_terms,
            source=self.target,
            target=self.source,
            joint=self.joint,
            source_counts=self.target_counts,
            target_counts=self.source_counts,
            totals=(self.totals[1], self.totals[0]),
            provenance=self.provenance,
            languages=self.languages and (self.languages[1], self.languages[0]),
        )

    def pruned(self) -> "Lexicon":
        """Leave out the terms that stand in no pair."""
        used_s = np.unique(self.source)
        used_t = np.unique(self.target)
        place_s = np.full(len(self.source_terms), -1, dtype=np.int64)
        place_t = np.full(len(self.target_terms), -1, dtype=np.int64)
        place_s[used_s] = np.arange(len(used_s))
        place_t[used_t] = np.arange(len(used_t))
        return Lexicon(
            source_terms=tuple(self.source_terms[i] for i in used_s),
            target_terms=tuple(self.target_terms[j] for j in used_t),
            source=place_s[self.source],
            target=place_t[self.target],
            joint=self.joint,
            source_counts=self.source_counts[used_s],
            target_counts=self.target_counts[used_t],
            totals=self.totals,
            provenance=self.provenance,
            languages=self.languages,
        )


def learn_lexicon(
    pairs: Iterable[tuple[str, str]],
    provenance: Sequence[str] = (),
    least_joint: float = LEAST_JOINT,
    languages: Languages | None = None,
) -> Lexicon:
    """Learn a lexicon from pairs of parallel sentences of any two languages."""
    terms = [(words(source), words(target)) for source, target in pairs]
    return learn_from_terms(terms, provenance, least_joint, languages)


def learn_from_terms(
    pairs: Sequence[tuple[Sequence[str], Sequence[str]]],
    provenance: Sequence[str] = (),
    least_joint: float = LEAST_JOINT,
    languages: Languages | None = None,
) -> Lexicon:
    """Learn a lexicon from pairs of sentences that are already terms."""
    source_places: dict[str, int] = {}
    target_places: dict[str, int] = {}
    source = [_numbers(terms, source_places) for terms, _ in pairs]
    target = [_numbers(terms, target_places) for _, terms in pairs]
    counts = train(source, target, max(len(source_places), 1), max(len(target_places), 1))
    kept = counts.joint > least_joint
    return Lexicon(
        source_terms=tuple(source_places),
        target_terms=tuple(target_places),
        source=counts.source[kept],
        target=counts.target[kept],
        joint=counts.joint[kept],
        source_counts=_frequencies(source, len(source_places)),
        target_counts=_frequencies(target, len(target_places)),
        totals=(float(sum(map(len, source))), float(sum(map(len, target)))),
        provenance=tuple(provenance),
        languages=languages,
    ).pruned()


def lexicon_text(lexicon: Lexicon) -> str:
    """Write a lexicon as lines: provenance, languages, totals, terms and pairs of terms with their counts."""
    lines = [_FORMAT, *(f"# {line}" for line in lexicon.provenance)]
    if lexicon.languages is not None:
        lines.append("languages\t" + "\t".join(lexicon.languages))
    lines.append(f"total\t{lexicon.totals[0]:g}\t{lexicon.totals[1]:g}")
    for side, terms, counts in (
        ("source", lexicon.source_terms, lexicon.source_counts),
        ("target", lexicon.target_terms, lexicon.target_counts),
    ):
        lines.extend(f"{side}\t{term}\t{count:g}" for term, count in zip(terms, counts, strict=True))
    for s, t, joint in zip(lexicon.source, lexicon.target, lexicon.joint, strict=True):
        lines.append(f"pair\t{lexicon.source_terms[s]}\t{lexicon.target_terms[t]}\t{joint:.2f}")
    return "\n".join(lines) + "\n"


def save_lexicon(lexicon: Lexicon, path: Path) -> None:
    """Write a lexicon to a gzip file; the same lexicon gives the same bytes."""
    path.write_bytes(gzip.compress(lexicon_text(lexicon).encode("utf-8"), compresslevel=9, mtime=0))


def load_lexicon(path: Path) -> Lexicon:
    """Read what `save_lexicon` wrote. Raises `LexiconError` for anything else."""
    return _parse(path.read_bytes(), path.name)


@cache
def shipped_lexicon(source_language: str | None, target_language: str | None) -> Lexicon | None:
    """Give the lexicon that ships for two languages, in this direction or turned round; None where there is none."""
    for one, other, turned in (
        (source_language, target_language, False),
        (target_language, source_language, True),
    ):
        resource = files("unbitext.align").joinpath(f"lexicon_{one}-{other}.tsv.gz")
        if resource.is_file():
            lexicon = _parse(resource.read_bytes(), resource.name)
            return lexicon.turned() if turned else lexicon
    return None


def _parse(content: bytes, name: str) -> Lexicon:
    try:
        lines = gzip.decompress(content).decode("utf-8").rstrip("\n").split("\n")
        if lines[0] not in _READ:
            raise LexiconError(f"{name}: not a lexicon: its first line is not {_FORMAT!r}")
        provenance = tuple(line[2:] for line in lines[1:] if line.startswith("# "))
        rows = [line.split("\t") for line in lines[1 + len(provenance) :]]
        sides: dict[str, dict[str, float]] = {
            side: {row[1]: float(row[2]) for row in rows if row[0] == side} for side in ("source", "target")
        }
        places = {side: {term: n for n, term in enumerate(counts)} for side, counts in sides.items()}
        pairs = [row for row in rows if row[0] == "pair"]
        languages = next(((row[1], row[2]) for row in rows if row[0] == "languages"), None)
        (total,) = (row for row in rows if row[0] == "total")
        return Lexicon(
            source_terms=tuple(sides["source"]),
            target_terms=tuple(sides["target"]),
            source=np.array([places["source"][row[1]] for row in pairs], dtype=np.int64),
            target=np.array([places["target"][row[2]] for row in pairs], dtype=np.int64),
            joint=np.array([float(row[3]) for row in pairs], dtype=np.float64),
            source_counts=np.array(list(sides["source"].values()), dtype=np.float64),
            target_counts=np.array(list(sides["target"].values()), dtype=np.float64),
            totals=(float(total[1]), float(total[2])),
            provenance=provenance,
            languages=languages,
        )
    except (OSError, EOFError, UnicodeDecodeError, ValueError, KeyError, IndexError) as error:
        if isinstance(error, LexiconError):
            raise
        raise LexiconError(f"{name}: not a lexicon ({error})") from error


def _numbers(terms: Sequence[str], places: dict[str, int]) -> Ints:
    return np.array([places.setdefault(term, len(places)) for term in terms], dtype=np.int64)


def _frequencies(sentences: Sequence[Ints], size: int) -> Floats:
    together = np.concatenate(sentences) if sentences else np.zeros(0, dtype=np.int64)
    return np.bincount(together, minlength=size).astype(np.float64)
