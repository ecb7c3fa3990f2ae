"""Ids that occur in two files are found, as if all were held at once."""

from collections import Counter
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from unbitext.tei.identifiers import Identifiers
from unbitext.tei.ledger import Ledger
from unbitext.tei.references import Facts

IDS = st.lists(
    st.sampled_from(["A", "A.p1", "A.p2", "B", "B.p1", "B.C", "B.C.p1", "x", "null"]), unique=True, min_size=1
)


@example(root=set(), files=[["B"], ["B.C.p1"], ["B", "B.C.p1"]])
@given(root=st.sets(st.sampled_from(["corpus", "x", "A.p1"])), files=st.lists(IDS, min_size=1, max_size=4))
def test_ids_that_occur_twice(root: set[str], files: list[list[str]]) -> None:
    ledger = Ledger(Path())
    for each in sorted(root):
        ledger.note_id(each, 1, "category")
    top = Facts("corpus.xml", "corpus", ids=ledger.ids)
    facts = {f"{n}.xml": Facts(f"{n}.xml", "document", ids=dict.fromkeys(ids, 1)) for n, ids in enumerate(files)}
    identifiers = Identifiers(top, ledger, facts.get)
    found = [violation for each in facts.values() for violation in identifiers.add(each)]
    found.extend(identifiers.close())
    counts = Counter(each for ids in (*files, sorted(root)) for each in ids if each != "null")
    twice = {each for each, count in counts.items() if count > 1}
    named = {violation.message.split()[1] for violation in found}
    assert named == twice
