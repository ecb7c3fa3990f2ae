"""Validation finds what is broken: each test breaks one file of a valid corpus."""

import shutil
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from tests.unbitext.tei.examples import pair_of, record, report, write_corpus
from unbitext.tei import validate_paths
from unbitext.tei.dangling import Dangling
from unbitext.tei.ledger import Ledger
from unbitext.tei.reading import MOST_BYTES
from unbitext.tei.violations import MOST_TOLD, Violation

DOCUMENT = "tei/documents/SPECIMEN_PV.9.en.xml"
ALIGNMENT = "tei/alignments/SPECIMEN_PV.9.zh-en.xml"
ROOT = "tei/corpus.xml"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pairs = [pair_of(record("zh"), record("en")), pair_of(report("zh"), report("en"))]
    return write_corpus(tmp_path_factory.mktemp("made") / "corpus", pairs)


@pytest.fixture
def corpus(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "corpus"))


def break_file(corpus: Path, name: str, old: str, new: str, *, sealed: bool = True) -> int:
    """Replace the one occurrence of a text and return its line; `sealed` renews the digest in the root."""
    path = corpus / name
    before = path.read_text(encoding="utf-8")
    assert before.count(old) == 1, (before.count(old), old)
    path.write_text(before.replace(old, new), encoding="utf-8")
    if sealed and name != ROOT:
        root = (corpus / ROOT).read_text(encoding="utf-8")
        digests = [sha256(text.encode()).hexdigest() for text in (before, path.read_text(encoding="utf-8"))]
        assert root.count(digests[0]) == 1
        (corpus / ROOT).write_text(root.replace(*digests), encoding="utf-8")
    return before[: before.index(old)].count("\n") + 1


def found(corpus: Path) -> list[tuple[str, int, str]]:
    violations = validate_paths([corpus])
    return [(Path(each.file).relative_to(corpus).as_posix(), each.line, each.code) for each in violations]


def test_a_good_corpus_is_valid(corpus: Path) -> None:
    assert validate_paths([corpus]) == []
    assert validate_paths([corpus / "tei"]) == []
    assert validate_paths([corpus / ROOT]) == []
    assert validate_paths(sorted(corpus.rglob("*.xml"))) == []


@pytest.mark.slow
@pytest.mark.shared
def test_a_good_corpus_is_valid_against_tei_all(corpus: Path, shared: Path) -> None:
    assert validate_paths([corpus], tei_all=shared / "schemas" / "tei_all-4.12.0.rng") == []


@pytest.mark.slow
@pytest.mark.shared
def test_tei_all_is_asked_where_it_is_given(corpus: Path, shared: Path) -> None:
    line = break_file(corpus, DOCUMENT, "<body>", "<body><b/>")
    violations = validate_paths([corpus], tei_all=shared / "schemas" / "tei_all-4.12.0.rng")
    assert {(each.line, each.code) for each in violations} >= {(line, "tei-grammar"), (line, "tei-all-grammar")}


def test_a_changed_byte(corpus: Path) -> None:
    break_file(corpus, DOCUMENT, "We begin.", "We begun.", sealed=False)
    assert found(corpus) == [(DOCUMENT, 1, "tei-file-changed")]


def test_a_broken_include(corpus: Path) -> None:
    line = line_of(corpus / ROOT, '<xi:include href="documents/SPECIMEN_PV.9.en.xml"/>')
    (corpus / DOCUMENT).unlink()
    codes = found(corpus)
    assert (ROOT, line, "tei-file-missing") in codes
    # the alignment's source and its links have one cause, and are told once
    assert [file for file, _, code in codes if code == "tei-dangling-pointer"] == [ALIGNMENT]
    told = [each.message for each in validate_paths([corpus]) if each.code == "tei-dangling-pointer"]
    pointers = (corpus / ALIGNMENT).read_text(encoding="utf-8").count("en:") + 1
    assert [each.partition(",")[0] for each in told] == [f"{pointers} pointers"]


def test_a_document_that_cannot_be_read(corpus: Path) -> None:
    break_file(corpus, DOCUMENT, "<body>", "<body")
    told = [each.message for each in validate_paths([corpus]) if each.code == "tei-dangling-pointer"]
    assert [each.endswith(f"{DOCUMENT.removeprefix('tei/')}, which cannot be read") for each in told] == [True]


def test_many_ids_that_are_not_there_are_told_by_their_number() -> None:
    def told(count: int) -> list[str]:
        dangling = Dangling("alignments/A.zh-en.xml", Ledger(Path()))
        for number in range(count):
            dangling.add(9 + number, f"zh:p{number}.s1", "documents/A.zh.xml", f"A.zh.p{number}.s1")
        return [f"{each.line} {each.message}" for each in dangling.told()]

    assert len(told(MOST_TOLD)) == MOST_TOLD
    assert told(1) == ["9 zh:p0.s1 leads to documents/A.zh.xml, which has no such element as A.zh.p0.s1"]
    assert told(30) == [
        "9 30 pointers, as zh:p0.s1, lead to documents/A.zh.xml, which lacks 30 ids, A.zh.p0.s1 among them"
    ]


