"""`croissant.json`: metadata in Croissant 1.1 (mlcommons.org/croissant), for the Parquet files of a release."""

import datetime
import json
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Literal, Union, get_args, get_origin

from unbitext.release.checksums import files_below
from unbitext.release.citation import TITLE
from unbitext.release.fields import LEVELS, meaning
from unbitext.release.manifest import Manifest
from unbitext.release.terms_of_use import LICENCE_URL
from unbitext.store import file_sha256

CROISSANT = "croissant.json"

Json = dict[str, object]

_PARQUET = "application/x-parquet"

_CONTEXT: Json = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}

_TYPES: tuple[tuple[type, str], ...] = (
    (bool, "sc:Boolean"),
    (int, "sc:Integer"),
    (float, "sc:Float"),
    (datetime.date, "sc:Date"),
)


def write_croissant(folder: Path, manifest: Manifest, languages: tuple[str, ...]) -> None:
    """Write it into the folder of a release; `languages` are BCP 47 tags. Without Parquet it lists no records."""
    files = [name for name in files_below(folder) if name.startswith("parquet/")]
    metadata: Json = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": manifest.name,
        "description": f"{TITLE}: {manifest.census.rows.rows} segments of {manifest.census.pairs} pairs of documents.",
        "version": manifest.version,
        "license": LICENCE_URL,
        "url": "https://documents.un.org/",
        "inLanguage": list(languages),
        "creator": {"@type": "sc:Organization", "name": "The unbitext developers"},
        "citeAs": f"The unbitext developers: {TITLE}, version {manifest.version}. Source: United Nations.",
        # Croissant wants a day; where none was given, that of the newest document is the only one that never changes.
        "datePublished": str(manifest.date or manifest.census.last_day or datetime.date(1970, 1, 1)),
        "distribution": [*_objects(folder, files), *_sets(files)],
        "recordSet": list(_records(files)),
    }
    text = json.dumps(metadata, ensure_ascii=False, indent=2)
    (folder / CROISSANT).write_text(text + "\n", encoding="utf-8")


def _objects(folder: Path, files: list[str]) -> Iterator[Json]:
    for name in files:
        yield {
            "@type": "cr:FileObject",
            "@id": name,
            "name": name,
            "contentUrl": name,
            "encodingFormat": _PARQUET,
            "contentSize": f"{(folder / name).stat().st_size} B",
            "sha256": file_sha256(folder / name),
        }


def _sets(files: list[str]) -> Iterator[Json]:
    for level in LEVELS:
        if contained := [{"@id": name} for name in files if name.startswith(f"parquet/{level}/")]:
            yield {
                "@type": "cr:FileSet",
                "@id": f"{level}-files",
                "name": f"{level}-files",
                "containedIn": contained,
                "encodingFormat": _PARQUET,
                "includes": f"parquet/{level}/*.parquet",
            }


def _records(files: list[str]) -> Iterator[Json]:
    for level, model in LEVELS.items():
        if not any(name.startswith(f"parquet/{level}/") for name in files):
            continue
        fields = [_field(level, name, field.annotation) for name, field in model.model_fields.items()]
        yield {"@type": "cr:RecordSet", "@id": level, "name": level, "field": fields}


def _field(level: str, name: str, annotation: object) -> Json:
    plain = annotation
    if get_origin(plain) in (Union, UnionType):
        (plain,) = [each for each in get_args(plain) if each is not NoneType]
    is_array = get_origin(plain) is tuple
    field: Json = {
        "@type": "cr:Field",
        "@id": f"{level}/{name}",
        "name": f"{level}/{name}",
        "description": meaning(name),
        "dataType": _data_type(get_args(plain)[0] if is_array else plain),
        "source": {"fileSet": {"@id": f"{level}-files"}, "extract": {"column": name}},
    }
    return {**field, "isArray": True, "arrayShape": "-1"} if is_array else field


def _data_type(annotation: object) -> str:
    if get_origin(annotation) is Literal or not isinstance(annotation, type) or issubclass(annotation, Enum):
        return "sc:Text"
    return next((name for plain, name in _TYPES if issubclass(annotation, plain)), "sc:Text")
