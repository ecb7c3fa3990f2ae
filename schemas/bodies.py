"""The bodies of the United Nations, by the first components of their documents' symbols and by name.

`vocabularies/bodies.tsv`: an id of the project's own, the prefixes of symbols (UN document symbols as the Dag
Hammarskjöld Library describes them), and the names, the one printed in mastheads first.
"""

from functools import cache

from schemas.vocabularies.table import Named, name_key, name_keys, names_in, read_rows


class Body(Named):
    """A body that documents are issued for: `prefixes` start its symbols; names by language, the first is current."""

    code: str
    prefixes: tuple[str, ...]


@cache
def bodies() -> dict[str, Body]:
    """Every body by its code, in the order of the file."""
    rows = read_rows("bodies.tsv")
    made = (
        Body.model_validate({"code": row["code"], "prefixes": tuple(row["prefixes"].split("|")), **names_in(row)})
        for row in rows
    )
    return {body.code: body for body in made}


def body_of_symbol(symbol: str) -> Body | None:
    """Find the body whose symbols begin like `symbol`: the longest prefix that ends where a component or number does.

    `A/C.2/79/L.1` gives the Second Committee, not the First or the Assembly. A bracketed parent is read as written out
    (`[E/ECE/]TRANS/1`). None for an unknown series.
    """
    plain = symbol.replace("[", "").replace("]", "").strip().upper()
    fitting = [
        (len(prefix), body)
        for prefix, body in _prefixes()
        if plain.startswith(prefix) and not plain[len(prefix) : len(prefix) + 1].isalnum()
    ]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def find_body(name: str) -> Body | None:
    """Find the body that a masthead or label names: the whole of `name`, in any language, accents and case apart."""
    return next((_names()[key] for key in name_keys(name) if key in _names()), None)


@cache
def _prefixes() -> tuple[tuple[str, Body], ...]:
    return tuple((prefix.upper(), body) for body in bodies().values() for prefix in body.prefixes)


@cache
def _names() -> dict[str, Body]:
    found: dict[str, Body] = {}
    for body in bodies().values():
        for names in body.by_language().values():
            for name in names:
                found.setdefault(name_key(name), body)
    return found
