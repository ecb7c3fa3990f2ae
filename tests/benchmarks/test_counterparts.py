"""The judgement of marked counterparts, on invented sentences."""

from benchmarks.counterparts import HEAD, judged, places
from unbitext.align.lexicon import learn_lexicon

LINES = [
    (f"{chinese}{verb[0]}。", f"{english} {verb[1]}.")
    for chinese, english in (("法国", "France"), ("埃及", "Egypt"), ("智利", "Chile"), ("儿童", "Children"))
    for verb in (("发言", "speaks"), ("等候", "waits"), ("同意", "agrees"))
]


def test_counterparts_are_judged_by_known_terms() -> None:
    found = [(line[0], line[1][theirs[0] : theirs[1]]) for line, _, theirs in places(LINES)]
    assert len(found) == 12
    assert ("法国发言。", "France") in found
    lexicon = learn_lexicon(LINES, languages=("zh", "en"))
    row = judged(LINES, lexicon, 0)
    assert len(row) == len(HEAD)
    assert row[:5] == ("Chinese", "12", "1.000", "1.000", ".000")
    # a lexicon that knows nothing of these words marks nothing
    other = learn_lexicon([("灯船", "lamp boat")] * 5, languages=("zh", "en"))
    assert judged(LINES, other, 1)[2:] == (".000", ".000", "1.000", ".000")
