"""Runs that a killed process left as running: Prefect does not see that it is gone."""

from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import StateType
from prefect.states import Crashed

_AT_WORK = [StateType.RUNNING, StateType.PENDING]


def close_abandoned_runs(client: SyncPrefectClient, *, tag: str | None = None, but: UUID | None = None) -> int:
    """Mark as crashed the runs at work, with this tag if one is given; return how many.

    Only where nothing else can be at work: on a server of one's own, or under the lock that the tag stands for.
    """
    running = FlowRunFilterState(type=FlowRunFilterStateType(any_=_AT_WORK))
    tags = FlowRunFilterTags(all_=[tag]) if tag else None
    runs = client.read_flow_runs(flow_run_filter=FlowRunFilter(state=running, tags=tags))
    found = [run for run in runs if run.id != but]
    for run in found:
        client.set_flow_run_state(run.id, Crashed(message="the process was killed"), force=True)
    return len(found)
