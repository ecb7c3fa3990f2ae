"""The command that looks at what a corpus holds: show."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: the others start without it

from pathlib import Path
from typing import Annotated, Literal

import typer

from flows.cli_run import Run, command
from flows.exit_codes import ExitCode, UsageError
from flows.messages import LOGGER

_DATA = Path("data")
"""Where a checkout keeps documents: a source is looked for there."""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    command(app)(show)


def show(
    run: Run,
    identifier: Annotated[str, typer.Argument(metavar="ID", help="STEM.LANG, and the id of a part behind a dot.")],
    corpus: Annotated[Path | None, typer.Option("--corpus", help="The corpus (outputs/corpus).")] = None,
    link: Annotated[
        bool, typer.Option("--link", help="Print the links there instead, as corrections that confirm them.")
    ] = False,
    corrections: Annotated[Path | None, typer.Option(help="The folder of a reader's corrections.")] = None,
    format: Annotated[Literal["text", "json"], typer.Option(help="How it is printed.")] = "text",
    boxes: Annotated[bool, typer.Option("--boxes", help="Print the boxes on the pages, too.")] = False,
    page_image: Annotated[
        Path | None, typer.Option(metavar="OUT.png", help="Draw the source's page with the boxes.")
    ] = None,
    every_block: Annotated[
        bool, typer.Option("--all", help="On the picture: every block, in the colour of its kind.")
    ] = False,
    resolution: Annotated[int, typer.Option(min=18, max=600, help="Dots an inch of the picture.")] = 100,
    source: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The source file, where it is not found by itself.")
    ] = None,
) -> ExitCode:
    """Print a part of a corpus, its hashes, its place in the source."""
    from unbitext.link_corrections import read_link_corrections
    from unbitext.places import write_page_images
    from unbitext.showing import NotFoundError, find_part, show_links, show_part
    from unbitext.showing_json import show_json
    from unbitext.source_files import SourceError, Whereabouts

    folder = corpus or run.settings.out
    if page_image is not None and page_image.suffix.lower() != ".png":
        raise UsageError(f"{page_image}: the picture is a PNG; give a name that ends in .png")
    try:
        # Pictures first: what cannot be drawn is bad usage, and leaves nothing on standard output.
        drawn: list[tuple[int, Path]] = []
        if page_image is not None:
            document, parts = find_part(folder, identifier)
            where = Whereabouts(corpus=folder, state=run.settings.state, data=_DATA, given=source)
            drawn = write_page_images(
                document, parts, page_image, where, resolution=resolution, every_block=every_block
            )
        if link:
            known, _ = read_link_corrections(run.settings.corrections)
            print(show_links(folder, identifier, tuple(known)))
        elif format == "json":
            print(show_json(folder, identifier))
        else:
            print(show_part(folder, identifier, with_boxes=boxes))
        for number, file in drawn:
            LOGGER.info("page %d is drawn in %s", number, file)
    except (NotFoundError, SourceError) as error:
        raise UsageError(str(error)) from error
    return ExitCode.DONE
