"""What a build is asked to do, settled before it starts, and whether the last one has done it already."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from schemas.document import Language
from schemas.findings import Severity
from schemas.settings import Settings
from unbitext.aligners import AlignerChoice
from unbitext.inputs import InputError, Inputs, find_inputs
from unbitext.outcome import RESULT_DIGITS, BuildRecord
from unbitext.parse_results import results_version
from unbitext.records import parsed_key
from unbitext.report import Report, totals
from unbitext.standings import standings
from unbitext.store import Cache, CorpusFolder, State, digest, read_model, write_file


class Plan:
    """One build: its inputs, where it reads and writes, and the key that says all its result depends on."""

    def __init__(
        self,
        given: Sequence[Path] | Inputs,
        settings: Settings,
        symbol: str | None = None,
        language: Language | None = None,
    ) -> None:
        """Look at the inputs: files and folders, or what is known of them already.

        Raises `InputError` for inputs, or an aligner, that cannot be used.
        """
        self.inputs = given if isinstance(given, Inputs) else find_inputs(given)
        self.symbol = symbol
        self.language = language
        if (symbol or language) and len(self.inputs.files) != 1:
            raise InputError("--symbol and --language go with one file; name the others like CD_PV.1511.zh.txt")
        self.jobs = settings.jobs
        self.aligner = AlignerChoice.of(settings)
        self.corrections = settings.corrections
        self.corpus = CorpusFolder(settings.out)
        self.state = State(settings.state)
        version = results_version()
        self.cache = Cache(self.state.root, version)
        self.key = digest(
            version,
            self.inputs.model_dump_json(exclude={"files": {"__all__": {"path": True, "instead": {"path"}}}}),
            symbol or "",
            language or "",
            self.aligner.key,
            *(path.name.encode() + path.read_bytes() for path in sorted(self.corrections.glob("*.toml"))),
        )

    def done(self, *, by_name: bool = False) -> BuildRecord | None:
        """Return the record of the last build where this one would change nothing: same key, no file touched since.

        With `by_name` the corpus's files are not read, but for its root, which names them all with their digests.
        """
        record = read_model(self.state.record(self.corpus.root), BuildRecord)
        if record is None or record.key != self.key:
            return None
        if not by_name:
            return record if record.files == self.corpus.hashes() else None
        known = sorted(record.files) == self.corpus.names()
        return record if known and record.files.get(self.corpus.CORPUS) == self.corpus.root_hash() else None

    def record(self, report: Report, files: dict[str, str]) -> BuildRecord:
        """Make the record of this build: what it found, and the files it left with their hashes."""
        return BuildRecord(
            out=str(self.corpus.root),
            key=self.key,
            files=files,
            totals=totals(report),
            refused=report.all_refused,
            sources={
                each.sha256: str(each.path.resolve())
                for file in self.inputs.files
                for each in (file, file.instead)
                if each is not None
            },
            standings=standings(report),
            results=tuple(sorted({key[:RESULT_DIGITS] for key in self._results(report)})),
            failures=tuple(one.message for one in report.general if one.severity is Severity.ERROR),
        )

    def _results(self, report: Report) -> Iterator[str]:
        for file in self.inputs.files:
            for each in (file, file.instead):
                if each is not None:
                    yield parsed_key(each, self.symbol, self.language)
        yield from (document.key for document in report.documents)
        yield from (pair.key for pair in report.pairs)

    def remember(self, record: BuildRecord) -> None:
        """Keep the record of a build that is done."""
        write_file(self.state.record(self.corpus.root), record.model_dump_json(indent=1).encode() + b"\n")
