"""States and organisations as speakers' labels and submitters name them.

`vocabularies/states.tsv` holds the 193 Member States, the two observer States, other States that take part in treaty
conferences, States that have ceased to exist but speak in records since 1990, and the organisations and groups that
take the floor. Codes are ISO 3166-1 alpha-3 (ISO 3166-3 for former States); a State that only changed its name keeps
the code it has today (Zaire: COD). Organisations have ids of the project's own (`org.EU`).

English and Chinese names are those of the United Nations' terminology and of its records. The first French, Spanish,
Russian and Arabic names are likewise the United Nations' where they are known to differ; the rest of these four columns
was generated from the Unicode CLDR data in Babel 2.18 (licence Unicode-3.0).
"""

import re
from functools import cache
from typing import Literal

from schemas.vocabularies.table import Named, name_key, name_keys, names_in, read_rows

StateKind = Literal["member", "observer", "non_member", "former", "organisation"]


class State(Named):
    """A State or an organisation; the first name in each language is the United Nations' own of today."""

    code: str
    kind: StateKind


@cache
def states_and_organisations() -> dict[str, State]:
    """Give every row of the vocabulary by code, in the order of the file."""
    return {
        row["code"]: State.model_validate({"code": row["code"], "kind": row["kind"], **names_in(row)})
        for row in read_rows("states.tsv")
    }


@cache
def states() -> dict[str, State]:
    """Give the States alone, former ones too, by code."""
    return {code: state for code, state in states_and_organisations().items() if state.kind != "organisation"}


def find_state(text: str, language: str | None = None) -> State | None:
    """Find the State that `text` names: the whole of it, in `language`, or in any of the six.

    Tolerates white space, accents, kinds of apostrophes and brackets, a leading article, and either order of a formal
    name (`Islamic Republic of Iran`, `Iran (Islamic Republic of)`). An observer's label counts for what it
    observes for. None for an organisation or an unknown name.
    """
    found = _find(text, language)
    return None if found is None or found.kind == "organisation" else found


def find_affiliation(text: str, language: str | None = None) -> str | None:
    """Find the code of what a speaker speaks for: a State's (`DEU`) or an organisation's (`org.EU`).

    Reads names as `find_state` does; None if there is no such name, as for departments and persons.
    """
    found = _find(text, language)
    return None if found is None else found.code


# Observers are labelled with their standing: "Mr. X (Observer for Palestine)", "X先生(巴勒斯坦观察员)".
_OBSERVER = re.compile(
    r"(?:(?:permanent\s+)?observer\s+(?:for|of)\s+|observateur\s+(?:de\s+|du\s+|pour\s+)|observador\s+(?:de|del)\s+)"
    r"(?P<latin>.+)|(?P<han>.+?)(?:常驻)?观察员",
    re.IGNORECASE | re.DOTALL,
)


def _find(text: str, language: str | None) -> State | None:
    observer = _OBSERVER.fullmatch(text.strip())
    texts = [text] if observer is None else [text, observer["latin"] or observer["han"]]
    names = _names_by_key(language)
    keys = [key for each in texts for key in name_keys(each)]
    return next((names[key] for key in keys if key in names), None)


@cache
def _names_by_key(language: str | None) -> dict[str, State]:
    found: dict[str, State] = {}
    for state in states_and_organisations().values():
        for each, names in state.by_language().items():
            if language in (None, each):
                for name in names:
                    found.setdefault(name_key(name), state)
    return found
