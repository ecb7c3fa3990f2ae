"""`unbitext lexicon`, and `unbitext align` with what it learned and without."""

import gzip
import json
import random
from pathlib import Path

import pytest

from tests.flows.conftest import Builder, Command
from tests.flows.trees import times, tree

# French and English of a harbour, invented: some nouns and verbs, of which sentences are made.
WORDS = {
    **{"phare": "lighthouse", "bateau": "ferry", "île": "island", "vent": "wind", "brume": "fog", "port": "harbour"},
    **{
        "rapport": "report",
        "réunion": "meeting",
        "gardien": "keeper",
        "nuit": "night",
        "oiseau": "bird",
        "neige": "snow",
    },
    **{"voit": "sees", "quitte": "leaves", "aime": "likes", "craint": "fears", "montre": "shows", "attend": "awaits"},
}
NOUNS, VERBS = list(WORDS)[:12], list(WORDS)[12:]


def sentences(count: int, seed: int) -> list[tuple[str, str]]:
    """French sentences of one form, each with its English."""
    chosen = random.Random(seed)
    found = []
    for _ in range(count):
        first, verb, second = chosen.choice(NOUNS), chosen.choice(VERBS), chosen.choice(NOUNS)
        found.append((f"Le {first} {verb} le {second}.", f"The {WORDS[first]} {WORDS[verb]} the {WORDS[second]}."))
    return found


def write(path: Path, lines: list[str]) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def parallel(tmp_path: Path) -> tuple[Path, Path]:
    """Two files of parallel lines."""
    pairs = sentences(200, 1)
    return write(tmp_path / "lines.fr", [fr for fr, _ in pairs]), write(tmp_path / "lines.en", [en for _, en in pairs])


def test_what_is_learned(unbitext: Command, parallel: tuple[Path, Path]) -> None:
    run = unbitext("lexicon", *parallel, "--origin", "invented lines")
    assert (run.returncode, run.stderr) == (0, "")
    rows = [line.split("\t") for line in run.stdout.splitlines()]
    assert rows[:4] == [
        ["# unbitext lexicon 2"],
        ["# Learned from 200 pairs of lines: invented lines."],
        ["# IBM Model 1 in both directions, trained to agree; statistics only, no text."],
        ["languages", "fr", "en"],
    ]
    best: dict[str, tuple[float, str]] = {}
    for row in rows:
        if row[0] == "pair":
            best[row[1]] = max(best.get(row[1], (0.0, "")), (float(row[3]), row[2]))
    assert {french: best[french[:6]][1] for french in WORDS} == {fr: en[:6] for fr, en in WORDS.items()}
    assert max(len(cell) for row in rows if row[0] in ("source", "target") for cell in row[1:2]) <= 6, "terms, not text"


def test_the_same_lines_give_the_same_bytes(unbitext: Command, parallel: tuple[Path, Path], tmp_path: Path) -> None:
    files = [tmp_path / "one.tsv.gz", tmp_path / "other.tsv.gz"]
    for seed, file in enumerate(files):
        run = unbitext("lexicon", *parallel, "--out", file, environment={"PYTHONHASHSEED": str(seed)})
        assert (run.returncode, run.stdout) == (0, "")
        assert file.name in run.stderr
    assert files[0].read_bytes() == files[1].read_bytes()
    printed = unbitext("lexicon", *parallel).stdout
    assert gzip.decompress(files[0].read_bytes()).decode() == printed


@pytest.mark.parametrize(
    ("source", "target", "code", "message"),
    [
        (b"un\ndeux\n", b"one\n", 2, "lines.fr has 2 lines and lines.en 1: line n must stand for line n"),
        (b"un\n", b"", 3, "refused: empty-file: "),
        (b"\n\n", b"one\ntwo\n", 3, "refused: empty-file: "),
        (bytes(range(256)), b"one\n", 3, "refused: not-text: "),
        ("灯塔亮了。\n".encode().decode("latin-1").encode() * 40, b"lit\n" * 40, 3, "refused: mojibake: "),
        (None, b"one\n", 2, "lines.fr: No such file or directory"),
    ],
)
def test_bad_lines(
    unbitext: Command, tmp_path: Path, source: bytes | None, target: bytes, code: int, message: str
) -> None:
    for name, data in (("lines.fr", source), ("lines.en", target)):
        if data is not None:
            (tmp_path / name).write_bytes(data)
    run = unbitext("lexicon", "lines.fr", "lines.en", "--out", "out.tsv.gz")
    assert (run.returncode, run.stdout) == (code, "")
    assert message in run.stderr
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "out.tsv.gz").exists()


def test_a_file_that_cannot_be_written(unbitext: Command, parallel: tuple[Path, Path]) -> None:
    run = unbitext("lexicon", *parallel, "--out", "absent/out.tsv.gz")
    assert run.returncode == 2
    assert "absent/out.tsv.gz: No such file or directory" in run.stderr


def bitext(tmp_path: Path) -> list[tuple[list[str], list[str]]]:
    """Write forty sentences, one left out on each side; the links that are right."""
    pairs = sentences(40, 2)
    write(tmp_path / "a.fr", [fr for n, (fr, _) in enumerate(pairs) if n != 25])
    write(tmp_path / "b.en", [en for n, (_, en) in enumerate(pairs) if n != 10])
    links = [([str(n)], [str(n - (n > 10))]) for n in range(25) if n != 10]
    return [*links, *(([str(n - 1)], [str(n - 1)]) for n in range(26, 40))]


def right(output: str, expected: list[tuple[list[str], list[str]]]) -> int:
    rows = [json.loads(line) for line in output.splitlines()]
    return sum((row["source_ids"], row["target_ids"]) in expected for row in rows)


