"""The masthead of a document that has a layout: frames and the block of session and agenda item above the titles.

UN first pages, New York and Geneva alike: letterhead and symbol; under a rule the body on the left, distribution, date
and original language on the right; under a second rule, further out than the text, body, session, date and place,
agenda item and its heading; then the titles in bold, larger than the text or centred (older documents); then the text.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from parsers.characters import display_width
from parsers.clauses import opens_clause
from parsers.instruments import is_preamble, opens_preamble
from parsers.labels import HEADING_KINDS, LabelKind, match_label, opens_sequence
from parsers.masthead import MastheadBlock, speech_text
from parsers.masthead_lines import Part, held_goes_on, masthead_part
from parsers.measure import HEADING_INDENT, is_ended
from parsers.paragraphs import is_division
from parsers.procedure import interrupts
from parsers.turn_labels import match_turn_label
from schemas.bodies import find_body
from schemas.document import Kind
from schemas.ids import find_symbols
from schemas.layout import Line, Zone

_OUTSIDE = 12.0
"""How much further out than the text (points) the block of the session stands."""

_BRACKETED = re.compile(r"^\[.*\]$")
_NUMBERED_TITLE = re.compile(r"^(?:S-)?\d{1,4}/(?:\d{1,4}[A-Z]?\.|[…._]{1,6})\s")
_DISTRIBUTION = re.compile(r"^Distr\.?\s*:?$")
_REPORT = re.compile(r"^(?:Letter|Identical letters|Note|Report|Notes? verbale|Summary|Draft)\b", re.IGNORECASE)
_LETTERHEAD = re.compile(r"^(?:United Nations|Nations Unies|Naciones Unidas)$", re.IGNORECASE)
_PLACE = re.compile(r"^[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}$")
_LEADERS = re.compile(r"(?:\. ?){4,}|…{2,}")
_CONTENTS = re.compile(r"^(?:Agenda|Contents|议程|目\s*录)$")
_PARTIAL_BODY = 14.0
_TITLE_SIZE = 12.0
_MASTHEAD_LINES = 20
_HEADING_LINES = 4
_LARGER = 0.8
_SAME_PLACE = 3.0
_SESSION_PARTS = frozenset({Part.SESSION, Part.DATE_AND_PLACE, Part.AGENDA, Part.HELD})


def has_frames(lines: Sequence[Line]) -> bool:
    """Whether the first page has a masthead with a place on it: its frames, or a session set out left of the text."""
    if any(line.zone is Zone.HEAD and line.box is not None for line in lines):
        return True
    left = _text_left(lines) if lines and lines[0].box else 0.0
    return any(
        line.box and line.box.x0 < left - _OUTSIDE and masthead_part(line.text) in (Part.SESSION, Part.DATE_AND_PLACE)
        for line in lines[:_MASTHEAD_LINES]
    )


def split_frames(lines: Sequence[Line]) -> tuple[list[MastheadBlock], list[Line]]:
    """Divide content lines into masthead and title blocks, and the lines of the body."""
    head = [line for line in lines if line.zone is Zone.HEAD]
    rest = [line for line in lines if line.zone is not Zone.HEAD]
    first_page = lines[0].page
    blocks = _frame_blocks(head)
    text_left = _text_left(lines)
    on_page = sum(line.page == first_page for line in rest)
    index = 0
    session: list[Line] = []
    flush = _flush_session(rest[:on_page], text_left)
    while (
        index < on_page
        and not _opens_body(rest, index)
        and (
            index < flush
            or _is_session(rest[index], text_left)
            or _is_place(rest, index)
            or _is_under_body(rest, index)
            or _is_above_title(rest, index, text_left)
        )
        and not _is_name_of_instrument(rest, index)
        and not (session and _is_set_as_title(rest[index], session[0]))
    ):
        session.append(rest[index])
        index += 1
    blocks += _session_blocks(session)
    start = index
    while index < on_page and _is_title(rest, index):
        if index > start and (_opens_numbered(rest[index]) or _hangs_out(rest[index], rest[start], text_left)):
            break
        index += 1
    titles = _title_blocks(rest[start:index])
    if not titles:
        blocks, titles = _title_from_session(blocks)
    return _in_order([*blocks, *titles]), rest[index:]


def _in_order(blocks: list[MastheadBlock]) -> list[MastheadBlock]:
    return sorted(blocks, key=lambda block: block.lines[0].number)


def _text_left(lines: Sequence[Line]) -> float:
    """Where most lines of the text begin: on the first page, if it has some.

    In a resolution more lines open a paragraph, further in, than go on with one, which then tell it.
    """
    plain = [line for line in lines if line.box and line.zone is None and not line.bold]
    long = [line for line in plain if display_width(line.orig) > 50]
    if not long:
        return _left_under_session(plain)
    first = [line for line in long if line.page == lines[0].page]
    going_on = [line for line in plain if line.page == lines[0].page and line.starts is False]
    left = _left_of(first if len(first) > 4 else long)
    return min(left, _left_of(going_on)) if len(going_on) > 4 else left


def _left_under_session(lines: Sequence[Line]) -> float:
    """Where the few short lines of a corrigendum or an agenda begin: the outermost below those of the session."""
    last = max((index for index, line in enumerate(lines) if masthead_part(line.text) in _SESSION_PARTS), default=-1)
    return min((line.box.x0 for line in lines[last + 1 :] if line.box), default=0.0)


def _left_of(lines: Sequence[Line]) -> float:
    lefts = Counter(round(line.box.x0) for line in lines if line.box)
    return max(lefts, key=lambda left: (lefts[left], -left), default=0)


def _grouped(lines: Sequence[Line], continues: Callable[[list[Line], Line], bool]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        if groups and continues(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _frame_blocks(head: Sequence[Line]) -> list[MastheadBlock]:
    groups = _grouped(head, _continues_frame)
    blocks = []
    for group in groups:
        text = " ".join(line.text for line in group)
        blocks.append(MastheadBlock(Kind.MASTHEAD, _frame_part(text, group), tuple(group)))
    return blocks


def _continues_frame(group: list[Line], line: Line) -> bool:
    before = group[-1]
    if not (before.box and line.box) or abs(before.box.x0 - line.box.x0) > 2 or line.box.top < before.box.top:
        return False
    if _DISTRIBUTION.match(before.text) and len(group) == 1:
        return True
    text = " ".join(member.text for member in group)
    apart = line.box.top - before.box.top > 1.45 * max(before.size or 10, line.size or 10)
    if apart or before.size != line.size or before.bold != line.bold:
        return False
    if masthead_part(line.text) in (None, Part.LANGUAGE) and (
        masthead_part(text) in (Part.LANGUAGE, Part.ORIGINAL, Part.AGENDA) or text.endswith((",", " and", " et", " y"))
    ):
        # English, French, Russian and / Spanish only
        return text.endswith((",", " and", " et", " y"))
    if masthead_part(line.text) not in (None, Part.BODY):
        return False
    if (line.size or 0) >= _PARTIAL_BODY and line.bold:
        # A body's name may be longer than its frame is wide; two bodies of a joint document stand one under the other.
        return find_body(text) is None or find_body(line.text) is None
    return masthead_part(text) is None


def _frame_part(text: str, group: Sequence[Line]) -> Part | None:
    part = masthead_part(text)
    if _LETTERHEAD.match(text):
        return Part.LETTERHEAD
    if part is None and group[0].bold and (group[0].size or 0) >= _PARTIAL_BODY:
        return Part.BODY
    if part is None and any(find_symbols(text)):
        return Part.SYMBOL
    return part


def _is_session(line: Line, text_left: float) -> bool:
    """Lines that stand further out than the text, and in older layouts those flush left above the titles."""
    if line.box is None or line.zone is not None:
        return False
    if line.box.x0 < text_left - _OUTSIDE:
        return True
    if abs(line.box.x0 - text_left) > _OUTSIDE:
        return False
    if line.text.isupper():
        return line.indent < HEADING_INDENT or abs(line.box.x0 - text_left) < 1
    return line.indent < HEADING_INDENT and masthead_part(line.text) is not None


def _flush_session(lines: Sequence[Line], text_left: float) -> int:
    """How many lines at the text's margin are one block with a session or agenda item: conference room papers."""
    first = lines[0].box if lines else None
    if first is None or abs(first.x0 - text_left) > _OUTSIDE:
        return 0
    end = 1
    for line in lines[1:]:
        if line.gap_before or line.box is None or line.zone is not None or abs(line.box.x0 - first.x0) > _OUTSIDE:
            break
        end += 1
    parts = {masthead_part(line.text) for line in lines[:end]}
    return end if parts & _SESSION_PARTS and end < _MASTHEAD_LINES else 0


