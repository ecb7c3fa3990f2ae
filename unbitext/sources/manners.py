"""How a host is treated: what the settings say of delays, tries, budgets and sizes, and who is asking."""

import re
from typing import Self

from schemas.base import Model
from schemas.settings import Settings
from unbitext.generator import GENERATOR

NO_CONTACT = ""
_CONTACT = re.compile(r"[!-~]+@[!-~]+\.[!-~]+|https?://[!-~]+")


class NoContactError(ValueError):
    """Nobody is named whom a host could write to, so nothing is fetched."""

    def __init__(self) -> None:
        super().__init__(
            "nothing is fetched without a contact that hosts can write to: "
            "set UNBITEXT_CONTACT to an e-mail address or the https:// address of a page of yours, in plain ASCII"
        )


class Manners(Model):
    """The numbers of politeness and of patience. Times are in seconds.

    With no contact (`NO_CONTACT`) no host is asked.
    """

    contact: str
    delay: float = 5.0
    requests_a_day: int = 5000
    attempts: int = 4
    backoff: float = 15.0
    backoff_most: float = 240.0
    connect: float = 20.0
    read: float = 60.0
    answer: float = 600.0
    largest_bytes: int = 128 * 1024 * 1024
    robots_fresh: float = 86_400.0
    allow_private_hosts: bool = False

    @classmethod
    def of(cls, settings: Settings, *, asks_hosts: bool = True) -> Self:
        """Take them from the settings.

        Raises `NoContactError` where hosts are to be asked and no contact is given, or where it is none.
        """
        contact = (settings.contact or NO_CONTACT).strip()
        if not _CONTACT.fullmatch(contact) and (asks_hosts or contact):
            raise NoContactError
        return cls(
            contact=contact,
            delay=settings.delay_seconds,
            requests_a_day=settings.requests_a_day,
            attempts=settings.attempts,
            backoff=settings.backoff_seconds,
            backoff_most=max(settings.backoff_seconds, settings.backoff_most_seconds),
            connect=settings.connect_seconds,
            read=settings.read_seconds,
            answer=settings.answer_seconds,
            largest_bytes=settings.largest_megabytes * 1024 * 1024,
            allow_private_hosts=settings.allow_private_hosts,
        )

    @property
    def user_agent(self) -> str:
        """Who is asking: the program, its version, and whom to write to."""
        name = GENERATOR.replace(" ", "/")
        return f"{name} (UN document corpus; contact: {self.contact})"
