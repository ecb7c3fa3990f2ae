"""The words in which records and reports tell of votes, in English and Chinese, and what is read from them."""

import re
from collections.abc import Iterator

from parsers.labels import han_value
from parsers.ordinals import number_in_words
from schemas.states import find_state
from schemas.votes import VoteFigure, Voter, VoteSide

_SIDES = {
    VoteSide.FAVOUR: r"In favou?r|赞成",
    VoteSide.AGAINST: r"Against|反对",
    VoteSide.ABSTAINING: r"Abstaining|Abstentions|Abstained|弃权",
}
_SIDE = re.compile(
    "(?:"
    + "|".join(f"(?P<{side.value}>{words})" for side, words in _SIDES.items())
    + r")\s*(?P<stop>[:：]|[.。]?$)\s*",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"(?:None|Nil|无|零)\s*[.。]?$", re.IGNORECASE)
_ANNOUNCES = re.compile(
    r"\bvote (?:by [^.]{1,40})?was taken\b|\bvoting (?:was|is) as follows\b|\bput to the vote\b"
    r"|(?:记录|唱名|举手)?表决[。：:]?$|表决(?:结果|情况)如下",
    re.IGNORECASE,
)
_NUMBER = r"\d{1,3}|[零无〇一二三四五六七八九十]{1,3}|none|no|zero|one|two|three|four|five|six|seven|eight|nine|ten"


def _figure(side: VoteSide) -> str:
    return f"(?P<{side.value}>{_NUMBER})"


_FAVOUR, _AGAINST, _ABSTAINING = (_figure(side) for side in VoteSide)
_FIGURES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # by 111 votes to 5, with 40 abstentions; by a recorded vote of 107 to 60, with 1 abstention
        rf"\b(?:by|of)\s+{_FAVOUR}(?:\s+votes?)?(?:\s+in\s+favour)?\s+to\s+{_AGAINST}\b"
        rf"(?:,?\s+with\s+{_ABSTAINING}\s+(?:abstentions?|(?:members?\s+)?abstaining))?",
        # There were 13 votes in favour, 1 against and 1 abstention
        rf"\b{_FAVOUR}\s+(?:votes?\s+)?in\s+favour,?\s+(?:and\s+|to\s+|with\s+)?{_AGAINST}\s+(?:votes?\s+)?against"
        rf"(?:,?\s+(?:and|with)?\s*{_ABSTAINING}\s+abstentions?)?",
        # 以111票对5票、40票弃权; 以111票赞成、5票反对、40票弃权
        rf"{_FAVOUR}\s*票\s*(?:赞成)?\s*[、，,]?\s*对?\s*{_AGAINST}\s*票\s*(?:反对)?"
        rf"(?:\s*[、，,]\s*{_ABSTAINING}\s*票\s*弃权)?",
        # 111票赞成，无反对票，40票弃权; 赞成111票，反对5票，弃权40票
        rf"{_FAVOUR}\s*票\s*赞成\s*[、，,]\s*{_AGAINST}\s*反对票(?:\s*[、，,]\s*{_ABSTAINING}\s*票\s*弃权)?",
        rf"赞成\s*{_FAVOUR}\s*票\s*[、，,]\s*反对\s*{_AGAINST}\s*票(?:\s*[、，,]\s*弃权\s*{_ABSTAINING}\s*票)?",
    )
)
_WINNER_FIRST = (_FIGURES[0], _FIGURES[2])
_TELLS_RESULT = re.compile(
    r"\b(?:adopted|rejected|retained|defeated|carried|received|results?|approved)\b|通过|否决|保留|驳回|结果|核准",
    re.IGNORECASE,
)
_REJECTS = re.compile(
    r"\b(?:rejected|not adopted|not been adopted|defeated)\b|否决|未获通过|未通过|驳回", re.IGNORECASE
)
_NAMES_SIDES = re.compile(r"in favour|against|赞成|反对", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*[,，、;；]\s*(?![^()（）]*[)）])")
_LATER = re.compile(r"^[\[［(（]?\s*(?:Subsequently|嗣后|后来|随后)")
_DELEGATIONS = re.compile(
    r"delegations?\s+of\s+(?:the\s+)?(?P<names>.+?)\s+(?:has\s+|have\s+|had\s+)?"
    r"(?P<what>(?:informed|advised)\b.*?)(?=;|[.\]］]?$|delegations?\s+of)"
    r"|(?:[，,；;]|^)\s*(?P<han>[^，,；;]+?)代表团(?P<said>[^；;]*)",
    re.IGNORECASE,
)
_MEANT = (
    (VoteSide.FAVOUR, re.compile(r"vote\w* in favour|投(?:了)?赞成票|赞成", re.IGNORECASE)),
    (VoteSide.AGAINST, re.compile(r"vote\w* against|投(?:了)?反对票|反对", re.IGNORECASE)),
    (VoteSide.ABSTAINING, re.compile(r"\babstain|弃权", re.IGNORECASE)),
)
_WORD = re.compile(r"\s*(?:,\s*and\b|,|\band\b|、|和|及|以及)\s*")


