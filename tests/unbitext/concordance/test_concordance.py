"""Looking up: what is found is what a slow search by another rule finds, whatever the texts and the terms."""

import random
import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import unbitext
from tests.unbitext.test_corpus_lexicon import LINES, NAMES, write_pair
from unbitext.align.lexicon import learn_lexicon
from unbitext.concordance.counterpart import Dictionary, counterpart
from unbitext.concordance.folding import fold, fold_with_places, tokens
from unbitext.concordance.index import open_index, update_index
from unbitext.concordance.printing import PLAIN, TERMINAL, hit_lines
from unbitext.concordance.search import Hit, find, find_some
from unbitext.concordance.term import Term, TermError
from unbitext.corpus import Corpus, Selection
from unbitext.store import CorpusFolder, file_sha256
from unbitext.tei.components import CorpusAlignment, CorpusDocument
from unbitext.tei.corpus import encode_corpus
from unbitext.tei.serialize import serialize

HAN = "会议主席国的一"
EVERYTHING = Selection()


@pytest.fixture(scope="module")
def corpus(specimen_corpus: Path) -> Corpus:
    return unbitext.open(specimen_corpus)


@pytest.fixture(scope="module")
def index(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    with open_index(tmp_path_factory.mktemp("index") / "index.sqlite") as opened:
        update_index(opened, corpus)
        yield opened


def is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def said(term: str, text: str) -> bool:
    """Whether a term stands in a text, by looking at every place of it, character by character.

    Knows terms of Chinese characters alone, and terms of words with spaces or hyphens between.
    """
    term, text = term.casefold(), text.casefold()
    if all(map(is_han, term)):
        return any(text[place:].replace(" ", "").startswith(term) for place in range(len(text)))
    words = term.replace("-", " ").split()
    for place in range(len(text)):
        before = text[place - 1] if place else " "
        if part_of_word(before):
            continue
        rest, left = text[place:], list(words)
        while left and rest.startswith(left[0]) and not part_of_word(rest[len(left[0]) : len(left[0]) + 1]):
            rest = rest[len(left.pop(0)) :]
            if left and not rest[:1].isspace() and rest[:1] != "-":
                break
            rest = rest.lstrip(" -") if left else rest
        if not left:
            return True
    return False


def part_of_word(character: str) -> bool:
    return character.isalnum() and not is_han(character)


def by_hand(corpus: Corpus, term: str) -> set[str]:
    """The rows that a term stands in, from the TEI."""
    rows = {row.id for row in corpus.segments() if said(term, row.source_text) or said(term, row.target_text)}
    return rows | {f"{row.document}.{row.id}" for row in corpus.sentences(unpaired=True) if said(term, row.text)}


def identifier(hit: Hit) -> str:
    return hit.row.id if hasattr(hit.row, "pair") else f"{hit.row.document}.{hit.row.id}"


def by_index(index: sqlite3.Connection, term: str, selection: Selection = EVERYTHING) -> list[str]:
    return [identifier(hit) for hit in find(index, Term(term), selection)]


def terms_of(corpus: Corpus, count: int) -> list[str]:
    """Runs of characters and of words drawn from the corpus itself, and some that are not in it."""
    chance = random.Random(7)
    sentences = [row.text for row in corpus.sentences()]
    found: list[str] = ["会", "的", "主席国会", "not in it", "the", "of the"]
    while len(found) < count:
        text = chance.choice(sentences)
        pattern = r"[\u3400-\u9fff]+" if re.search(r"[\u3400-\u9fff]", text) else r"[A-Za-z]+(?:[ -][A-Za-z]+)*"
        runs = re.findall(pattern, text)
        if not runs:
            continue
        run = chance.choice(runs)
        if is_han(run[0]):
            start = chance.randrange(len(run))
            found.append(run[start : start + chance.randint(1, 6)])
        else:
            words = run.split(" ")
            start = chance.randrange(len(words))
            found.append(chance.choice([str.upper, str.lower])(" ".join(words[start : start + chance.randint(1, 4)])))
    return found


def test_every_hit_and_no_other(corpus: Corpus, index: sqlite3.Connection) -> None:
    rows = [(row.id, row.source_text, row.target_text) for row in corpus.segments()]
    rows += [(f"{row.document}.{row.id}", row.text, "") for row in corpus.sentences(unpaired=True)]
    some = 0
    for term in terms_of(corpus, 60):
        expected = [name for name, source, target in rows if said(term, source) or said(term, target)]
        found = by_index(index, term)
        assert sorted(found) == sorted(expected), term
        some += bool(found)
    assert some > 50


LETTERS = st.text(alphabet=f"{HAN}abAB1é -–,.'’，。\u3000", max_size=14)


@given(text=LETTERS, term=LETTERS)
@settings(max_examples=150)
def test_the_index_offers_every_text_that_a_term_stands_in(text: str, term: str) -> None:
    try:
        wanted = Term(term)
    except TermError:
        return
    # A term drawn at will is rare in a text drawn at will: look in the term's own surroundings, too.
    for whole in (text, text + term, term + text, f"{text} {term}, {text}"):
        if wanted.spans(whole):
            table = sqlite3.connect(":memory:")
            table.execute("CREATE VIRTUAL TABLE token USING fts5 (text, tokenize='ascii')")
            table.execute("INSERT INTO token VALUES (?)", (" ".join(tokens(fold(whole))),))
            assert table.execute("SELECT 1 FROM token WHERE token MATCH ?", (wanted.query,)).fetchone(), (whole, term)


@given(
    text=st.text(alphabet=f"{HAN}abAB1 -", max_size=20),
    term=st.one_of(
        st.text(alphabet=HAN, min_size=1, max_size=4),
        st.lists(st.text(alphabet="abAB1", min_size=1, max_size=3), min_size=1, max_size=3).map(" ".join),
    ),
)
@settings(max_examples=150)
def test_a_term_stands_where_it_is_said(text: str, term: str) -> None:
    for whole in (text, f"{text} {term}", f"{term}-{text}"):
        assert bool(Term(term).spans(whole)) == said(term, whole)


@given(st.text())
def test_folding_keeps_account_of_places(text: str) -> None:
    folded, places = fold_with_places(text)
    assert folded == fold(text)
    assert len(places) == len(folded)
    assert places == sorted(places)
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("主席", "谢谢主席先生。主席女士。", ["主席", "主席"]),
        ("39 个国家", "对39个国家的数据", ["39个国家"]),
        ("39个国家", "对139个国家的数据", []),
        ("fact-finding", "A fact finding mission; fact–finding; factfinding", ["fact finding", "fact–finding"]),
        ("state", "States, a State’s, the state", ["State", "state"]),
        ("state’s", "a State's", ["State's"]),
        ("cote d'ivoire", "Côte d’Ivoire", ["Côte d’Ivoire"]),
        ("CD/PV.1511", "in CD/PV.1511, not CD/PV.15110 or CD PV 1511", ["CD/PV.1511"]),
        ("Mr. Li", "Mr. Li and Mr.  Li and Mr Li", ["Mr. Li", "Mr.  Li"]),
        ("会议，主席", "会议,主席；会议主席", ["会议,主席"]),
        ("ＮＰＴ", "《npt》", ["npt"]),
        ("NPT缔约国", "NPT 缔约国；DNPT缔约国", ["NPT 缔约国"]),
        ("(a)", "item (a), a and (a)", ["(a)", "(a)"]),
    ],
)
def test_where_a_term_stands(term: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in Term(term).spans(text)] == found


