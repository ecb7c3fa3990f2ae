"""The flow of a cycle with a mirror in the settings, and with one that cannot be written to."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from unbitext.mirror.copying import manifest_of
from unbitext.mirror.remote import Remote

pytestmark = [pytest.mark.flow, pytest.mark.slow]

CYCLE = """
import flows.ingest as ingest
from unbitext.ingest_run import CycleRequest
ingest.mirror_corpus = ingest.mirror_corpus.with_options(retries=0)
state = ingest.ingest_corpus(CycleRequest(kinds=("inbox",)), return_state=True)
print(state.type.value, state.message)
"""


def cycle(server: dict[str, str], mirror: Path) -> str:
    environment = {**os.environ, **server, "UNBITEXT_MIRROR": str(mirror), "UNBITEXT_STILL_SECONDS": "0"}
    environment |= {"UNBITEXT_CONTACT": "corpus@example.org", "UNBITEXT_OUT": "outputs/corpus"}
    run = subprocess.run(
        [sys.executable, "-c", CYCLE], env=environment, capture_output=True, check=True, encoding="utf-8"
    )
    return run.stdout.splitlines()[-1]


def test_the_flow_ends_with_a_copy(prefect_server: dict[str, str], specimens: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "data" / "inbox"
    inbox.mkdir(parents=True)
    for path in specimens.glob("SPECIMEN_RES_9_4.*.txt"):
        shutil.copy(path, inbox)
    assert cycle(prefect_server, tmp_path / "mirror").startswith("COMPLETED 2 asked for, 2 new")
    manifest = manifest_of(Remote(str(tmp_path / "mirror")))
    assert manifest is not None
    assert "corpus/tei/corpus.xml" in {file.path for file in manifest.files}

    (tmp_path / "file").touch()
    ended = cycle(prefect_server, tmp_path / "file")
    assert ended.startswith("FAILED")
    assert "not mirrored" in ended
