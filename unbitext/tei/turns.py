"""Turns: the label that opens a speech, and the `<u>` that holds it."""

from lxml import etree

from schemas.document import Affiliation, Document, SpeakerRole, Turn
from unbitext.tei.characters import append_text, read_text
from unbitext.tei.fields import Fields, KnownFields
from unbitext.tei.names import XML_ID, EncodingError, Names, add, line_of, named
from unbitext.tei.pointers import (
    DELIVERED,
    SPEAKER_ROLE,
    analysed,
    analysis,
    delivered,
    organisation,
    organisation_code,
    person,
)


def turn_id(number: int) -> str:
    """Name the `<u>` of a turn."""
    return f"turn.{number}"


class TurnWriter:
    """Opens `<u>` elements, and writes the label of each turn once."""

    def __init__(self, document: Document, names: Names, fields: Fields) -> None:
        self._document = document
        self._names = names
        self._fields = fields
        self._pieces: dict[int, int] = {}

    @property
    def unwritten(self) -> list[Turn]:
        """The turns that have no `<u>` yet."""
        return [turn for turn in self._document.turns if turn.n not in self._pieces]

    def turn(self, number: int) -> Turn:
        """Return the turn of that number."""
        return self._document.turns[number - 1]

    def is_new(self, number: int) -> bool:
        """Whether the turn has no `<u>` yet."""
        return number not in self._pieces

    def open(self, parent: etree._Element, number: int, bearer: str | None) -> etree._Element:
        """Append a `<u>` to a div; before its first one, the label, if the block `bearer` bears it.

        A turn that something interrupts goes on in another `<u>`, which points back with `@prev`.
        """
        turn = self.turn(number)
        piece = self._pieces[number] = self._pieces.get(number, 0) + 1
        if piece == 1:
            holder, target = (self._fields.speakers, turn_id(number)) if bearer is None else (parent, bearer)
            note = add(holder, "note", type="speaker", target=self._names.pointer(target))
            self._write_label(note, turn)
        before = turn_id(number) if piece == 2 else f"{turn_id(number)}.{piece - 1}"
        element = add(
            parent,
            "u",
            n=str(number),
            who=person(self._document, turn, self._names),
            ana=analysis(turn.role, turn.spoken_language),
            prev=self._names.pointer(before) if piece > 1 else None,
        )
        element.set(XML_ID, self._names.full(turn_id(number) if piece == 1 else f"{turn_id(number)}.{piece}"))
        return element

    def _write_label(self, note: etree._Element, turn: Turn) -> None:
        identifier = turn_id(turn.n)
        rest = turn.label
        speaker = affiliation = code = None
        if turn.speaker and turn.speaker in rest:
            before, rest = rest.split(turn.speaker, 1)
            append_text(note, before)
            append_text(add(note, "persName"), turn.speaker)
            speaker = turn.speaker
        if turn.affiliation and turn.affiliation.text and turn.affiliation.text in rest:
            affiliation, code = turn.affiliation.text, turn.affiliation.code
            before, rest = rest.split(affiliation, 1)
            append_text(note, before)
            pointer = organisation(code)
            name = add(note, "orgName", ref=pointer, key=code if pointer is None else None)
            append_text(name, affiliation)
        append_text(note, rest)
        self._fields.note(identifier, "speaker", turn.speaker, speaker)
        self._fields.note(identifier, "affiliation", turn.affiliation.text if turn.affiliation else None, affiliation)
        self._fields.note(identifier, "code", turn.affiliation.code if turn.affiliation else None, code)
        spoken = turn.spoken_language
        self._fields.note(identifier, "spoken_language", spoken, spoken if delivered(spoken) else None)


class TurnReader:
    """Collects turns from the labels and the `<u>` elements as they come."""

    def __init__(self, fields: KnownFields, names: Names) -> None:
        self._fields = fields
        self._names = names
        self._label: etree._Element | None = None
        self._turns: dict[int, Turn] = {}

    @property
    def turns(self) -> tuple[Turn, ...]:
        """All turns read, by number."""
        return tuple(self._turns[number] for number in sorted(self._turns))

    def label(self, note: etree._Element) -> str:
        """Take the label of the turn that follows; return the id of the block that bears it."""
        self._label = note
        return self._names.local(note.get("target", ""))

    def open(self, element: etree._Element) -> Turn:
        """Return the turn that a `<u>` belongs to."""
        try:
            number = int(element.get("n", ""))
        except ValueError as error:
            raise EncodingError(f"line {line_of(element)}: <u> without number") from error
        if number not in self._turns:
            self._turns[number] = self._read(element, number)
        self._label = None
        return self._turns[number]

    def _read(self, element: etree._Element, number: int) -> Turn:
        identifier = turn_id(number)
        note = self._label if self._label is not None else self._fields.speakers.get(identifier)
        if note is None:
            raise EncodingError(f"line {line_of(element)}: no label for turn {number}")
        speaker = next((read_text(name) for name in named(note, "persName")), None)
        organisation_name = next(iter(named(note, "orgName")), None)
        affiliation = code = None
        if organisation_name is not None:
            affiliation = read_text(organisation_name)
            reference = organisation_name.get("ref")
            code = organisation_name.get("key") if reference is None else organisation_code(reference)
        spoken = analysed(element.get("ana"), DELIVERED)
        speaker = _text(self._fields.value(identifier, "speaker", speaker))
        affiliation = _text(self._fields.value(identifier, "affiliation", affiliation))
        code = _text(self._fields.value(identifier, "code", code))
        return Turn(
            n=number,
            label=read_text(note),
            speaker=speaker or "",
            role=SpeakerRole(analysed(element.get("ana"), SPEAKER_ROLE) or ""),
            affiliation=Affiliation(text=affiliation, code=code) if affiliation is not None else None,
            spoken_language=_text(self._fields.value(identifier, "spoken_language", spoken)),
        )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
