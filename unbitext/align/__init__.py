"""Alignment: structure anchors first, then sentences (docs/alignment.md)."""

from unbitext.align.pair import align_pair
from unbitext.align.passages import Aligner, Bead, Passage, PassagePair
from unbitext.align.refusal import NotATranslation
from unbitext.align.segmented import align_segmented

__all__ = ["Aligner", "Bead", "NotATranslation", "Passage", "PassagePair", "align_pair", "align_segmented"]
