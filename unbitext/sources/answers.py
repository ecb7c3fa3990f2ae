"""What a web host answered: the answer, why there is none, and answers that mean something else than they say."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from schemas.fetching import FetchStatus
from unbitext.outcome import listed_remedy


class Answer(NamedTuple):
    """A complete answer. `url` is the address that gave it, after redirects; names of headers are in small letters."""

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes


class NoAnswerError(Exception):
    """There is no answer to work with.

    `status` is what that means for the document (`refused`, `blocked`, `failed`), `code` a finding code, `next_look`
    when to ask again where that is known.
    """

    def __init__(self, status: FetchStatus, code: str, message: str, next_look: datetime | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.next_look = next_look

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return listed_remedy(self.code)


def no_answer(code: str, message: str, next_look: datetime | None = None) -> NoAnswerError:
    """Nothing is known, for now: ask again."""
    return NoAnswerError(FetchStatus.FAILED, code, message, next_look)


_HTML = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S
)
_CHALLENGE = re.compile(
    rb"awswaf|aws-waf|challenge-platform|cf-chl|cf_chl|just a moment|captcha|incapsula|_Incapsula_"
    rb"|verify(?:ing)? (?:that )?you are (?:a )?human|enable javascript and cookies|request unsuccessful"
    rb"|attention required|bot detection|pardon our interruption",
    re.IGNORECASE,
)
_REACH = 65_536
_LONGEST_REST = 30 * 86_400.0


def is_html(body: bytes) -> bool:
    """Whether a body is a web page, whatever the server calls it."""
    return _HTML.match(body[:_REACH]) is not None


def is_challenge(answer: Answer) -> bool:
    """Whether an answer is an anti-bot page, which asks for a person or a browser.

    AWS WAF answers 202 (a puzzle to compute) or 405 (a captcha) with `x-amzn-waf-action`; Cloudflare 403 or 503 with
    `cf-mitigated`; others send a page that says so.
    """
    if "x-amzn-waf-action" in answer.headers or "cf-mitigated" in answer.headers:
        return True
    if not is_html(answer.body):
        return False
    # A page with 403 is what a gate answers; a store of files that refuses one file answers XML or JSON.
    return answer.status == 403 or _CHALLENGE.search(answer.body[:_REACH]) is not None


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that a host asks to wait: `Retry-After: 120`, or a date. None where it says nothing that can be read.

    At most a month: nobody means a lifetime, and there is no better answer to it than to ask again then.
    """
    value = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,9}", value):
        return min(float(value), _LONGEST_REST)
    try:
        when = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return min(max(0.0, (when - now).total_seconds()), _LONGEST_REST)