def _is_name_of_instrument(lines: Sequence[Line], index: int) -> bool:
    """A large bold line with no session below it: where all text is numbered far in, titles stand out to its left."""
    line = lines[index]
    below = (masthead_part(after.text) for after in lines[index + 1 : index + _MASTHEAD_LINES])
    return line.bold and (line.size or 0) >= _PARTIAL_BODY and not any(part in _SESSION_PARTS for part in below)


def _is_set_as_title(line: Line, session: Line) -> bool:
    """Bold, larger than the lines of the session and further in: where all clauses are short, titles stand out too."""
    if not (line.bold and line.box and session.box and line.size and session.size):
        return False
    return line.size > session.size + 0.8 and line.box.x0 > session.box.x0 + _OUTSIDE


def _is_place(lines: Sequence[Line], index: int) -> bool:
    """The place of a meeting, on a line of its own under day and hour."""
    return index > 0 and masthead_part(lines[index - 1].text) is Part.HELD and bool(_PLACE.match(lines[index].text))


def _is_under_body(lines: Sequence[Line], index: int) -> bool:
    """A subsidiary body above its session in brackets, and what follows there: (Fifty-fifth session, ..."""
    line = lines[index]
    if line.indent >= HEADING_INDENT or line.zone is not None:
        return False
    if masthead_part(line.text) is Part.SESSION and line.text.startswith("("):
        return True
    after = lines[index + 1] if index + 1 < len(lines) else None
    if after and after.text.startswith("(") and masthead_part(after.text) is Part.SESSION:
        return not line.starts or line.gap_before
    opened = next((other for other in reversed(lines[max(index - 3, 0) : index]) if other.text.startswith("(")), None)
    return opened is not None and masthead_part(opened.text) is Part.SESSION and line.starts is not True


