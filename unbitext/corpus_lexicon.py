"""A lexicon learned from a corpus that was built: from its sure links, sampled so that time and memory are bounded.

The pairs are taken in the order of a hash of their names until there is enough. So the lexicon depends on nothing but
the corpus, and one more pair changes that of a large corpus only where its turn comes early.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from unbitext.align.lexicon import Languages, Lexicon, learn_lexicon
from unbitext.align.terms import words
from unbitext.built import BuiltPair, pairs
from unbitext.store import digest

LEAST_SCORE = 0.9
"""Of links scored so or higher, at least 95 of 100 are right (docs/alignment.md)."""

LEAST_LINKS = 20
"""Fewer links than this teach nothing."""

MOST_WORK = 6_000_000
"""Pairs of words, one of either side of a link: some 4,000 links, which take seconds and half a gigabyte."""

MOST_WORK_OF_PAIR = 1_500_000
"""Of one pair, so that a long record does not speak for all; a longer one is sampled evenly."""


class CorpusLexiconError(ValueError):
    """A corpus that no lexicon can be learned from; the message says why and what to do."""


def learn_from_corpus(
    corpus: Path, source_language: str | None = None, target_language: str | None = None, most_work: int = MOST_WORK
) -> Lexicon:
    """Learn from the links of a corpus that have two sides and are sure: scored .9 or more, or given by a person.

    Links that a check doubts are left out, and the same two texts count once. The languages must be named where the
    corpus has pairs of several. Raises `CorpusLexiconError`, and `OSError` where a file cannot be read.
    """
    languages, found = _chosen(corpus, source_language, target_language)
    lines: dict[tuple[str, str], None] = {}
    work = taken = 0
    for pair in sorted(found, key=lambda pair: (digest(pair.name), pair.name)):
        if work >= most_work:
            break
        # read anew, for what a pair has read it keeps
        own = [line for line in dict.fromkeys(_sure_lines(BuiltPair(corpus, pair.name))) if line not in lines]
        sizes = [_work(line) for line in own]
        step = max(-(-sum(sizes) // min(MOST_WORK_OF_PAIR, most_work)), 1)
        lines.update(dict.fromkeys(own[::step]))
        work += sum(sizes[::step])
        taken += 1
    if len(lines) < LEAST_LINKS:
        raise CorpusLexiconError(
            f"{corpus} has {len(lines)} sure links of {'-'.join(languages)}: at least {LEAST_LINKS} are needed"
        )
    provenance = (
        f"Learned from {len(lines)} links of {taken} pairs of a corpus, {'-'.join(languages)}: "
        f"scored {LEAST_SCORE} or more, or given by a person.",
        "IBM Model 1 in both directions, trained to agree; statistics only, no text.",
    )
    return learn_lexicon(lines, provenance, languages=languages)


def _chosen(corpus: Path, source: str | None, target: str | None) -> tuple[Languages, list[BuiltPair]]:
    """The pairs of the languages that are asked for, or of the only ones there are."""
    by_languages: dict[Languages, list[BuiltPair]] = defaultdict(list)
    for pair in pairs(corpus):
        if source in (None, pair.languages[0]) and target in (None, pair.languages[1]):
            by_languages[pair.languages].append(pair)
    if not by_languages:
        asked = f" of {source or 'any'}-{target or 'any'}" if source or target else ""
        raise CorpusLexiconError(f"{corpus} has no aligned pair{asked}: name the folder of a corpus that has")
    if len(by_languages) > 1:
        known = ", ".join(sorted("-".join(languages) for languages in by_languages))
        raise CorpusLexiconError(f"{corpus} has pairs of {known}: choose with --source-language and --target-language")
    ((languages, found),) = by_languages.items()
    return languages, found


def _sure_lines(pair: BuiltPair) -> Iterator[tuple[str, str]]:
    sentences = [pair.sentences(side) for side in pair.sides]
    for link in pair.links:
        sure = link.is_persons or (link.score >= LEAST_SCORE and not link.findings)
        if sure and link.source_ids and link.target_ids:
            yield (
                " ".join(sentences[0][one].text for one in link.source_ids),
                " ".join(sentences[1][one].text for one in link.target_ids),
            )


def _work(line: tuple[str, str]) -> int:
    return len(words(line[0])) * len(words(line[1]))
