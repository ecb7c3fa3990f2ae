"""Rows as data frames of libraries that are optional."""

import datetime
from collections.abc import Iterable
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, get_args, get_origin

from schemas.rows import DocumentFields, ParagraphRow, Passage, Segment, SentenceRow, TurnRow
from unbitext.corpus.errors import MissingLibraryError

if TYPE_CHECKING:
    import pandas
    import polars

ROW_MODELS: dict[str, type[DocumentFields]] = {
    "segments": Segment,
    "passages": Passage,
    "sentences": SentenceRow,
    "paragraphs": ParagraphRow,
    "turns": TurnRow,
}

_SCALARS = (int, float, datetime.date)


def column_types(model: type[DocumentFields]) -> dict[str, tuple[type, bool]]:
    """The columns that rows of a model make, in order: the type of a value, and whether a cell is a list of them.

    The types are `str`, `int`, `float` and `date`; enumerations and literals are `str`.
    """
    return {name: _column(field.annotation) for name, field in model.model_fields.items()}


def _column(annotation: object) -> tuple[type, bool]:
    if get_origin(annotation) is tuple:
        return _column(get_args(annotation)[0])[0], True
    names = [annotation, *get_args(annotation)]
    return next((each for each in _SCALARS if each in names), str), False


def pandas_frame(kind: str, rows: Iterable[DocumentFields]) -> "pandas.DataFrame":
    """Make a pandas frame: whole numbers are `Int64`, which can be absent, dates `datetime64`, lists stay lists."""
    library = _library("pandas")
    types = column_types(ROW_MODELS[kind])
    columns = _columns(types, rows)
    made = {name: library.Series(columns[name], dtype=_PANDAS.get(kinds, "object")) for name, kinds in types.items()}
    frame: pandas.DataFrame = library.DataFrame(made)
    return frame


_PANDAS = {
    (str, False): "string",
    (int, False): "Int64",
    (float, False): "float64",
    (datetime.date, False): "datetime64[s]",
}


def polars_frame(kind: str, rows: Iterable[DocumentFields]) -> "polars.DataFrame":
    """Make a polars frame: dates are `Date`, lists `List`."""
    library = _library("polars")
    types = column_types(ROW_MODELS[kind])
    scalars = {str: library.String, int: library.Int64, float: library.Float64, datetime.date: library.Date}
    schema = {name: library.List(scalars[one]) if many else scalars[one] for name, (one, many) in types.items()}
    frame: polars.DataFrame = library.DataFrame(_columns(types, rows), schema=schema)
    return frame


def _columns(types: dict[str, tuple[type, bool]], rows: Iterable[DocumentFields]) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {name: [] for name in types}
    for row in rows:
        for name, (_, many) in types.items():
            value = getattr(row, name)
            columns[name].append([_plain(each) for each in value] if many else _plain(value))
    return columns


def _plain(value: object) -> object:
    return str(value) if isinstance(value, str) else value


def _library(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingLibraryError(f"{name} is not installed: pip install {name}, or unbitext[{name}]") from error
