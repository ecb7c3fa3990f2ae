"""What goes wrong with the catalogue. Imports nothing, so that any command can name it."""


class CatalogueDamagedError(Exception):
    """The file cannot be read as a catalogue: it is to be made anew."""
