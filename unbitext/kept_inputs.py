"""From the catalogue to a build and back: its files as inputs, and what the build made of them as states."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from schemas.base import Model
from schemas.catalogue import DocumentState, Entry, KeptDocument
from schemas.document import Language
from schemas.fetching import FetchedFile
from schemas.ids import symbol_to_stem
from unbitext.catalogue.catalogue import Catalogue, Selection
from unbitext.fetched_files import FetchedFiles
from unbitext.inputs import Inputs
from unbitext.outcome import Standing
from unbitext.records import InputFile


class KeptInputs(Model):
    """The inputs of a build, and whose they are: symbol and language by label.

    One file may be two documents': A/79/989-S/2025/511 is asked for under either symbol.
    """

    inputs: Inputs
    owners: dict[str, tuple[tuple[str, Language], ...]]


def kept_inputs(catalogue: Catalogue, files: FetchedFiles) -> KeptInputs:
    """Make inputs of all that is kept: one for each file, labelled by its first symbol."""
    by_file: dict[str, list[Entry]] = defaultdict(list)
    for entry in catalogue.select(Selection(kept=True)):
        by_file[entry.sha256 or ""].append(entry)
    inputs = []
    owners = {}
    for entries in by_file.values():
        # The catalogue gives them in the order of their symbols.
        kept = next(entry.kept for entry in entries if entry.kept)
        one = _input(kept, files)
        inputs.append(one)
        owners[one.label] = tuple((entry.symbol, entry.language) for entry in entries)
    inputs.sort(key=lambda one: one.label)
    return KeptInputs(inputs=Inputs(files=tuple(inputs)), owners=owners)


def _input(kept: KeptDocument, files: FetchedFiles) -> InputFile:
    file, word = kept.file, kept.word
    current = {file.sha256}
    one = _file(kept, file, files)
    instead = None
    if word is not None and word.sha256 not in current:
        instead = _file(kept, word, files).model_copy(update={"label": one.label})
    former = dict.fromkeys(earlier.sha256 for earlier in kept.earlier if earlier.sha256 not in current)
    return one.model_copy(update={"instead": instead, "replaces": tuple(former), "notes": kept.findings})


def _file(kept: KeptDocument, file: FetchedFile, files: FetchedFiles) -> InputFile:
    path = files.path(file)
    name = f"{symbol_to_stem(kept.symbol)}.{kept.language}{path.suffix}"
    return InputFile(
        path=path,
        label=name,
        sha256=file.sha256,
        size_bytes=file.size_bytes,
        known_as=name,
        url=file.final_url or file.url,
        retrieved_at=file.retrieved_at,
    )


def note_standings(
    catalogue: Catalogue, owners: dict[str, tuple[tuple[str, Language], ...]], standings: Iterable[Standing]
) -> list[Entry]:
    """Tell the catalogue what a build made of its inputs; return the entries for which that was news.

    An entry that waits for its file to be fetched again is left alone.
    """
    changed: list[Entry] = []
    with catalogue.changes():
        for standing in standings:
            for symbol, language in owners.get(standing.label, ()):
                entry = catalogue.entry(symbol, language)
                if entry is None or entry.kept is None or entry.state is DocumentState.WANTED:
                    continue
                update = {name: getattr(standing, name) for name in ("state", "by", "code", "message")}
                after = entry.model_copy(update=update)
                if catalogue.put(after):
                    changed.append(after)
    return changed


def labels_of(entries: Sequence[Entry]) -> list[str]:
    """Name entries to people: `CD/PV.1511 (zh)`."""
    return [f"{entry.symbol} ({entry.language})" for entry in entries]
