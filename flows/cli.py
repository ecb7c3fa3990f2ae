"""The `unbitext` command: what it can do is registered here, each command in the module of its kind."""

import sys
from io import TextIOWrapper

import typer

from flows import (
    cli_corpus,
    cli_documents,
    cli_fetch,
    cli_find,
    cli_ingest,
    cli_lexicon,
    cli_look,
    cli_mirror,
    cli_prune,
    cli_release,
    cli_status,
    cli_testset,
)
from flows.cli_run import common_options

app = typer.Typer(
    name="unbitext",
    help="United Nations documents and their English originals as a sentence-aligned, schema-valid TEI corpus.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    # Plain help: the boxes need rich, whose import costs more than all else here.
    rich_markup_mode=None,
)
common_options(app)
for module in (
    cli_corpus,
    cli_documents,
    cli_lexicon,
    cli_fetch,
    cli_ingest,
    cli_look,
    cli_mirror,
    cli_prune,
    cli_status,
    cli_find,
    cli_testset,
    cli_release,
):
    module.register(app)


def main() -> None:
    """Run the command line of this process; does not return."""
    # What is printed is UTF-8 with line feeds whatever the locale: programs read it.
    for stream, errors in ((sys.stdout, "strict"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors, newline="\n")
    app(prog_name="unbitext")


if __name__ == "__main__":
    main()
