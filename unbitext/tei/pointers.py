"""Pointers into the corpus root (`un:role.chair`) and the values that they stand for.

`un:` is declared in each header by a prefixDef; behind it stands the xml:id of a category, a person or an organisation
in `corpus.xml`. A value that cannot be part of an id has no pointer; it is then noted as a field.
"""

import re
from collections.abc import Iterable

from schemas.document import Document, Role, SpeakerRole, Turn
from unbitext.tei.names import Names

PREFIX = "un"
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_STATE = re.compile(r"[A-Z]{3}")
_ORGANISATION = re.compile(r"org\.[A-Za-z0-9._-]+")

DELIVERED = f"{PREFIX}:delivered."
SPEAKER_ROLE = f"{PREFIX}:role."
PART = f"{PREFIX}:part."
VOTE = f"{PREFIX}:vote."
SIDE = f"{PREFIX}:side."
STATE = f"{PREFIX}:state."
GENRE = f"{PREFIX}:genre."
ROOT_POINTER = f"{PREFIX}:"


def delivered(language: str | None) -> str | None:
    """Point to the language a speech was delivered in."""
    return DELIVERED + language if language is not None and _LANGUAGE.fullmatch(language) else None


def organisation(code: str | None) -> str | None:
    """Point to a State by its ISO 3166 alpha-3 code (`un:state.DEU`), or to an organisation by its id (`un:org.EU`)."""
    if code is not None and _STATE.fullmatch(code):
        return STATE + code
    return ROOT_POINTER + code if code is not None and _ORGANISATION.fullmatch(code) else None


def organisation_code(pointer: str) -> str:
    """Undo `organisation`."""
    return pointer.removeprefix(STATE).removeprefix(ROOT_POINTER)


def person(document: Document, turn: Turn, names: Names) -> str:
    """Point to who speaks: one person for all turns of one document that bear the same name, role and affiliation.

    Persons are told apart within a document only: the same name in two documents proves nothing.
    """
    first = next(other for other in document.turns if _who(other) == _who(turn))
    return f"{ROOT_POINTER}per.{names.document}.{first.n}"


def _who(turn: Turn) -> tuple[str, SpeakerRole, str | None]:
    return turn.speaker, turn.role, turn.affiliation.text if turn.affiliation else None


def analysis(role: Role | SpeakerRole | None, language: str | None, others: Iterable[str] = ()) -> str | None:
    """Join the pointers of `@ana`: the part a paragraph plays or the role of a speaker, the language spoken, others."""
    prefix = PART if isinstance(role, Role) else SPEAKER_ROLE
    pointers = [prefix + role.value] if role else []
    if pointer := delivered(language):
        pointers.append(pointer)
    return " ".join([*pointers, *others]) or None


def analysed(ana: str | None, prefix: str) -> str | None:
    """Return what the pointer with `prefix` among `@ana` stands for, None if there is none."""
    found = (pointer[len(prefix) :] for pointer in (ana or "").split() if pointer.startswith(prefix))
    return next(found, None)
