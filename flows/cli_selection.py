"""The options that select a part of a corpus, as `Corpus.filter` does (docs/api.md).

A parameter of a command that has the name of a setting is a flag for it, and `state` is one: the parameter for
`StateFilter` must bear another name.
"""

from typing import Annotated

import typer

SymbolFilter = Annotated[str | None, typer.Option("--symbol", help="Of documents with this symbol: CD/PV.*")]
BodyFilter = Annotated[str | None, typer.Option("--body", help="Of this body: a code, a name, how symbols begin.")]
GenreFilter = Annotated[str | None, typer.Option("--genre", help="Of this genre: verbatim_record.")]
LanguageFilter = Annotated[str | None, typer.Option("--language", help="Of this language, or this pair: zh-en.")]
SinceFilter = Annotated[str | None, typer.Option("--since", metavar="DATE", help="Issued or met on this day or later.")]
UntilFilter = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="Issued or met on this day or earlier.")
]
StateFilter = Annotated[str | None, typer.Option("--state", help="Said for this State or organisation: DEU, 德国.")]
SpokenFilter = Annotated[str | None, typer.Option("--spoken-language", help="In speeches given in this language.")]
