"""Every format against the rows: read back by this program, by the tools people use, and with hostile texts."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import datasets
import duckdb
import pandas
import polars
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from opustools import OpusRead
from translate.storage import tbx, tmx, xliff2

from schemas.rows import Passage
from tests.unbitext.release.releases import document_records, pair_record
from unbitext.corpus import Corpus
from unbitext.export.formats import FORMATS, Destination, format_module, holds_rows
from unbitext.export.records import SPLITS, Provenance, ReadRow, Row, Shards, plain_text
from unbitext.release.writing import digest_rows, read_format

ROW_FORMATS = [name for name in FORMATS if holds_rows(name)]

Texts = Counter[tuple[str, str, str]]


def solid(text: str) -> str:
    return "".join(text.split())


def texts_of(rows: Sequence[Row]) -> Texts:
    """Id, translation and original of each row; white space apart, for some formats hold single sentences."""
    return Counter((row.id, solid(row.source_text), solid(row.target_text)) for row in rows)


def from_tmx(release: Path) -> Iterator[tuple[str, str, str]]:
    with (release / "tmx" / "zh-en.tmx").open("rb") as stream:
        for unit in tmx.tmxfile(stream, "en", "zh-Hans").units:
            yield unit.xmlelement.get("tuid"), unit.target, unit.source


def from_xliff(release: Path) -> Iterator[tuple[str, str, str]]:
    for path in sorted((release / "xliff").glob("*.xlf")):
        for unit in xliff2.Xliff2File.parsefile(str(path)).units:
            yield unit.xmlelement.getparent().get("name"), unit.target, unit.source


def from_tsv(release: Path) -> Iterator[tuple[str, str, str]]:
    table = pandas.read_csv(release / "tsv" / "segments.tsv", sep="\t", keep_default_na=False)
    yield from zip(table["id"], table["source_text"], table["target_text"], strict=True)


def from_parquet(release: Path) -> Iterator[tuple[str, str, str]]:
    query = f"SELECT id, source_text, target_text FROM '{release}/parquet/sentence/*.parquet'"
    yield from duckdb.sql(query).fetchall()


def from_polars(release: Path) -> Iterator[tuple[str, str, str]]:
    frame = polars.read_parquet(release / "parquet" / "sentence" / "*.parquet")
    yield from frame.select("id", "source_text", "target_text").iter_rows()


def from_json(release: Path) -> Iterator[tuple[str, str, str]]:
    for path in sorted((release / "jsonl").glob("*.jsonl")):
        for line in path.open(encoding="utf-8"):
            found = json.loads(line)
            yield found["id"], found["source_text"], found["target_text"]


def from_moses(release: Path) -> Iterator[tuple[str, str, str]]:
    for split in SPLITS:
        columns = [
            (release / "moses" / "zh-en" / f"{split}.{end}").read_bytes().split(b"\n") for end in ("ids", "zh", "en")
        ]
        assert [column.pop() for column in columns] == [b"", b"", b""]
        for ids, source, target in zip(*columns, strict=True):
            yield ids.split(b"\t")[0].decode(), source.decode(), target.decode()


def from_vertical(release: Path) -> Iterator[tuple[str, str, str]]:
    sides = []
    for language in ("zh", "en"):
        text = (release / "vertical" / "zh-en" / f"{language}.vert").read_text(encoding="utf-8")
        rows = re.findall(r'<align id="([^"]*)"[^>]*>\n(.*?)</align>', text, re.DOTALL)
        tokens = [(key, [line.split("\t")[0] for line in body.splitlines() if line != "<g/>"]) for key, body in rows]
        sides.append([(key, "".join(words)) for key, words in tokens])
    unescape = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
    for (key, source), (other, target) in zip(*sides, strict=True):
        assert key == other
        plain = [re.sub("&(?:lt|gt|amp);", lambda found: unescape[found[0]], side) for side in (source, target)]
        yield key, plain[0], plain[1]


READERS: dict[str, Callable[[Path], Iterator[tuple[str, str, str]]]] = {
    "tmx, by translate-toolkit": from_tmx,
    "xliff, by translate-toolkit": from_xliff,
    "tsv, by pandas": from_tsv,
    "parquet, by DuckDB": from_parquet,
    "parquet, by polars": from_polars,
    "jsonl, by json": from_json,
    "moses, line by line": from_moses,
    "vertical, token by token": from_vertical,
}


@pytest.mark.parametrize("name", READERS)
def test_others_read_the_same_rows(release: Path, rows: Sequence[Row], name: str) -> None:
    found = Counter((key, solid(source), solid(target)) for key, source, target in READERS[name](release))
    assert found == texts_of(rows)


@pytest.mark.parametrize("name", ROW_FORMATS)
def test_we_read_the_same_rows(release: Path, rows: Sequence[Row], name: str) -> None:
    expected = digest_rows(ReadRow(id=row.id, source_text=row.source_text, target_text=row.target_text) for row in rows)
    report = read_format(release, name)
    assert report.rows == expected
    assert expected.rows == len(rows)


def test_the_rows_and_the_excluded_are_the_links_of_the_tei(release: Path, rows: Sequence[Row]) -> None:
    excluded = [json.loads(line) for line in (release / "excluded.jsonl").open(encoding="utf-8")]
    segments = {segment.id: segment for segment in Corpus(release).segments()}
    assert all(row["reasons"] for row in excluded)
    assert sorted([*(row.id for row in rows), *(row["id"] for row in excluded)]) == sorted(segments)
    for row in rows:
        segment = segments[row.id]
        assert row.model_dump(exclude={"split"}) == segment.model_dump()
        assert segment.source_ids
        assert segment.target_ids


def test_opustools_reads_the_links(release: Path, rows: Sequence[Row], tmp_path: Path) -> None:
    files = [tmp_path / "out.en", tmp_path / "out.zh"]
    OpusRead(
        directory="unbitext",
        source="en",
        target="zh",
        alignment_file=str(release / "xces" / "en-zh.xml"),
        download_dir=str(release / "xces"),
        preprocess="raw",
        write_mode="moses",
        write=[str(path) for path in files],
        suppress_prompts=True,
    ).printPairs()
    english, chinese = (path.read_text(encoding="utf-8").splitlines() for path in files)
    found = Counter((solid(one), solid(other)) for one, other in zip(chinese, english, strict=True))
    assert found == Counter((solid(row.source_text), solid(row.target_text)) for row in rows)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("datasets"))


def test_datasets_loads_the_rows(release: Path, rows: Sequence[Row], cache: str) -> None:
    loaded = datasets.load_dataset(str(release), "sentence", cache_dir=cache)
    assert {name: len(part) for name, part in loaded.items()} == Counter(row.split for row in rows)
    by_id = {row.id: row for row in rows}
    for part in loaded.values():
        for found in part:
            row = by_id[found["id"]]
            assert found == {
                **row.model_dump(mode="json"),
                "date": row.date,
            }


@pytest.mark.parametrize("level", ["paragraph", "document"])
def test_datasets_loads_what_the_rows_join_to(release: Path, rows: Sequence[Row], cache: str, level: str) -> None:
    loaded = datasets.load_dataset(str(release), level, cache_dir=cache)
    found = [each for part in loaded.values() for each in part]
    assert Counter(key for each in found for key in each["segments"]) == Counter(row.id for row in rows)
    by_id = {row.id: row for row in rows}
    for each in found:
        own = [by_id[key] for key in each["segments"]]
        assert [row.order for row in own] == sorted(row.order for row in own)
        assert {(row.pair, row.split) for row in own} == {(each["pair"], each["split"])}
        for side in ("source", "target"):
            texts = each[f"{side}_texts"] if level == "document" else [each[f"{side}_text"]]
            assert solid("".join(texts)) == solid("".join(getattr(row, f"{side}_text") for row in own))
    if level == "paragraph":
        assert len(found) < len(rows)
        assert {each["is_complete"] for each in found} == {True, False}
        blocks = [(each["pair"], block) for each in found for block in each["source_blocks"]]
        assert len(set(blocks)) == len(blocks)


def test_paragraphs_are_the_passages_of_the_corpus(release: Path) -> None:
    passages = {passage.id: passage for passage in Corpus(release).passages()}
    table = pyarrow.parquet.read_table(release / "parquet" / "paragraph")
    assert set(table.column_names) == {*Passage.model_fields, "split", "is_complete"}
    found = table.to_pylist()
    whole = [each for each in found if each["is_complete"]]
    assert 100 < len(whole) < len(found)
    for each in found:
        passage = passages[each["id"]]
        if each["is_complete"]:
            expected = {**passage.model_dump(mode="json"), "date": passage.date}
            for side in ("source_text", "target_text"):
                expected[side] = "\n".join(map(plain_text, expected[side].split("\n")))
            assert {name: each[name] for name in expected} == expected
        else:
            assert set(each["segments"]) < set(passage.segments)
    parts = [part for each in found for part in each["segments"]]
    assert len(parts) == len(set(parts)) > len(found)


def test_tables_hold_all_documents_and_speeches(release: Path) -> None:
    corpus = Corpus(release)
    documents = pandas.read_csv(release / "tsv" / "documents.tsv", sep="\t", keep_default_na=False)
    assert sorted(documents["id"]) == list(corpus.document_ids())
    assert documents["sentences"].sum() == sum(1 for _ in corpus.sentences())
    speeches = pandas.read_csv(release / "tsv" / "speeches.tsv", sep="\t", keep_default_na=False)
    expected = [(turn.document, turn.turn, turn.speaker, turn.state or "", turn.spoken_language or "", solid(turn.text))
                for turn in corpus.turns()]  # fmt: skip
    found = zip(
        *(speeches[name] for name in ("document", "turn", "speaker", "state", "spoken_language")),
        map(solid, speeches["text"]),
        strict=True,
    )
    assert sorted(found) == sorted(expected)


def test_terms_are_read_by_translate_toolkit(release: Path, rows: Sequence[Row]) -> None:
    units = tbx.tbxfile.parsefile(str(release / "tbx" / "zh-en.tbx")).units
    assert len(units) == read_format(release, "tbx").entries
    terms = {(unit.source, unit.target) for unit in units}
    assert ("Portugal", "葡萄牙") in terms
    assert ("report", "报告") in terms
    titles = {(row.target_text, row.source_text) for row in rows if row.kinds == ("title",)}
    assert titles
    assert titles <= terms
    states = {row.state for row in rows if row.state} - {None}
    kinds = Counter(unit.xmlelement.findtext("descrip") for unit in units)
    assert kinds["state"] == sum(not str(state).startswith("org.") for state in states)


def test_properties_of_a_translation_memory(release: Path, rows: Sequence[Row]) -> None:
    by_id = {row.id: row for row in rows}
    seen = set()
    for unit in etree.parse(release / "tmx" / "zh-en.tmx").iter("tu"):
        row = by_id[unit.get("tuid")]
        values = {each.get("type"): each.text for each in unit.iterfind("prop")}
        seen |= set(values)
        assert values["symbol"] == row.symbol
        assert values.get("paragraph") == (" ".join(row.target_numbers or row.source_numbers) or None)
        assert values.get("speaker") == (row.target_speaker or row.source_speaker)
        assert [each.get("{http://www.w3.org/XML/1998/namespace}lang") for each in unit.iter("tuv")] == [
            "en",
            "zh-Hans",
        ]
    assert seen >= {"symbol", "paragraph", "speaker", "state", "turn", "score", "method", "split"}


def test_notes_of_a_file_for_translators(release: Path, rows: Sequence[Row]) -> None:
    by_id = {row.id: row for row in rows}
    seen: set[str] = set()
    for path in (release / "xliff").glob("*.xlf"):
        for unit in etree.parse(path).iter("{*}unit"):
            row = by_id[unit.get("name")]
            notes = {each.get("category"): each.text for each in unit.iter("{*}note")}
            seen |= set(notes)
            assert notes["source-sentences"] == " ".join(row.target_ids)
            assert notes["target-sentences"] == " ".join(row.source_ids)
            assert notes.get("target-pages") == (" ".join(map(str, row.source_pages)) or None)
            assert notes.get("spoken-language") == row.spoken_language
            assert (notes["order"], notes["method"]) == (str(row.order), row.method)
    assert seen >= {"symbol", "paragraph", "turn", "speaker", "state", "spoken-language", "source-pages", "score"}


@pytest.mark.shared
def test_the_translation_memory_keeps_to_its_grammar(release: Path, shared: Path) -> None:
    grammar = etree.DTD(str(shared / "schemas" / "tmx14.dtd"))
    assert grammar.validate(etree.parse(release / "tmx" / "zh-en.tmx")), grammar.error_log


def test_queries_of_the_readme_run(release: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = (root / "README.md").read_text(encoding="utf-8")
    queries = [
        code for code in re.findall(r"^```python\n(.*?)^```", page, re.DOTALL | re.MULTILINE) if "release" in code
    ]
    assert len(queries) == 1
    exec(queries[0].replace("outputs/releases/1.0", str(release)), {})
    printed = capsys.readouterr().out
    assert "PRT" in printed


HOSTILE = st.text(
    st.characters(codec="utf-8") | st.sampled_from("\"'<>&\t\n\r\u2028\x00\x85\ufffe中，。 |;A1"), max_size=30
)


@pytest.mark.parametrize("name", ROW_FORMATS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.tuples(HOSTILE, HOSTILE), min_size=1, max_size=5))
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, name: str, texts: list[tuple[str, str]]) -> None:
    plain = [(plain_text(source), plain_text(target)) for source, target in texts]
    folder = tmp_path_factory.mktemp("hostile")
    pair = pair_record(plain)
    module = format_module(name)
    destination = Destination(
        folder=folder, shards=Shards(count=1), provenance=Provenance(name="x", version="<&>", program="1")
    )
    writer = module.FormatWriter(destination)
    for document in document_records(pair):
        writer.add_document(document)
    writer.add_pair(pair)
    writer.close()
    found = [(row.id, solid(row.source_text), solid(row.target_text)) for row in module.read_rows(folder)]
    assert found == [(row.id, solid(row.source_text), solid(row.target_text)) for row in pair.rows]


@given(HOSTILE)
def test_plain_text_fits_every_format(text: str) -> None:
    plain = plain_text(text)
    assert len(plain.splitlines()) <= 1
    assert etree.fromstring(f"<x>{re.sub('[<&]', '', plain)}</x>".encode()) is not None
    assert plain_text(plain) == plain


def test_columns_are_typed(release: Path) -> None:
    schema = pyarrow.parquet.read_schema(next((release / "parquet" / "sentence").glob("*.parquet")))
    types = {field.name: str(field.type) for field in schema}
    assert types["score"] == "double"
    assert types["date"] == "date32[day]"
    assert types["source_turn"] == "int32"
    assert types["source_pages"] == "list<element: int32>"
    assert types["kinds"] == "list<element: string>"
    assert list(types) == list(Row.model_fields)