def _is_above_title(lines: Sequence[Line], index: int, text_left: float) -> bool:
    """A line at the text's margin, no larger than the text, between the frames and a larger title.

    It is a body or session with more lines of its kind below, or heads the agenda item above it.
    """
    line = lines[index]
    if line.box is None or line.zone is not None or abs(line.box.x0 - text_left) > _OUTSIDE or line.size is None:
        return False
    below = range(index + 1, min(index + _MASTHEAD_LINES, len(lines)))
    title = next((at for at in below if lines[at].bold and (lines[at].size or 0) > line.size + _LARGER), None)
    if title is None or any(_opens_body(lines, at) for at in range(index, title)):
        return False
    if any(masthead_part(after.text) in _SESSION_PARTS and _is_flush(after, line) for after in lines[index:title]):
        return True
    heads = index
    while heads > 0 and index - heads < _HEADING_LINES and lines[heads].bold:
        heads -= 1
    headed = masthead_part(lines[heads].text) is Part.AGENDA and _is_flush(lines[heads], line)
    return line.bold and title - index < _HEADING_LINES and headed


def _is_flush(line: Line, other: Line) -> bool:
    """Whether two lines begin at the same place."""
    return line.box is not None and other.box is not None and abs(line.box.x0 - other.box.x0) < _SAME_PLACE


def _session_blocks(lines: Sequence[Line]) -> list[MastheadBlock]:
    groups = _grouped(lines, _continues_session)
    parts = [masthead_part(_text(group)) for group in groups]
    for index, part in enumerate(parts[1:]):
        if part is Part.SESSION and parts[index] is None and groups[index][0].bold and len(groups[index]) > 1:
            # Conferences and commissions that no vocabulary has stand in bold above their session.
            parts[index] = Part.BODY
    return [MastheadBlock(Kind.MASTHEAD, part, tuple(group)) for part, group in zip(parts, groups, strict=True)]


def _continues_session(group: list[Line], line: Line) -> bool:
    before = group[-1]
    if line.gap_before or before.bold != line.bold or before.size != line.size or line.page_top:
        return False
    text = " ".join(member.text for member in group)
    if text.startswith("(") and ")" not in text:
        return True
    if masthead_part(line.text) not in (None, Part.LANGUAGE):
        return False
    part = masthead_part(text)
    if part is Part.AGENDA:
        # Agenda item 74: Oceans and the law - a heading in roman wraps like any line.
        return not line.starts and before.room is not None and line.lead is not None and before.room < line.lead
    return part is None or (part is Part.DATE_AND_PLACE and line.starts is False)