@pytest.mark.parametrize("term", ["", "  ", "，。", "--"])
def test_a_term_without_a_word_cannot_be_looked_up(term: str) -> None:
    with pytest.raises(TermError):
        Term(term)


def test_hits_are_rows_of_the_corpus_in_its_order(corpus: Corpus, index: sqlite3.Connection) -> None:
    rows = {row.id: row for row in corpus.segments()} | {
        f"{row.document}.{row.id}": row for row in corpus.sentences(unpaired=True)
    }
    hits = list(find(index, Term("会"), EVERYTHING, context=1))
    assert [hit.row for hit in hits] == [rows[identifier(hit)] for hit in hits]
    order = list(rows)
    pairs = [name for name in map(identifier, hits) if ".zh-en." in name]
    assert pairs == sorted(pairs, key=order.index)
    for hit in hits:
        around = order.index(identifier(hit))
        assert all(one == rows[order[around - 1]] for one in hit.before)
        assert all(one == rows[order[around + 1]] for one in hit.after)
    assert any(hit.before and hit.after for hit in hits)


@pytest.mark.parametrize(
    "wish",
    [{"state": "PRT"}, {"spoken_language": "fr"}, {"symbol": "SPECIMEN/PV.*"}, {"language": "zh-en"},
     {"language": "fr"}, {"genre": "report"}, {"since": "2026-03-12"}, {"body": "SPECIMEN", "until": "2026-03-01"}],
)  # fmt: skip
def test_filters_are_those_of_the_api(corpus: Corpus, index: sqlite3.Connection, wish: dict[str, str]) -> None:
    part = corpus.filter(**wish)  # type: ignore[arg-type]
    assert sorted(by_index(index, "国", part.selection)) == sorted(by_hand(part, "国"))


