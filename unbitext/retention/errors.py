"""What keeps the policy from removing anything. Imports nothing, so that any command can name it."""


class UncertainError(Exception):
    """What refers to which file cannot be told for certain, so that nothing may be removed; the message says why."""
