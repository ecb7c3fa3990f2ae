"""How work is divided, and what is tried again."""

import errno

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prefect.client.schemas.objects import TaskRun
from prefect.states import Failed

from flows.tasks import batches, can_pass, parse_batch

pytestmark = pytest.mark.flow


@given(st.lists(st.integers(0, 3_000_000), max_size=40), st.integers(1, 8))
def test_batches_hold_everything_in_order(sizes: list[int], workers: int) -> None:
    items = list(range(len(sizes)))
    found = batches(items, sizes, workers)
    assert [item for batch in found for item in batch] == items
    weights = [sum(sizes[item] for item in batch) for batch in found]
    assert all(weight >= 200_000 for weight in weights[:-1])
    assert all(weight < 1_000_000 + max(sizes) for weight in weights)


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (OSError(errno.EIO, "Input/output error"), True),
        (OSError(errno.ENOSPC, "No space left on device"), False),
        (PermissionError(errno.EACCES, "Permission denied"), False),
        (ValueError("ours"), False),
    ],
)
def test_what_can_pass_is_tried_again(error: Exception, again: bool) -> None:
    run = TaskRun.model_construct()
    assert can_pass(parse_batch, run, Failed(data=error)) is again