def test_a_limit_tells_whether_there_is_more(corpus: Corpus, index: sqlite3.Connection) -> None:
    every, more = find_some(index, Term("会议"), corpus, None)
    assert not more
    assert find_some(index, Term("会议"), corpus, len(every)) == (every, False)
    assert find_some(index, Term("会议"), corpus, 3) == (every[:3], True)


# The index


def list_again(folder: Path) -> None:
    """Write the root of a corpus anew, after its files were changed."""
    documents = [
        CorpusDocument(id=path.stem, sha256=file_sha256(path), language="zh", sentences=0)
        for path in sorted((folder / "tei" / "documents").glob("*.xml"))
    ]
    alignments = [
        CorpusAlignment(id=path.stem, sha256=file_sha256(path), source="", target="", links=0)
        for path in sorted((folder / "tei" / "alignments").glob("*.xml"))
    ]
    (folder / CorpusFolder.CORPUS).write_bytes(serialize(encode_corpus(documents, alignments, generator="test 1")))


def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    for number in range(3):
        write_pair(folder, number, LINES[number * 10 :][:10])
    list_again(folder)
    file = tmp_path / "state" / "index.sqlite"
    with open_index(file) as index:
        assert update_index(index, unbitext.open(folder)).added == 3
        assert update_index(index, unbitext.open(folder)).added == 0
        before = by_index(index, "fog")
    write_pair(folder, 1, LINES[100:110])
    (folder / CorpusFolder.alignment("SPECIMEN_2.zh-en")).unlink()
    (folder / CorpusFolder.document("SPECIMEN_2.zh")).unlink()
    list_again(folder)
    corpus = unbitext.open(folder)
    with open_index(file) as index:
        # the pair that changed, and the original that has none any more; the pair that is gone
        progress = update_index(index, corpus)
        assert (progress.added, progress.removed) == (2, 1)
        after = by_index(index, "fog")
        assert sorted(after) == sorted(by_hand(corpus, "fog"))
        assert after != before
        for term in [*NAMES, *NAMES.values()]:
            assert sorted(by_index(index, term)) == sorted(by_hand(corpus, term))
    with open_index(tmp_path / "new.sqlite") as anew:
        update_index(anew, corpus)
        assert by_index(anew, "fog") == after


def test_a_run_that_fails_leaves_the_former_index(corpus: Corpus, tmp_path: Path) -> None:
    folder, file = tmp_path / "corpus", tmp_path / "index.sqlite"
    write_pair(folder, 1, LINES[:10])
    list_again(folder)
    with open_index(file) as index:
        update_index(index, unbitext.open(folder))
        found = by_index(index, "fog")
    write_pair(folder, 1, LINES[:5])
    write_pair(folder, 2, LINES[10:20])
    list_again(folder)
    (folder / CorpusFolder.document("SPECIMEN_2.zh")).write_bytes(b"<TEI/>")
    broken = unbitext.open(folder)
    with open_index(file) as index:
        with pytest.raises(ValueError, match="is not the file that the corpus lists"):
            update_index(index, broken)
        assert by_index(index, "fog") == found
    list_again(folder)
    write_pair(folder, 2, LINES[10:20])
    list_again(folder)
    with open_index(file) as index:
        assert update_index(index, unbitext.open(folder)).added == 2


