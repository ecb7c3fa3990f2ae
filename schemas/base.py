"""The one base class of all models: frozen, and closed against unknown fields."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A frozen record. Unknown fields are an error, so that a drifting producer is found at once."""

    model_config = ConfigDict(frozen=True, extra="forbid")
