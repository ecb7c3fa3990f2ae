"""What can be wrong with a corpus that is read."""


class CorpusError(ValueError):
    """A corpus that cannot be read, or is not what its root says; the message names the file and what to do."""


class NotInCorpusError(LookupError):
    """The corpus has no document or pair of that name; the message names it."""


class MissingLibraryError(ImportError):
    """An optional library that is asked for and not installed; the message says how to get it."""