@pytest.mark.parametrize("damage", ["text", "format", "torn"])
def test_an_index_that_is_damaged_or_of_another_format_is_made_anew(
    damage: str, corpus: Corpus, index: sqlite3.Connection, tmp_path: Path
) -> None:
    file = tmp_path / "index.sqlite"
    if damage == "text":
        file.write_text("this is no database" * 100, encoding="utf-8")
    elif damage == "format":
        table = sqlite3.connect(file)
        table.executescript("CREATE TABLE state (format INTEGER, sha256 TEXT); INSERT INTO state VALUES (0, 'x');")
        table.close()
    else:
        (source,) = (row[2] for row in index.execute("PRAGMA database_list") if row[1] == "main")
        shutil.copy(source, file)
        with file.open("r+b") as stream:
            stream.write(b"\0" * 50)
    with open_index(file) as opened:
        update_index(opened, corpus)
        assert by_index(opened, "会议") == by_index(index, "会议")


# The other side


@pytest.mark.parametrize(
    ("source", "found", "target", "marked"),
    [
        # 岛 is found once, and its word stands twice: where 屿 stands, too
        ("岛靠近灯和屿", [(0, 1)], "an island near the lamp and an island", [(3, 9)]),
        ("屿靠近灯和岛", [(5, 6)], "an island near the lamp and an island", [(31, 37)]),
        ("岛靠近灯和岛", [(0, 1), (5, 6)], "an island near the lamp and an island", [(3, 9), (31, 37)]),
    ],
)
def test_of_equal_words_the_one_in_the_same_place_is_marked(
    source: str, found: list[tuple[int, int]], target: str, marked: list[tuple[int, int]]
) -> None:
    lexicon = learn_lexicon(LINES, languages=("zh", "en"))
    assert counterpart(source, found, target, Dictionary([lexicon]).between("zh", "en")) == marked


def test_a_likely_counterpart_is_marked() -> None:
    lexicon = learn_lexicon(LINES, languages=("zh", "en"))
    known = Dictionary([lexicon]).between("zh", "en")
    assert counterpart("灯船岛", [(1, 2)], "lamp ferry island", known) == [(5, 10)]
    back = Dictionary([lexicon]).between("en", "zh")
    assert counterpart("lamp ferry island", [(5, 17)], "灯船岛", back) == [(1, 3)]


def test_nothing_is_marked_where_nothing_is_known() -> None:
    assert counterpart("灯船岛", [(1, 2)], "phare bac île", Dictionary().between("zh", "fr")) == []


def test_hits_are_printed_with_both_sides_marked(corpus: Corpus, index: sqlite3.Connection) -> None:
    [hit, *_] = find(index, Term("葡萄牙"), Selection(state="PRT"))
    place, source, target = hit_lines(Dictionary().guess(hit), PLAIN)
    assert place.startswith("SPECIMEN/PV.7  speech 4: 席尔瓦·平托先生 (葡萄牙) / Mr. Silva Pinto (Portugal)  p. 2")
    assert (source, target) == ("> zh  **葡萄牙**是一个下游国家。", "> en  [Portugal] is a downstream country.")
    assert "\x1b[1m葡萄牙\x1b[0m" in list(hit_lines(hit, TERMINAL))[1]


def test_a_sentence_without_a_pair_is_printed_alone(index: sqlite3.Connection) -> None:
    hits = list(find(index, Term("的"), Selection(symbol="SPECIMEN/2026/40"), context=1))
    for hit in hits:
        lines = list(hit_lines(Dictionary().guess(hit), PLAIN))
        assert lines[0].startswith("SPECIMEN/2026/40  ")
        assert [line for line in lines if line.startswith("> ")] == [line for line in lines if "**的**" in line]
    assert hits
