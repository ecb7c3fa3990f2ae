"""The columns of rows as Arrow types, derived from the models, so that a field cannot be forgotten."""

import datetime
import types
from collections.abc import Sequence
from enum import Enum
from typing import Literal, Union, get_args, get_origin

import pyarrow as pa

from schemas.base import Model

_PLAIN: tuple[tuple[type, pa.DataType], ...] = (
    (bool, pa.bool_()),
    (int, pa.int32()),
    (float, pa.float64()),
    (datetime.date, pa.date32()),
    (str, pa.string()),
)


def arrow_schema(model: type[Model]) -> pa.Schema:
    """One column a field, in the order of the fields."""
    return pa.schema([pa.field(name, _arrow_type(field.annotation)) for name, field in model.model_fields.items()])


def _arrow_type(annotation: object) -> pa.DataType:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        (inner,) = [each for each in arguments if each is not types.NoneType]
        return _arrow_type(inner)
    if origin is tuple:
        return pa.list_(_arrow_type(arguments[0]))
    if origin is Literal:
        return pa.string()
    if isinstance(annotation, type):
        if issubclass(annotation, Enum):
            return pa.string()
        for plain, arrow in _PLAIN:
            if issubclass(annotation, plain):
                return arrow
    raise TypeError(f"no column is made of {annotation!r}")


def arrow_table(rows: Sequence[Model], schema: pa.Schema) -> pa.Table:
    """The rows as a table."""
    columns = {name: [_value(getattr(row, name)) for row in rows] for name in schema.names}
    return pa.table(columns, schema=schema)


def _value(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_value(each) for each in value]
    return value
