"""What a cycle left comes back from a mirror, and the next cycle goes on from it."""

import shutil

from tests.flows.trees import tree
from tests.unbitext.ingestion.conftest import Pond
from unbitext.mirror.mirroring import mirror_to, restore_here


def test_a_lost_machine_is_brought_back(pond: Pond) -> None:
    pond.publish("CD/PV.1", "en", "zh", number=1)
    pond.publish("CD/PV.2", "en", number=2)
    pond.cycle()
    settings = pond.settings()
    url = f"file://{pond.folder}/mirror"
    copied = mirror_to(url, settings)
    assert copied.copied > 10
    corpus, store, states = tree(settings.out), tree(settings.data), pond.states()
    for folder in (settings.out, settings.data, settings.state):
        shutil.rmtree(folder)

    assert restore_here(url, settings).damaged == ()
    assert (tree(settings.out), tree(settings.data)) == (corpus, store)
    assert set(pond.states()) == set(states)
    outcome = pond.cycle()
    assert outcome.new == ()
    assert (tree(settings.out), tree(settings.data), pond.states()) == (corpus, store, states)
    assert mirror_to(url, settings).copied == 0
