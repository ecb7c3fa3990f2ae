"""Alignment: structure anchors first, then sentences (docs/alignment.md)."""

import os

# The aligner's matrix products are small: OpenBLAS's threads would mostly wait for one another, and on a busy machine
# make it ten times as slow. It reads this when numpy is first imported; a value that is already set stands.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from unbitext.align.pair import align_pair
from unbitext.align.passages import Aligner, Bead, Passage, PassagePair
from unbitext.align.refusal import NotATranslation
from unbitext.align.segmented import align_segmented

__all__ = ["Aligner", "Bead", "NotATranslation", "Passage", "PassagePair", "align_pair", "align_segmented"]