def test_the_ids_of_a_document_under_a_second_name_are_told_by_their_number(corpus: Path) -> None:
    copy = corpus / DOCUMENT.replace(".en.", ".fr.")
    copy.write_bytes((corpus / DOCUMENT).read_bytes().replace(b"<body>", b"<body>\n"))
    include = '<xi:include href="documents/SPECIMEN_PV.9.en.xml"/>'
    break_file(corpus, ROOT, include, include + include.replace(".en.", ".fr."))
    told = [each.message for each in validate_paths([corpus]) if each.code == "tei-duplicate-id"]
    ids = (corpus / DOCUMENT).read_text(encoding="utf-8").count("xml:id=")
    assert [each.partition(",")[0] for each in told] == [f"{ids} xml:ids"]


def test_an_include_that_leads_out_of_the_corpus(corpus: Path) -> None:
    href = '<xi:include href="documents/SPECIMEN_PV.9.en.xml"/>'
    (corpus / "secret.xml").write_text("<secret/>", encoding="utf-8")
    line = break_file(corpus, ROOT, href, '<xi:include href="../secret.xml"/>')
    assert (ROOT, line, "tei-file-missing") in found(corpus)


def test_a_file_that_nothing_includes(corpus: Path) -> None:
    (corpus / "tei/documents/other.en.xml").write_text("<x/>", encoding="utf-8")
    assert found(corpus) == [("tei/documents/other.en.xml", 1, "tei-file-unlisted")]


def test_a_file_that_is_included_but_has_no_digest(corpus: Path) -> None:
    line = break_file(corpus, ROOT, '<ptr target="documents/SPECIMEN_PV.9.en.xml"/>', '<ptr target="documents/x.xml"/>')
    codes = found(corpus)
    assert {code for _, _, code in codes} == {"tei-file-missing"}
    assert len(codes) == 2
    assert line > 1


def test_a_link_to_a_missing_id(corpus: Path) -> None:
    line = break_file(corpus, ALIGNMENT, "en:t1.p1.s1", "en:t1.p1.s9")
    group = line_of(corpus / ALIGNMENT, "<linkGrp")
    assert found(corpus) == [
        (ALIGNMENT, group, "tei-sentence-unlinked"),
        (ALIGNMENT, line, "tei-dangling-pointer"),
    ]


def test_a_link_to_a_block_instead_of_a_sentence(corpus: Path) -> None:
    line = break_file(corpus, ALIGNMENT, "en:t1.p1.s1", "en:t1.p1")
    assert (ALIGNMENT, line, "tei-dangling-pointer") in found(corpus)


def test_a_sentence_in_two_links(corpus: Path) -> None:
    line = break_file(corpus, ALIGNMENT, "zh:end1.s1 #null", "zh:t1.p1.s1 #null")
    assert sorted(code for _, _, code in found(corpus)) == ["tei-sentence-linked-twice", "tei-sentence-unlinked"]
    assert (ALIGNMENT, line, "tei-sentence-linked-twice") in found(corpus)


def test_a_sentence_twice_in_one_link(corpus: Path) -> None:
    line = break_file(corpus, ALIGNMENT, "en:t2.p2.s1 en:end1.s1", "en:end1.s1 en:end1.s1")
    assert (ALIGNMENT, line, "tei-sentence-linked-twice") in found(corpus)


def test_a_sentence_in_no_link(corpus: Path) -> None:
    path = corpus / ALIGNMENT
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    dropped = next(each for each in lines if "zh:end1.s1" in each)
    break_file(corpus, ALIGNMENT, dropped, "")
    codes = {code for _, _, code in found(corpus)}
    assert codes == {"tei-sentence-unlinked", "tei-rule", "tei-count-differs"}  # the counts of links, too


def test_an_alignment_of_other_sources(corpus: Path) -> None:
    text = (corpus / ALIGNMENT).read_text(encoding="utf-8")
    sources = text[text.index("<sourceDesc>") : text.index("</sourceDesc>")]
    break_file(corpus, ALIGNMENT, sources, sources.replace("0" * 64, "1" * 64, 1))
    assert [(file, code) for file, _, code in found(corpus)] == [(ALIGNMENT, "tei-alignment-stale")]


def test_an_id_in_two_files(corpus: Path) -> None:
    break_file(corpus, ROOT, 'xml:id="genre.report"', 'xml:id="SPECIMEN_PV.9.en.end1"')
    codes = found(corpus)
    assert (DOCUMENT, line_of(corpus / DOCUMENT, 'xml:id="SPECIMEN_PV.9.en.end1"'), "tei-duplicate-id") in codes
    assert {code for _, _, code in codes} == {"tei-duplicate-id", "tei-dangling-pointer"}  # un:genre.report is gone


