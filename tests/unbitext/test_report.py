"""The report of a corpus: what stands in it, and that it depends on nothing but its contents."""

from hypothesis import given
from hypothesis import strategies as st

from schemas.bitext import Link
from schemas.document import DateRange, Dates, Genre, Kind, Meta
from schemas.findings import Finding
from schemas.source import SourceFile
from unbitext.outcome import Refused
from unbitext.records import DocumentRecord, PairRecord
from unbitext.report import Report, render_report, totals
from unbitext.tei.components import CorpusAlignment, CorpusDocument

SOURCE = SourceFile(file="X", sha256="0" * 64, media_type="text/plain")


def record(identifier: str, *findings: Finding, sentences: int = 3) -> DocumentRecord:
    stem, _, language = identifier.rpartition(".")
    meta = Meta.model_validate(
        {
            "symbols": (stem.replace("_", "/"),),
            "language": language,
            "genre": Genre.REPORT,
            "title": "Ponds | and <fens>",
            "dates": Dates(meeting=DateRange.model_validate({"from": "2026-06-15", "to": "2026-06-26"})),
            "source": SOURCE,
        }
    )
    return DocumentRecord(
        label=f"{identifier}.txt",
        key="k",
        meta=meta,
        kinds={Kind.HEADING: 2, Kind.PARAGRAPH: 5},
        numbered=4,
        turns=0,
        findings=findings,
        component=CorpusDocument(id=identifier, sha256="0" * 64, language=language, sentences=sentences),
    )


def pair(stem: str, **fields: object) -> PairRecord:
    component = CorpusAlignment(id=f"{stem}.zh-en", sha256="0" * 64, source=f"{stem}.zh", target=f"{stem}.en", links=12)
    made = {
        "source": f"{stem}.zh",
        "target": f"{stem}.en",
        "name": f"{stem}.zh-en",
        "key": "k",
        "component": component,
        "types": {"1-1": 10, "1-2": 1, "2-1": 1},
        "mean_score": 0.91234,
        "methods": ("lengths|version:1",),
        "doubtful_count": 1,
        "doubtful": (
            Link(source_ids=("p1.s1",), target_ids=("p1.s1", "p1.s2"), score=0.25, method="lengths|version:1"),
        ),
    }
    return PairRecord.model_validate({**made, **fields})


GAP = Finding.warning("number-gap", "6 follows 4", "p6")
REPORT = Report(
    documents=(
        record("SPECIMEN_1.en"),
        record("SPECIMEN_1.zh", *[GAP] * 5, Finding.info("correction-applied", "kind: it is one", "p2")),
        record("SPECIMEN_2.zh", Finding.warning("correction-unfit", "kind not applied: no such id", "p9")),
        record("SPECIMEN_3.en"),
        record("SPECIMEN_3.zh"),
    ),
    pairs=(
        pair("SPECIMEN_1"),
        pair(
            "SPECIMEN_3",
            component=None,
            refusal=Refused(label="SPECIMEN_3.zh and .en", code="not-a-translation", message="no", remedy="check"),
        ),
    ),
    waiting=("SPECIMEN_2.zh",),
    refused=(Refused(label="a.txt", code="empty-file", message="the file holds no text", remedy="fetch it again"),),
    general=(Finding.error("corrections-unreadable", "X.toml: expected '='"),),
)


def test_totals() -> None:
    counts = totals(REPORT)
    assert counts.model_dump() == {
        "documents": 5, "pairs": 1, "links": 12, "sentences": 15, "pages": 0, "waiting": 1, "refused": 2
    }  # fmt: skip


def test_everything_has_its_line() -> None:
    text = render_report(REPORT)
    for line in (
        "| documents | 5 |",
        "| a.txt | `empty-file` | the file holds no text | fetch it again |",
        "| SPECIMEN_3.zh and .en | `not-a-translation` | no | check |",
        "- SPECIMEN/2 (SPECIMEN_2.zh)",
        "| pair | links | 1-1 | 1-2 | 2-1 | mean score | doubtful |",
        "| SPECIMEN_1.zh-en | 12 | 10 | 1 | 1 | 0.912 | 1 |",
        "| SPECIMEN_1.zh-en | p1.s1 | p1.s1 p1.s2 | 0.250 |",
        "### SPECIMEN_1.zh",
        "| title | Ponds \\| and &lt;fens> |",
        "| meeting | 2026-06-15 to 2026-06-26 |",
        "| blocks | 2 heading, 5 paragraph |",
        "| findings | 1 info, 5 warning |",
        "### number-gap (5, warning)",
        "- SPECIMEN_1.zh, p6: 6 follows 4",
        "- and 2 more",
        "| SPECIMEN_1.zh | p2 | applied | kind: it is one |",
        "| SPECIMEN_2.zh | p9 | unfit | kind not applied: no such id |",
        "|  |  | unreadable | X.toml: expected '=' |",
    ):
        assert f"\n{line}\n" in text, line


def test_an_empty_part_has_no_heading() -> None:
    text = render_report(Report(documents=(record("SPECIMEN_1.en"),), pairs=(), waiting=(), refused=()))
    assert [line for line in text.splitlines() if line.startswith("## ")] == ["## Documents"]


@given(st.text(st.sampled_from("a|\\<>\n\r\t` #-*中"), max_size=400))
def test_no_text_breaks_out_of_its_place(text: str) -> None:
    refused = Refused(label="a.txt", code="empty-file", message=text, remedy="x")
    finding = Finding.warning("number-gap", text, "p1")
    report = Report(documents=(record("SPECIMEN_1.en", finding),), pairs=(), waiting=(), refused=(refused,))
    plain = Report(
        documents=(record("SPECIMEN_1.en", GAP),),
        pairs=(),
        waiting=(),
        refused=(refused.model_copy(update={"message": "x"}),),
    )
    rendered, expected = render_report(report).splitlines(), render_report(plain).splitlines()
    assert len(rendered) == len(expected)
    assert [line[:3] for line in rendered] == [line[:3] for line in expected]
