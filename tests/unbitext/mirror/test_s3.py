"""Mirrors on S3, against a server of it on this machine: what is asked for is what s3fs asks a real one for."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from schemas.settings import Settings
from tests.unbitext.mirror.conftest import Machine, contents, stored
from unbitext.mirror.errors import MirrorError
from unbitext.mirror.mirroring import mirror_to, restore_here
from unbitext.mirror.remote import Remote, object_name

pytestmark = pytest.mark.slow

BUCKET = "corpora"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """A server of S3 on a free port of 127.0.0.1, with a bucket."""
    import boto3  # noqa: PLC0415 - seconds to import
    from moto.server import ThreadedMotoServer  # noqa: PLC0415

    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    keys = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing", "region_name": "us-east-1"}
    boto3.client("s3", endpoint_url=url, **keys).create_bucket(Bucket=BUCKET)
    yield url
    server.stop()


@pytest.fixture
def url(endpoint: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """An address in the bucket, each test's own, and the environment that an operator would set."""
    for name, value in {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "NO_PROXY": "127.0.0.1",
    }.items():
        monkeypatch.setenv(name, value)
    return f"s3://{BUCKET}/{request.node.name}/mirror"


def test_there_and_back(here: Settings, machine: Machine, url: str) -> None:
    for number in range(40):  # more than go at once
        stored(here, f"paper {number}".encode())
    assert mirror_to(url, here).copied == 7 + 80
    assert mirror_to(url, here, verify=True).copied == 0
    there = machine("there")
    assert restore_here(url, there).damaged == ()
    assert contents(there) == contents(here)
    (here.out / "report.md").write_bytes(b"# News")
    again = mirror_to(url, here, prune=True)
    assert (again.copied, again.pruned) == (1, 1)


def test_damage_is_found_and_mended(here: Settings, machine: Machine, url: str) -> None:
    mirror_to(url, here)
    remote = Remote(url)
    remote.write_all({object_name(sha256(b"<TEI/>").hexdigest()): b"<TEI!>"})
    assert len(restore_here(url, machine("there")).damaged) == 2
    assert mirror_to(url, here, verify=True).copied == 1
    assert restore_here(url, machine("there")).damaged == ()


KILLED = """
import json, sys
import unbitext.mirror.copying as copying
from schemas.settings import Settings
from unbitext.mirror.mirroring import mirror_to
copying._BATCH = (3, 1000)
mirror_to(sys.argv[2], Settings.model_validate_json(sys.argv[1]), told=lambda _: print("copied", flush=True))
"""


def test_a_killed_copy_is_finished(here: Settings, machine: Machine, url: str) -> None:
    for number in range(60):
        stored(here, f"paper {number}".encode())
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, here.model_dump_json(), url], stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert child.stdout is not None
    said = [child.stdout.readline() for _ in range(8)]
    assert said == ["copied\n"] * 8
    child.kill()
    child.wait()
    child.stdout.close()
    with pytest.raises(MirrorError, match="holds no mirror"):
        restore_here(url, machine("there"))
    assert 0 < mirror_to(url, here).copied <= 127 - 7 * 3
    restore_here(url, machine("there"))
    assert contents(machine("there")) == contents(here)


def test_a_bucket_that_is_not_there_is_told(here: Settings, url: str) -> None:
    with pytest.raises(MirrorError, match="no-such-bucket"):
        mirror_to("s3://no-such-bucket/mirror", here)


def test_the_command(here: Settings, url: str, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "UNBITEXT_OUT": str(here.out),
        "UNBITEXT_DATA": str(here.data),
        "UNBITEXT_CORRECTIONS": str(here.corrections),
        "UNBITEXT_MIRROR": url,
    }
    arguments = [sys.executable, "-m", "flows.cli", "mirror", "--log-format", "json"]
    run = subprocess.run(arguments, env=environment, capture_output=True, check=False, encoding="utf-8")
    assert (run.returncode, run.stdout.split()[:4]) == (0, ["mirror", "8", "files;", "7"]), run.stderr
    assert [json.loads(line)["message"] for line in run.stderr.splitlines()] == ["mirrored: 8"]