def test_another_pair_of_languages_from_lines_to_links(
    unbitext: Command, parallel: tuple[Path, Path], tmp_path: Path
) -> None:
    expected = bitext(tmp_path)
    unbitext("lexicon", *parallel, "--out", "fr-en.tsv.gz")
    languages = ("--source-language", "fr", "--target-language", "en")
    found = unbitext("align", "--segmented", "a.fr", "b.en", *languages, "--lexicon", "fr-en.tsv.gz")
    assert (found.returncode, found.stderr) == (0, "")
    assert right(found.stdout, expected) == len(expected)
    assert "|lexicon:shipped+" in found.stdout
    turned = unbitext("lexicon", *parallel[::-1], "--out", "en-fr.tsv.gz")
    assert turned.returncode == 0
    for lexicon, named in (("en-fr.tsv.gz", languages), ("fr-en.tsv.gz", ())):  # the wrong way round; nothing named
        other = unbitext("align", "--segmented", "a.fr", "b.en", *named, "--lexicon", lexicon)
        assert right(other.stdout, expected) == len(expected)
    # every line has nearly the same length, so that without a lexicon only what is learned from the text itself helps
    without = unbitext("align", "--segmented", "a.fr", "b.en", *languages)
    assert without.returncode == 0
    assert len(expected) // 2 <= right(without.stdout, expected) <= right(found.stdout, expected)


def test_a_file_that_is_no_lexicon(unbitext: Command, tmp_path: Path) -> None:
    bitext(tmp_path)
    (tmp_path / "bad.tsv.gz").write_text("no lexicon")
    run = unbitext("align", "--segmented", "a.fr", "b.en", "--lexicon", "bad.tsv.gz")
    assert (run.returncode, run.stdout) == (2, "")
    assert "bad.tsv.gz: not a lexicon" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_lexicon_for_other_languages(unbitext: Command, parallel: tuple[Path, Path], tmp_path: Path) -> None:
    bitext(tmp_path)
    unbitext("lexicon", *parallel, "--out", "fr-en.tsv.gz")
    languages = ("--source-language", "es", "--target-language", "en")
    run = unbitext("align", "--segmented", "a.fr", "b.en", *languages, "--lexicon", "fr-en.tsv.gz")
    assert (run.returncode, run.stdout) == (2, "")
    assert "fr-en.tsv.gz: a lexicon for fr-en, and the texts are es-en: give one for these" in run.stderr


def test_languages_that_nobody_named(unbitext: Command, tmp_path: Path) -> None:
    write(tmp_path / "a", ["7 8"] * 3)
    write(tmp_path / "b", ["7 8"] * 3)
    run = unbitext("lexicon", "a", "b")
    assert run.returncode == 0
    assert "the languages of the lines are not known: name them with --source-language" in run.stderr
    assert "languages" not in run.stdout
    named = unbitext("lexicon", "a", "b", "--source-language", "es", "--target-language", "ru")
    assert "languages\tes\tru\n" in named.stdout
    assert named.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "what is it to be learned from?"),
        (["lines.fr"], "what is it to be learned from?"),
        (["lines.fr", "lines.en", "--from-corpus", "corpus"], "give SOURCE and TARGET, or --from-corpus alone"),
        (["--from-corpus", "corpus", "--origin", "x"], "give SOURCE and TARGET, or --from-corpus alone"),
        (["--from-corpus", "corpus"], "corpus has no aligned pair: name the folder of a corpus that has"),
    ],
)
def test_what_a_lexicon_is_not_learned_from(unbitext: Command, arguments: list[str], message: str) -> None:
    run = unbitext("lexicon", *arguments)
    assert (run.returncode, run.stdout) == (2, "")
    assert message in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.slow
@pytest.mark.flow
def test_a_corpus_teaches_a_lexicon_and_is_built_with_it(builder: Builder, specimens: Path) -> None:
    build = (
        "build",
        *(specimens / f"SPECIMEN_{name}.txt" for name in ("RES_9_4.zh", "RES_9_4.en", "PV.7.zh", "PV.7.en")),
    )
    assert builder.run(*build, "--out", "corpus").returncode == 0
    before = tree(Path("corpus"))
    for name in ("one", "two"):
        learned = builder.run("lexicon", "--from-corpus", "corpus", "--out", f"{name}.tsv.gz")
        assert learned.returncode == 0, learned.stderr
    assert Path("one.tsv.gz").read_bytes() == Path("two.tsv.gz").read_bytes()
    assert b"SPECIMEN" not in gzip.decompress(Path("one.tsv.gz").read_bytes())

    again = (*build, "--out", "corpus", "--lexicon", "one.tsv.gz")
    run = builder.run(*again)
    assert run.returncode == 0, run.stderr
    after = tree(Path("corpus"))
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    assert {name for name in changed if "alignments" in name} == {name for name in after if "alignments" in name}
    assert not any("documents" in name for name in changed)
    assert all(b"|lexicon:shipped+" in data for name, data in after.items() if "alignments" in name)

    # the same bytes under another name, at once and from nothing
    unchanged = times(Path("corpus"))
    other = builder.run(*build, "--out", "corpus", "--lexicon", "two.tsv.gz")
    assert other.stdout.startswith("nothing has changed since the last build")
    assert times(Path("corpus")) == unchanged
    assert builder.run(*again, "--out", "anew", "--jobs", "1").returncode == 0
    assert tree(Path("anew")) == after
    # and without it everything is as it was
    assert builder.run(*build, "--out", "corpus").returncode == 0
    assert tree(Path("corpus")) == before

    bad = builder.run(*build, "--out", "corpus", "--lexicon", "absent.tsv.gz")
    assert bad.returncode == 2
    assert "absent.tsv.gz: No such file or directory" in bad.stderr
    assert tree(Path("corpus")) == before