def side_of(text: str) -> VoteSide | None:
    """The side whose list follows: `text` is `In favour:`, `反对：` and nothing else."""
    return _side(_SIDE.fullmatch(text.strip()))


def _side(match: re.Match[str] | None) -> VoteSide | None:
    return next((side for side in VoteSide if match and match[side.value]), None)


def inline_side(text: str) -> tuple[VoteSide, int] | None:
    """The side at the start of its own list, and where that begins: `Against: Chad, Malta`."""
    match = _SIDE.match(text)
    side = _side(match)
    return (side, match.end()) if match and side and match["stop"] in (":", "：") and match.end() < len(text) else None


def nobody(text: str) -> bool:
    """Whether a list says that nobody voted so."""
    return bool(_NOBODY.fullmatch(text.strip()))


def announces_vote(text: str) -> bool:
    """Whether a block right before the lists says that a vote was taken."""
    return bool(_ANNOUNCES.search(text))


def is_later(text: str) -> bool:
    """Whether a block after a vote tells what a delegation said of its vote."""
    return bool(_LATER.match(text))


def tells_result(text: str) -> bool:
    """Whether a block with figures tells of how a vote came out."""
    return bool(_TELLS_RESULT.search(text))


def read_voters(text: str, start: int, side: VoteSide | None, language: str) -> tuple[Voter, ...]:
    """The States of a list, parted by commas or 、."""
    return tuple(_voter(text, first, last, side, language) for first, last in _pieces(text, start, len(text)))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in (*_SEPARATOR.finditer(text, start, end), None):
        last = match.start() if match else end
        piece = text[start:last]
        first = start + len(piece) - len(piece.lstrip())
        stop = start + len(piece.rstrip().rstrip(".。"))
        if first < stop:
            yield first, stop
        start = match.end() if match else end


def _voter(text: str, start: int, end: int, side: VoteSide | None, language: str) -> Voter:
    state = find_state(text[start:end], language) or find_state(text[start:end])
    return Voter(text=text[start:end], code=state.code if state else None, side=side, start=start, end=end)


def read_later(text: str, language: str) -> tuple[Voter, ...]:
    """The delegations that said later how they had meant to vote, each with that side."""
    voters: list[Voter] = []
    for match in _DELEGATIONS.finditer(text):
        group, said = ("names", match["what"]) if match["names"] else ("han", match["said"])
        sides = [side for side, words in _MEANT if words.search(said or "")]
        side = sides[0] if len(sides) == 1 else None
        voters += _joined(text, match.start(group), match.end(group), side, language)
    return tuple(voters)


def _joined(text: str, start: int, end: int, side: VoteSide | None, language: str) -> Iterator[Voter]:
    """Names joined by commas and `and`, which some names hold themselves: the longest that is a State's counts."""
    cuts = [(start, start), *(match.span() for match in _WORD.finditer(text, start, end)), (end, end)]
    at = 0
    while at + 1 < len(cuts):
        first = cuts[at][1]
        stops = range(len(cuts) - 1, at, -1)
        known = next((stop for stop in stops if find_state(text[first : cuts[stop][0]], language)), None)
        stop = known if known is not None else at + 1
        if first < cuts[stop][0]:
            yield _voter(text, first, cuts[stop][0], side, language)
        at = stop


def read_figures(text: str) -> tuple[VoteFigure, ...]:
    """The figures of a result, in the order of the text; empty where it tells none.

    `107 to 60` names the side that won first, which is the one against where something is rejected.
    """
    for pattern in _FIGURES:
        match = pattern.search(text)
        if match is None:
            continue
        sides = list(VoteSide)
        if pattern in _WINNER_FIRST and _REJECTS.search(text) and not _NAMES_SIDES.search(match[0]):
            sides[:2] = sides[1::-1]
        figures = [
            VoteFigure(side=side, value=_value(match[name]), start=match.start(name), end=match.end(name))
            for side, name in zip(sides, VoteSide, strict=True)
            if match[name]
        ]
        return tuple(sorted(figures, key=lambda figure: figure.start))
    return ()


def _value(text: str) -> int:
    if text.isascii() and text.isdigit():
        return int(text)
    return han_value(text) or number_in_words(text) or 0  # 无 is neither