def _opens_body(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    if masthead_part(line.text) is Part.CHAIR and _LEADERS.search(line.text):
        # 主席：X 女士 ........ (国家) is no speech.
        return False
    if line.zone in (Zone.TABLE, Zone.CONTENTS) or is_division(line.text) or interrupts(line.text, 0):
        return True
    if is_preamble(line.text) or opens_preamble(line.text) or _CONTENTS.match(line.text):
        return True
    label = match_label(line.text)
    numbers = label is not None and (label.kind in HEADING_KINDS or (label.kind is LabelKind.ARABIC and not line.bold))
    if label and numbers and opens_sequence(label):
        return True
    if match_turn_label(speech_text(lines, index)):
        return True
    return bool(find_body(line.text.rstrip(",，").strip())) and line.text.endswith((",", "，"))


def _opens_numbered(line: Line) -> bool:
    """Whether a line is the first numbered heading, which a title in bold may stand right above: 1. Introduction."""
    label = match_label(line.text)
    return label is not None and label.kind is LabelKind.ARABIC and label.number == "1"


def _hangs_out(line: Line, title: Line, text_left: float) -> bool:
    """Whether a bold line below the title is the first heading: smaller, and further out than title and text stand."""
    if not (line.box and title.box and line.bold and title.bold and line.size and title.size) or line.starts is False:
        return False
    if _NUMBERED_TITLE.match(line.text):
        return False
    centred = abs(line.box.x0 + line.box.x1 - title.box.x0 - title.box.x1) < 2 * _OUTSIDE
    return line.size < title.size and line.box.x0 < min(title.box.x0, text_left) - _OUTSIDE and not centred


def _is_title(lines: Sequence[Line], index: int) -> bool:
    """A line of a title, or one between titles (`[without reference to a Main Committee (A/77/L.82)]`)."""
    line = lines[index]
    if _opens_body(lines, index) or line.zone is not None or (line.italic and not line.bold):
        return False
    if masthead_part(line.text) is Part.AGENDA and line.gap_before is False:
        return True
    if index and held_goes_on(lines[index - 1].text, line.text):
        return True
    if index and line.starts is False and _is_title(lines, index - 1):
        return True
    if index and line.starts is not True and _in_numbered_title(lines, index - 1):
        return True
    if _NUMBERED_TITLE.match(line.text):
        return True
    if line.indent >= HEADING_INDENT:
        return not opens_clause(line.text) or line.bold
    if _in_title(lines, index):
        return True
    between = (Part.RECORD, Part.SESSION, Part.HELD, Part.CHAIR, Part.DATE_AND_PLACE)
    # Members: State ............ Mr. X
    listed = bool(_LEADERS.search(line.text)) and index > 0
    return listed or bool(_BRACKETED.match(line.text)) or masthead_part(line.text) in between


def _in_numbered_title(lines: Sequence[Line], index: int) -> bool:
    """Whether a line belongs to a title that begins with the resolution's number."""
    while index and lines[index].starts is not True:
        index -= 1
    return bool(_NUMBERED_TITLE.match(lines[index].text))


def _in_title(lines: Sequence[Line], index: int) -> bool:
    """Whether a line goes on with the title above it: of its style, without a gap."""
    line = lines[index]
    before = lines[index - 1] if index else None
    if before is None or line.gap_before or not (line.bold or _is_large(lines, line)):
        return False
    return before.bold == line.bold and before.size == line.size and not is_ended(before.text)


def _is_large(lines: Sequence[Line], line: Line) -> bool:
    sizes = Counter(other.size for other in lines for _ in range(len(other.orig) // 20))
    return bool(sizes) and (line.size or 0) > max(sizes, key=lambda size: sizes[size] or 0) + 0.8  # type: ignore[operator]


def _text(group: Sequence[Line]) -> str:
    return " ".join(line.text for line in group)


def _title_blocks(lines: Sequence[Line]) -> list[MastheadBlock]:
    groups: list[list[Line]] = []
    for line in lines:
        dated = bool(groups) and held_goes_on(groups[-1][-1].text, line.text)
        own = bool(groups) and masthead_part(line.text) is not None and masthead_part(_text(groups[-1])) is not None
        if dated or (groups and not line.gap_before and line.starts is not True and not own):
            groups[-1].append(line)
        else:
            groups.append([line])
    blocks = []
    for group in groups:
        text = " ".join(line.text for line in group)
        part = masthead_part(text)
        if part is Part.DATE_AND_PLACE and group[0].bold and (group[0].size or 0) >= _TITLE_SIZE:
            # Report on the annual session, 17 and 18 June 2025
            part = None
        bracketed = bool(_BRACKETED.match(text) or _LEADERS.search(text))
        kind = Kind.MASTHEAD if bracketed or part not in (None, Part.RECORD) else Kind.TITLE
        blocks.append(MastheadBlock(kind, Part.NOTICE if bracketed else part, tuple(group)))
    return blocks


def _title_from_session(blocks: list[MastheadBlock]) -> tuple[list[MastheadBlock], list[MastheadBlock]]:
    """Where the text's column has no title, the last bold line of no known kind is it (Security Council letters)."""
    for index in range(len(blocks) - 1, 0, -1):
        block = blocks[index]
        if block.part is None and block.lines[0].bold and blocks[index - 1].part is not Part.AGENDA:
            return blocks[:index] + blocks[index + 1 :], [MastheadBlock(Kind.TITLE, None, block.lines)]
        if block.part is None and _REPORT.match(block.text):
            return blocks[:index] + blocks[index + 1 :], [MastheadBlock(Kind.TITLE, None, block.lines)]
    return blocks, []
