"""A corpus of any size, made from that of the specimens: for measuring what reads corpora.

    python -m benchmarks.synthetic FOLDER [--documents N] [--corpus CORPUS]

Copies the documents and alignments of CORPUS (a corpus of the specimens; built where none is named) until there are N
documents, each copy under symbols of its own. Texts differ from copy to copy, or all would be near-duplicates: Chinese
characters and English words change places, each with one of the corpus, words with one of the same length. Ids,
links, places on the page and lengths are those of the specimens. What comes out is a valid corpus; its texts mean
nothing.
"""

import argparse
import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from benchmarks.golds import SPECIMENS
from benchmarks.plain_build import build_plainly
from unbitext.store import CorpusFolder
from unbitext.tei import CorpusAlignment, CorpusDocument, decode_document, encode_corpus, serialize
from unbitext.tei.alignment import decode_alignment, read_sides

_TEXT = re.compile(r"(<text[ >].*</text>|<note type=\"orig\"[^>]*>[^<]*</note>)", re.DOTALL)
_NODE = re.compile(r"(<label)?>[^<]+<")
"""What stands between two tags; a label must go on saying the number that @n has."""
_WORD = re.compile(r"(?<![A-Za-z/])[a-z]{3,}(?![A-Za-z])")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SHA256 = re.compile(r"(<idno type=\"sha256\">)([0-9a-f]{64})(</idno>)")
_BATCH = 200


class Template(NamedTuple):
    """A file of the corpus that is copied: its folder, its name, its content."""

    kind: str
    name: str
    content: str


class Words(NamedTuple):
    """What changes places: Chinese characters, and English words by their length."""

    characters: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, templates: Iterable[Template]) -> "Words":
        text = " ".join(
            node[0] for each in templates for part in _TEXT.findall(each.content) for node in _NODE.finditer(part)
        )
        by_length: dict[int, set[str]] = defaultdict(set)
        for word in _WORD.findall(text):
            by_length[len(word)].add(word)
        return cls(tuple(sorted(set(_HAN.findall(text)))), tuple(tuple(sorted(each)) for each in by_length.values()))

    def exchanged(self, seed: int) -> tuple[dict[int, str], dict[str, str]]:
        """What each character and each word becomes in a copy."""
        chance = random.Random(seed)
        characters = dict(zip(map(ord, self.characters), _shuffled(self.characters, chance), strict=True))
        words: dict[str, str] = {}
        for each in self.words:
            words |= dict(zip(each, _shuffled(each, chance), strict=True))
        return characters, words


def _shuffled(items: Sequence[str], chance: random.Random) -> list[str]:
    return chance.sample(items, len(items))


def read_templates(corpus: Path) -> list[Template]:
    """The documents and alignments of a corpus, alignments last."""
    found = [path for kind in ("documents", "alignments") for path in sorted((corpus / "tei" / kind).glob("*.xml"))]
    return [Template(path.parent.name, path.stem, path.read_text(encoding="utf-8")) for path in found]


def copy_of(template: Template, number: int, words: Words) -> Template:
    """The copy of a file under other symbols, with other texts; the same number gives the same."""
    if template.kind == "documents":
        characters, others = words.exchanged(number)

        def change_node(node: re.Match[str]) -> str:
            if node[1]:
                return node[0]
            return _WORD.sub(lambda word: others.get(word[0], word[0]), node[0].translate(characters))

        content = _TEXT.sub(lambda part: _NODE.sub(change_node, part[0]), template.content)
    else:
        content = template.content
    content = _SHA256.sub(
        lambda found: f"{found[1]}{sha256(f'{number} {found[2]}'.encode()).hexdigest()}{found[3]}", content
    )
    return Template(template.kind, renamed(template.name, number), renamed(content, number))


def renamed(text: str, number: int) -> str:
    """A text in which ids and symbols are those of a copy: SPECIMEN/PV.7 becomes SPECIMEN/12/PV.7."""
    return text.replace("SPECIMEN_", f"SPECIMEN_{number}_").replace("SPECIMEN/", f"SPECIMEN/{number}/")


