"""Large corpora made of a small one: its documents again and again, under other symbols and with other letters.

What sentences are written with is exchanged, differently in each copy, so that no copy repeats another; all else -
structure, speeches, pages, links - stays, and the result is as valid as the original. By default letters are exchanged;
`WordExchange` exchanges words, so that the copies together have no more words than the original, as in a real corpus.
"""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase

_SENTENCE = re.compile(r"(?<=<s )([^>]*>)(.*?)(?=</s>)", re.DOTALL)
_BETWEEN_TAGS = re.compile(r"(?:^|(?<=>))[^<]+")
_SOURCES = re.compile(r"( *<listBibl>\n).*?( *</listBibl>\n)", re.DOTALL)
_PERSONS = re.compile(r"( *<listPerson>\n)(.*?)( *</listPerson>\n)", re.DOTALL)
_INCLUDES = re.compile(r"(?: *<xi:include [^\n]*\n)+")
_COUNTS = re.compile(r'<measure quantity="(\d+)"')
_HAN = range(0x4E00, 0x9FA6)


class _Letters(dict[int, int]):
    """For `str.translate`: Latin letters exchanged, Han characters moved on."""

    def __init__(self, copy: int) -> None:
        dice = random.Random(copy)
        for letters in (ascii_lowercase, ascii_uppercase):
            self.update(zip(map(ord, letters), map(ord, dice.sample(letters, 26)), strict=True))
        self._shift = dice.randrange(len(_HAN))

    def __missing__(self, code: int) -> int:
        moved = _HAN[(code - _HAN.start + self._shift) % len(_HAN)] if code in _HAN else code
        self[code] = moved
        return moved


Exchange = Callable[[int], Callable[[str], str]]
"""For the number of a copy, what becomes of a text in it."""


def exchange_letters(copy: int) -> Callable[[str], str]:
    """Exchange letters: no word of a copy is one of the original."""
    letters = _Letters(copy)
    return lambda text: text.translate(letters)


class WordExchange:
    """Exchanges the Chinese characters of a corpus among themselves, and its English words with those of their length.

    Words with capitals stay, and so symbols and names do.
    """

    _WORD = re.compile(r"(?<![A-Za-z/])[a-z]{3,}(?![A-Za-z])")

    def __init__(self, corpus: Path) -> None:
        files = sorted((corpus / "tei" / "documents").glob("*.xml"))
        text = " ".join(found[2] for path in files for found in _SENTENCE.finditer(path.read_text(encoding="utf-8")))
        by_length: dict[int, set[str]] = defaultdict(set)
        for word in self._WORD.findall(re.sub(r"<[^>]*>", " ", text)):
            by_length[len(word)].add(word)
        self._words = [sorted(words) for _, words in sorted(by_length.items())]
        self._characters = sorted({character for character in text if ord(character) in _HAN})

    def __call__(self, copy: int) -> Callable[[str], str]:
        """Give what becomes of a text in a copy."""
        dice = random.Random(copy)
        characters = dict(
            zip(map(ord, self._characters), dice.sample(self._characters, len(self._characters)), strict=True)
        )
        words = {
            one: other for each in self._words for one, other in zip(each, dice.sample(each, len(each)), strict=True)
        }
        return lambda text: self._WORD.sub(lambda found: words.get(found[0], found[0]), text.translate(characters))


def copies_for(corpus: Path, documents: int) -> int:
    """How many copies of a corpus have about so many documents."""
    return max(round(documents / len(list((corpus / "tei" / "documents").iterdir()))), 1)


def write_copies(corpus: Path, out: Path, copies: int, exchange: Exchange = exchange_letters) -> None:
    """Write a corpus of so many copies of a corpus of specimens (symbols that begin with `SPECIMEN/`)."""
    root = (corpus / "tei" / "corpus.xml").read_text(encoding="utf-8")
    names = [path.relative_to(corpus / "tei").as_posix() for path in sorted((corpus / "tei").glob("*/*.xml"))]
    texts = {name: (corpus / "tei" / name).read_text(encoding="utf-8") for name in names}
    sums: dict[str, list[tuple[str, str]]] = {"documents": [], "alignments": []}
    for folder in sums:
        (out / "tei" / folder).mkdir(parents=True)
    for copy in range(copies):
        changed = exchange(copy)
        for name in names:
            data = _copied(texts[name], copy, changed).encode()
            own = _renamed(name, copy)
            (out / "tei" / own).write_bytes(data)
            sums[name.partition("/")[0]].append((own, sha256(data).hexdigest()))
    (out / "tei" / "corpus.xml").write_text("".join(_root(root, copies, sums)), encoding="utf-8")


def _copied(text: str, copy: int, changed: Callable[[str], str]) -> str:
    def sentence(match: re.Match[str]) -> str:
        return match[1] + _BETWEEN_TAGS.sub(lambda part: changed(part[0]), match[2])

    return _SENTENCE.sub(sentence, _renamed(text, copy))


def _renamed(text: str, copy: int) -> str:
    return text.replace("SPECIMEN_", f"SPECIMEN_{copy:06}_").replace("SPECIMEN/", f"SPECIMEN/{copy:06}/")


def _root(root: str, copies: int, sums: dict[str, list[tuple[str, str]]]) -> Iterator[str]:
    listed = [*sums["documents"], *sums["alignments"]]
    sources, persons, includes = (_found(pattern, root) for pattern in (_SOURCES, _PERSONS, _INCLUDES))
    yield _COUNTS.sub(lambda match: f'<measure quantity="{int(match[1]) * copies}"', root[: sources.end(1)])
    for name, digest in listed:
        yield f'<bibl><idno type="sha256">{digest}</idno><ptr target="{name}"/></bibl>\n'
    yield root[sources.start(2) : persons.end(1)]
    for copy in range(copies):
        yield _renamed(persons[2], copy)
    yield root[persons.start(3) : includes.start()]
    for name, _ in listed:
        yield f'<xi:include href="{name}"/>\n'
    yield root[includes.end() :]


def _found(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    found = pattern.search(text)
    if found is None:
        raise ValueError(f"no corpus of specimens: its root has no {pattern.pattern}")
    return found
