"""The same corpus, whatever the tasks run on: Dask on this machine, and a cluster that is there already."""

import subprocess
import sys
from pathlib import Path

import pytest

from schemas.settings import Settings
from tests.flows.conftest import Command
from tests.flows.trees import tree

pytestmark = pytest.mark.flow


@pytest.fixture(scope="session")
def papers(specimens: Path) -> list[Path]:
    """Two pairs, so that there is something to align."""
    return sorted(path for name in ("2026_12", "RES_9_4") for path in specimens.glob(f"SPECIMEN_{name}.*.txt"))


@pytest.fixture(scope="session")
def plain(papers: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Their corpus, built without Prefect."""
    from unbitext.composition import PlainStages, compose  # noqa: PLC0415 - imports all that a build does
    from unbitext.plan import Plan  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("plain")
    settings = Settings(out=folder / "corpus", state=folder / "state", corrections=folder / "none")
    compose(Plan(papers, settings), PlainStages())
    return folder / "corpus"


def build(unbitext: Command, papers: list[Path], server: dict[str, str], *arguments: str) -> None:
    """Build into `corpus`, without the cache of another build; nothing but lines of ours may be said."""
    run = unbitext("build", *papers, "--out", "corpus", "--jobs", "2", *arguments, environment=server)
    assert run.returncode == 0, run.stderr
    said = [line.partition(":")[0] for line in run.stderr.splitlines()]
    assert said == ["starting Prefect", "parsed", "encoded", "aligned", "validated"], run.stderr


@pytest.mark.slow
@pytest.mark.parametrize("runner", ["dask", "threads", "processes"])
def test_the_corpus_is_the_same(
    unbitext: Command, papers: list[Path], prefect_server: dict[str, str], plain: Path, runner: str
) -> None:
    build(unbitext, papers, prefect_server, "--task-runner", runner)
    assert tree(Path("corpus")) == tree(plain)


CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


@pytest.mark.slow
def test_a_cluster_that_is_there(
    unbitext: Command, papers: list[Path], prefect_server: dict[str, str], plain: Path
) -> None:
    Path("cluster.py").write_text(CLUSTER)
    with subprocess.Popen(
        [sys.executable, "cluster.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as cluster:
        assert cluster.stdin is not None
        assert cluster.stdout is not None
        address = cluster.stdout.readline().strip()
        assert address.startswith("tcp://127.0.0.1:")
        build(unbitext, papers, prefect_server, "--task-runner", "dask", "--dask-address", address)
        cluster.stdin.close()
        cluster.wait(60)
    assert tree(Path("corpus")) == tree(plain)


def test_dask_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.exit_codes import UsageError  # noqa: PLC0415
    from flows.task_runners import _dask  # noqa: PLC0415 - imports Prefect

    monkeypatch.setitem(sys.modules, "prefect_dask", None)
    with pytest.raises(UsageError, match=r"pip install 'unbitext\[dask\]'"):
        _dask(Settings(task_runner="dask"))
