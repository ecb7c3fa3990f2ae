"""Signatures: the word that marks them, and the lines of post and name that stand around it."""

import re

from parsers.characters import display_width
from parsers.drafts import Draft
from parsers.measure import HEADING_INDENT, ends_with_comma
from schemas.document import Kind

_WORD = r"(?:Signed|Signé(?:e)?|Firmado|Подпись|Подписал[аи]?|Подписано)"
_SIGNED = re.compile(rf"[(（]\s*(?:签名|签字)\s*[)）]|^[(（]?\s*Signed\s*[)）]?\s|[(（]\s*{_WORD}\s*[)）]")
# Accept, Sir, the assurances of my highest consideration; 顺致最崇高的敬意; 谨启
_CLOSES_LETTER = re.compile(
    r"^(?:顺致|此致|谨致|致以)|^(?:Please )?[Aa]ccept, |^Yours (?:sincerely|faithfully|truly)\b"
)
_LONGEST_LINE = 160
_ALIGNED = 3.0
_OPENS = re.compile(rf"^[(（]\s*{_WORD}\s*[)）]|^.{{0,40}}[(（]\s*(?:签名|签字)\s*[)）]$")
_SIGNED_FIRST = re.compile(rf"^[(（]?\s*{_WORD}\b")


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
            while start > 0 and not result[start].lines[0].gap_before:
                above = result[start - 1]
                if not _may_sign(above, deep) and not _is_post_above(above, result[index]):
                    break
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


def _is_post_above(draft: Draft, signed: Draft) -> bool:
    """Whether a line that looks like a heading is the post of one who signs below it, as far to the right."""
    over, under = draft.lines[0].box, signed.lines[0].box
    if draft.kind is not Kind.HEADING or draft.label or len(draft.lines) > 1 or over is None or under is None:
        return False
    return over.page == under.page and abs(over.x0 - under.x0) < _ALIGNED and not draft.lines[0].bold


def _opens_page_or_gap(draft: Draft) -> bool:
    first = draft.lines[0]
    return first.page_top or first.gap_before
