"""Signatures: the word that marks them, and the lines of post and name that stand around it."""

import re

from parsers.characters import display_width
from parsers.drafts import Draft
from parsers.measure import HEADING_INDENT, ends_with_comma
from schemas.document import Kind

_SIGNED = re.compile(r"[(（]\s*(?:签名|签字)\s*[)）]|^[(（]?\s*Signed\s*[)）]?\s|[(（]\s*Signed\s*[)）]")
# Accept, Sir, the assurances of my highest consideration; 顺致最崇高的敬意; 谨启
_CLOSES_LETTER = re.compile(
    r"^(?:顺致|此致|谨致|致以)|^(?:Please )?[Aa]ccept, |^Yours (?:sincerely|faithfully|truly)\b"
)
_LONGEST_LINE = 160
_OPENS = re.compile(r"^[(（]\s*Signed\s*[)）]|^.{0,40}[(（]\s*(?:签名|签字)\s*[)）]$")
_SIGNED_FIRST = re.compile(r"^[(（]?\s*Signed\b")


def is_signed(text: str) -> bool:
    """Whether `text` is, or holds, a signature: `(Signed) N. N.`, `某某(签名)`."""
    return bool(_SIGNED.search(text))


def opens_signature(text: str) -> bool:
    """Whether a line is that of a signature, and never goes on from the line before."""
    return bool(_OPENS.match(text))


def opens_name(text: str) -> bool:
    """Whether the word "signed" stands before the name, and the post below it."""
    return bool(_SIGNED_FIRST.match(text))


def merge_signatures(drafts: list[Draft]) -> list[Draft]:
    """The drafts with the lines of each signature in one block: post and name, before and after the word "signed"."""
    result = list(drafts)
    index = 0
    while index < len(result):
        if result[index].kind is Kind.PARAGRAPH and is_signed(result[index].text):
            start, end = index, index + 1
            deep = result[index].lines[0].indent >= HEADING_INDENT
            while start > 0 and _may_sign(result[start - 1], deep) and not result[start].lines[0].gap_before:
                start -= 1
            while end < len(result) and _may_sign(result[end], deep) and not _opens_page_or_gap(result[end]):
                end += 1
            after = next((n for n in range(index + 1, end + 1) if n < len(result) and is_signed(result[n].text)), None)
            if after is not None:
                # Another signature: its post stands under its name (`(Signed)` comes first), or over it.
                end = after if opens_name(result[after].text) else index + 1
            merged = result[index]
            merged.kind, merged.level = Kind.SIGNATURE, None
            merged.lines = tuple(line for draft in result[start:end] for line in draft.lines)
            result[start:end] = [merged]
            index = start
        index += 1
    return result


def _may_sign(draft: Draft, deep: bool) -> bool:
    """A line of a signature: short, without a stop, of no other kind; `deep` where names stand on the right."""
    text = draft.text
    if deep and draft.kind is Kind.HEADING:
        return draft.label is None and draft.lines[0].indent >= HEADING_INDENT and len(draft.lines) == 1
    return (
        draft.kind is Kind.PARAGRAPH
        and draft.number is None
        and len(draft.lines) <= 2
        and display_width(text) <= _LONGEST_LINE
        and not _CLOSES_LETTER.match(text)
        and not text.endswith(("。", ".", "：", ":", "；", ";"))
        and not ends_with_comma(text)
        and draft.lines[0].indent < HEADING_INDENT
    )


def _opens_page_or_gap(draft: Draft) -> bool:
    first = draft.lines[0]
    return first.page_top or first.gap_before
