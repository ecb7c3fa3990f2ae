"""How much of the agreement in words that the gold's links have an alignment reaches.

Each source side is glossed with the lexicon that ships (never one learned from the links themselves, which would
confirm them) and scored against its target side, over all links: grouped as the gold has them, as the aligner has, and
by chance.
"""

from collections.abc import Sequence

from pydantic import computed_field

from schemas.base import Model
from unbitext.align.associations import associate, lexicon_counts
from unbitext.align.gloss import glossary
from unbitext.align.lexicon import shipped_lexicon
from unbitext.align.output import LinkRow
from unbitext.align.parameters import Parameters
from unbitext.align.passages import Passage, PassagePair
from unbitext.align.text_pair import text_pair
from unbitext.quality.gold import Gold
from unbitext.quality.text_scores import TextScores, score_texts

SIGNATURE = "gloss-agreement|lexicon:shipped|terms:stems+shared|empty-sides:counted|chance:half-text-away|version:1"

_Side = tuple[str, ...]


class GlossScores(Model):
    """Corpus BLEU and chrF of glosses against targets: of the gold's links, of those `found`, and of `chance`.

    Chance pairs the gold's sources each with the target that stands half the text away.
    """

    name: str
    gold: TextScores
    found: TextScores
    chance: TextScores
    signature: str = SIGNATURE

    @computed_field  # type: ignore[prop-decorator]
    @property
    def bleu_share(self) -> float:
        """How far BLEU of the links found is from chance (0) to that of the gold's links (1, which may be passed)."""
        return _share(self.chance.bleu, self.found.bleu, self.gold.bleu)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def chrf_share(self) -> float:
        """The same for chrF."""
        return _share(self.chance.chrf, self.found.chrf, self.gold.chrf)


def _share(chance: float, found: float, gold: float) -> float:
    return (found - chance) / (gold - chance) if gold > chance else 0.0


def evaluate_glosses(links: Sequence[LinkRow], gold: Gold) -> GlossScores | None:
    """Gloss all groupings and score them; None where no lexicon ships for the languages, or there is no link.

    Links with an empty side count too, so that both sums are over the whole text: sentences that were wrongly left
    alone cost what a wrong link costs.
    """
    languages = gold.source_language, gold.target_language
    wanted = [(bead.source, bead.target) for bead in gold.beads]
    found = [(row.source, row.target) for row in links]
    half = len(wanted) // 2
    turned = [(source, wanted[(n + half) % len(wanted)][1]) for n, (source, _) in enumerate(wanted)]
    scores = [_score(gold.name, sides, languages) for sides in (wanted, found, turned)]
    best, reached, chance = scores
    if best is None or reached is None or chance is None:
        return None
    return GlossScores(name=gold.name, gold=best, found=reached, chance=chance)


def _score(name: str, sides: Sequence[tuple[_Side, _Side]], languages: tuple[str, str]) -> TextScores | None:
    lexicon = shipped_lexicon(*languages)
    if lexicon is None or not sides:
        return None
    source, target = (
        Passage(tuple(" ".join(side[number]) for side in sides), language=language)
        for number, language in enumerate(languages)
    )
    pair = text_pair([PassagePair(source, target)])
    counts = lexicon_counts(lexicon, pair.source, pair.target)
    known = glossary(pair.source, pair.target, associate(pair.source, pair.target, [counts], Parameters()))
    return score_texts(
        name,
        [known.gloss(pair.source.sentence(n)) for n in range(len(sides))],
        [known.original(pair.target.sentence(n)) for n in range(len(sides))],
        tokenizer="none",
    )
