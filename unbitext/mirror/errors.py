"""What can be wrong with a mirror."""


class MirrorError(Exception):
    """A mirror that cannot be used as asked; the message says why, and what to do about it."""


class ManifestError(MirrorError):
    """A manifest that is damaged, or that must not be followed."""
