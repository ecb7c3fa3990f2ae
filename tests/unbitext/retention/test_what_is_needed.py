"""Whatever comes, is refused, released and replaced, in any order: what is needed stays, and nothing goes early."""

import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from schemas.catalogue import DocumentState, Entry
from schemas.fetching import FetchedFile, FetchReceipt
from schemas.settings import load_settings
from tests.unbitext.ingestion.conftest import SetClock
from unbitext.catalogue.catalogue import Catalogue
from unbitext.catalogue.former_files import FileKey
from unbitext.fetched_files import FetchedFiles
from unbitext.kept_documents import KeptDocuments
from unbitext.retention.policy import Policy
from unbitext.retention.releases import note_release

KEEP_DAYS = 10
DOCUMENTS = ("POND/1", "POND/2")
CONTENTS = [f"the pond in edition {number}".encode() for number in range(4)]


class Shore:
    """A store with documents, and beside it what is needed, written down in the plainest way."""

    def __init__(self, folder: Path) -> None:
        flags = {"data": folder / "data", "state": folder / "state", "out": folder / "corpus"}
        self.settings = load_settings({**flags, "keep_versions_days": KEEP_DAYS}, {}).values
        self.files = FetchedFiles(self.settings.data / "fetched")
        self.kept = KeptDocuments(self.settings.data / "kept")
        self.clock = SetClock()
        self.catalogue = Catalogue(folder / "state/catalogue/catalogue.sqlite", self.clock.now)
        self.passed = 0.0
        self.current: dict[str, FetchedFile] = {}
        self.words: dict[str, FetchedFile] = {}
        self.receipts: dict[str, FileKey] = {}
        self.released: set[str] = set()
        self.last_needed: dict[FileKey, float] = {}
        self.stored: dict[FileKey, FetchedFile] = {}

    def needed(self) -> set[FileKey]:
        shown = {file.sha256 for file in (*self.current.values(), *self.words.values())} | self.released
        return {(digest, False) for digest in shown} | set(self.receipts.values())

    def come(self, symbol: str, content: int, form: str, *, refused: bool = False) -> FetchedFile:
        """A file comes from the address of a document, and is judged."""
        data, url = CONTENTS[content], f"https://pond.example/{symbol}/{form}"
        digest = sha256(data).hexdigest()
        now = self.clock.now()
        file = FetchedFile(sha256=digest, size_bytes=len(data), media_type="text/plain", retrieved_at=now, url=url)
        self.files.put(data, file, aside=refused)
        code = "wrong-document" if refused else None
        receipt = FetchReceipt(url=url, symbol=symbol, language="en", checked_at=now, file=file, code=code)
        self.files.put_receipt(receipt)
        self.receipts[url] = (digest, refused)
        self.stored[digest, refused] = file
        return file

    def accept(self, symbol: str, content: int) -> None:
        self.current[symbol] = self.come(symbol, content, "pdf")
        self._keep(symbol)

    def accept_word(self, symbol: str, content: int) -> None:
        word = self.come(symbol, content, "doc")
        if symbol in self.current:
            self.words[symbol] = word
            self._keep(symbol)

    def refuse(self, symbol: str, content: int) -> None:
        self.come(symbol, content, "pdf", refused=True)

    def refuse_word(self, symbol: str, content: int) -> None:
        self.come(symbol, content, "doc", refused=True)

    def _keep(self, symbol: str) -> None:
        file, word = self.current[symbol], self.words.get(symbol)
        before = self.kept.get(symbol, "en")
        note = self.kept.keep(symbol, "en", "pond", file, word)
        if before is not None and note.word is None:
            self.words.pop(symbol, None)
        entry = Entry(symbol=symbol, language="en", state=DocumentState.FETCHED, origin="pond", kept=note)
        with self.catalogue.changes():
            self.catalogue.put(entry)

    def release(self, symbol: str, content: int) -> None:
        if symbol in self.current:
            digest = self.current[symbol].sha256
            self.released.add(digest)
            note_release(self.settings.data, Path(f"{symbol.replace('/', '_')}-{digest[:8]}"), [digest])

    def step_clock(self, symbol: str, content: int) -> None:
        self.clock.pass_days((-4000, -1, 9, 4000)[content])

    def pass_time(self, symbol: str, content: int) -> None:
        days = (0.5, 3, 6, 7)[content]
        self.clock.pass_days(days)
        self.passed += days

    def lose_catalogue(self, symbol: str, content: int) -> None:
        """All it knew is what lies beside the files."""
        self.catalogue._connection.execute("DELETE FROM former")
        self.catalogue._connection.execute("DELETE FROM retention")

    def prune(self, symbol: str = "", content: int = 0) -> None:
        before = {key for key, file in self.stored.items() if self.files.holds(file, aside=key[1])}
        pruned = Policy(self.settings, self.catalogue, self.kept, self.files).apply()
        gone = {(one.file.sha256, one.is_aside) for one in pruned.removed}
        for key in gone:
            assert self.passed - self.last_needed[key] >= KEEP_DAYS - 0.001
            assert self.files.removal(key[0], aside=key[1]) is not None
            assert not self.files.has_traces(self.stored[key], aside=key[1])
        after = {key for key, file in self.stored.items() if self.files.holds(file, aside=key[1])}
        assert before - after == gone
        assert self.needed() <= after

    def note_needs(self) -> None:
        for key in self.needed():
            self.last_needed[key] = self.passed