def make_corpus(source: Path, folder: Path, documents: int, jobs: int = 2) -> Path:
    """Write a corpus of so many documents to an empty folder."""
    templates = read_templates(source)
    count = sum(each.kind == "documents" for each in templates)
    for kind in ("documents", "alignments"):
        (folder / "tei" / kind).mkdir(parents=True)
    numbers = range(1, -(-documents // count) + 1)
    batches = [numbers[start : start + _BATCH] for start in range(0, len(numbers), _BATCH)]
    write = partial(_write_copies, templates, Words.of(templates), folder, documents)
    known = _components(templates)
    made: list[CorpusDocument | CorpusAlignment] = []
    with ProcessPoolExecutor(jobs) as pool:
        for digests in pool.map(write, batches):
            made += [_component(known[name], number, digest) for name, number, digest in digests]
    root = encode_corpus(
        [each for each in made if isinstance(each, CorpusDocument)],
        [each for each in made if isinstance(each, CorpusAlignment)],
        generator="benchmark 1",
    )
    (folder / CorpusFolder.CORPUS).write_bytes(serialize(root))
    (folder / CorpusFolder.REPORT).write_text("A corpus made for measuring.\n", encoding="utf-8")
    return folder


def _write_copies(
    templates: Sequence[Template], words: Words, folder: Path, documents: int, numbers: Sequence[int]
) -> list[tuple[str, int, str]]:
    """Write some copies; for each file the name of its template, the copy's number and the sha256."""
    count = sum(each.kind == "documents" for each in templates)
    written: list[tuple[str, int, str]] = []
    for number in numbers:
        wanted = _wanted(templates, documents - count * (number - 1))
        for template in wanted:
            copy = copy_of(template, number, words)
            data = copy.content.encode("utf-8")
            (folder / "tei" / copy.kind / f"{copy.name}.xml").write_bytes(data)
            written.append((template.name, number, sha256(data).hexdigest()))
    return written


def _wanted(templates: Sequence[Template], most: int) -> Iterator[Template]:
    """As many documents as are still wanted, and the alignments of which both are among them."""
    names = [each.name for each in templates if each.kind == "documents"][:most]
    for each in templates:
        if each.kind == "documents":
            if each.name in names:
                yield each
        elif set(read_sides(etree.fromstring(each.content.encode()))) <= set(names):
            yield each


def _components(templates: Sequence[Template]) -> dict[str, CorpusDocument | CorpusAlignment]:
    found: dict[str, CorpusDocument | CorpusAlignment] = {}
    for each in templates:
        data = each.content.encode("utf-8")
        root = etree.fromstring(data)
        if each.kind == "documents":
            found[each.name] = CorpusDocument.of(decode_document(root), data)
        else:
            source, target = read_sides(root)
            links = len(decode_alignment(root))
            found[each.name] = CorpusAlignment(id=each.name, sha256="", source=source, target=target, links=links)
    return found


def _component(known: CorpusDocument | CorpusAlignment, number: int, digest: str) -> CorpusDocument | CorpusAlignment:
    named = {"id": renamed(known.id, number), "sha256": digest}
    if isinstance(known, CorpusDocument):
        speakers = tuple(one.model_copy(update={"id": renamed(one.id, number)}) for one in known.speakers)
        return known.model_copy(update={**named, "speakers": speakers})
    sides = {"source": renamed(known.source, number), "target": renamed(known.target, number)}
    return known.model_copy(update={**named, **sides})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--corpus", type=Path, help="a corpus of the specimens")
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pdfs = sorted((SPECIMENS / "pdf").glob("*.pdf"))
        corpus = arguments.corpus or build_plainly(pdfs, Path(folder) / "corpus", Path(folder) / "state")
        make_corpus(corpus, arguments.folder, arguments.documents, arguments.jobs)
    print(f"{arguments.documents} documents in {arguments.folder}")


if __name__ == "__main__":
    main()