def test_an_id_twice_in_one_file(corpus: Path) -> None:
    line = break_file(corpus, DOCUMENT, 'xml:id="SPECIMEN_PV.9.en.end1"', 'xml:id="SPECIMEN_PV.9.en.t1.p1"')
    assert (DOCUMENT, line, "tei-duplicate-id") in found(corpus)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('ana="un:role.chair"', 'ana="un:role.queen"'),
        ('who="un:per.SPECIMEN_PV.9.en.1"', 'who="un:per.SPECIMEN_PV.9.en.7"'),
        ('target="un:genre.verbatim_record"', 'target="un:genre.poem"'),
        ('ref="un:state.IRL"', 'ref="un:state.QQQ"'),
    ],
)
def test_a_pointer_into_the_root_that_leads_nowhere(corpus: Path, old: str, new: str) -> None:
    line = break_file(corpus, DOCUMENT, old, new)
    assert found(corpus) == [(DOCUMENT, line, "tei-dangling-pointer")]


@pytest.mark.parametrize("unit", ["document", "alignment", "sentence", "link"])
def test_counts_of_the_root(corpus: Path, unit: str) -> None:
    lines = (corpus / ROOT).read_text(encoding="utf-8").splitlines()
    old = next(line for line in lines if f'unit="{unit}"' in line)
    line = break_file(corpus, ROOT, old, f'<measure quantity="99" unit="{unit}"/>')
    assert (ROOT, line, "tei-count-differs") in found(corpus)


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        (DOCUMENT, "</body>", "", "tei-not-well-formed"),
        (DOCUMENT, "<TEI ", "<!DOCTYPE TEI><TEI ", "tei-not-well-formed"),
        (DOCUMENT, "<body>", "<body><b/>", "tei-grammar"),
        (DOCUMENT, 'type="suspension"', 'type="Suspension"', "tei-grammar"),
        (ALIGNMENT, 'cert="0.5"', 'cert="1.5"', "tei-grammar"),
        (ALIGNMENT, "zh:end1.s1 #null", "zh:end1.s1", "tei-grammar"),
        (ROOT, '<taxonomy xml:id="tax.genre">', "<taxonomy>", "tei-grammar"),
    ],
)
def test_files_that_break_form(corpus: Path, name: str, old: str, new: str, code: str) -> None:
    break_file(corpus, name, old, new)
    assert (name, code) in [(file, each) for file, _, each in found(corpus)]


def test_what_is_hostile_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    bombs = {
        "entity.xml": f'<!DOCTYPE TEI [<!ENTITY x SYSTEM "{secret}">]><TEI>&x;</TEI>',
        "laughs.xml": '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><x>&b;</x>',
        "deep.xml": "<a>" * 10_000,
    }
    for name, text in bombs.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    violations = validate_paths([tmp_path / name for name in bombs])
    assert {(Path(each.file).name, each.code) for each in violations} >= {
        (name, "tei-not-well-formed") for name in bombs
    }
    assert not any("secret" in each.message for each in violations)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.xml"
    with path.open("wb") as stream:
        stream.truncate(MOST_BYTES + 1)
    assert [each.code for each in validate_paths([path])] == ["tei-not-well-formed"]


def test_a_folder_without_corpus(tmp_path: Path) -> None:
    assert [each.code for each in validate_paths([tmp_path])] == ["tei-file-missing"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        validate_paths([tmp_path / "none.xml"])


def test_violations_are_sorted_and_printable(corpus: Path) -> None:
    break_file(corpus, DOCUMENT, "<body>", "<body><b/>")
    (corpus / "tei/documents/a.xml").write_text("<x/>", encoding="utf-8")
    violations = validate_paths([corpus])
    assert violations == sorted(violations, key=lambda each: (each.file, each.line, each.code, each.message))
    unlisted = corpus / "tei/documents/a.xml"
    assert f"{unlisted}:1: tei-file-unlisted: the root does not include this file" in map(str, violations)


def test_codes_are_documented() -> None:
    with pytest.raises(ValueError, match="not in schemas"):
        Violation(file="x", line=1, code="tei-no-such", message="")


@pytest.fixture
def jing() -> Callable[[list[Path]], subprocess.CompletedProcess[str]]:
    program = shutil.which("jing")
    if program is None:
        pytest.skip("jing is not installed")

    def run(arguments: list[Path]) -> subprocess.CompletedProcess[str]:
        return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)

    return run


def test_jing_agrees(corpus: Path, root: Path, jing: Callable[[list[Path]], subprocess.CompletedProcess[str]]) -> None:
    # Without the root: jing expands its includes, which the grammar knows unexpanded only.
    done = jing([root / "schemas" / "tei" / "unbitext.rng", *sorted(corpus.glob("tei/*/*.xml"))])
    assert (done.returncode, done.stdout) == (0, "")


def line_of(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)