STEPS: list[Callable[[Shore, str, int], None]] = [
    Shore.accept,
    Shore.accept_word,
    Shore.refuse,
    Shore.refuse_word,
    Shore.release,
    Shore.step_clock,
    Shore.pass_time,
    Shore.pass_time,
    Shore.prune,
    Shore.prune,
    Shore.lose_catalogue,
]

Step = tuple[Callable[[Shore, str, int], None], str, int]
steps = st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from(DOCUMENTS), st.integers(0, 3)), max_size=30)

A, B = DOCUMENTS
WEEK = [(Shore.pass_time, A, 2), (Shore.prune, A, 0)]


@settings(max_examples=30)
@given(steps)
@example([(Shore.accept, A, 0), (Shore.accept, A, 1), (Shore.prune, A, 0), *WEEK, *WEEK, (Shore.accept, A, 0), *WEEK])
@example([(Shore.accept, A, 0), (Shore.accept, B, 0), (Shore.accept, A, 1), *WEEK, *WEEK, (Shore.accept, B, 1), *WEEK])
@example([(Shore.accept, A, 0), (Shore.refuse, A, 1), *WEEK, *WEEK, (Shore.accept, A, 2), *WEEK, *WEEK])
@example([(Shore.accept, A, 0), (Shore.accept_word, A, 1), (Shore.refuse_word, A, 2), *WEEK, *WEEK])
@example([(Shore.accept, A, 0), (Shore.release, A, 0), (Shore.accept, A, 1), *WEEK, *WEEK])
def test_what_is_needed_stays_and_nothing_goes_before_its_days_are_over(taken: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shore = Shore(Path(folder))
        shore.prune()
        for act, symbol, content in taken:
            shore.note_needs()
            act(shore, symbol, content)
        for act, symbol, content in WEEK * 3:
            shore.note_needs()
            act(shore, symbol, content)
        shore.catalogue.__exit__(None, None, None)


def test_the_policy_does_remove_what_is_not_needed(tmp_path: Path) -> None:
    shore = Shore(tmp_path)
    shore.prune()
    shore.accept(A, 0)
    shore.note_needs()
    shore.accept(A, 1)
    for _ in range(3):
        shore.pass_time(A, 2)
        shore.prune()
    assert not shore.files.holds(shore.stored[sha256(CONTENTS[0]).hexdigest(), False])
