"""The masthead: which lines belong to it, at the top of the first page or in the middle of it, and what they say."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from parsers.clauses import opens_clause
from parsers.instruments import is_preamble, opens_preamble
from parsers.labels import HEADING_KINDS, LabelKind, label_of_line, opens_sequence
from parsers.masthead_lines import Part, distribution_word, held_goes_on, masthead_part
from parsers.measure import HEADING_INDENT, Measure, is_ended
from parsers.paragraphs import is_division, is_heading_word
from parsers.procedure import interrupts
from parsers.turn_labels import match_turn_label
from schemas.bodies import find_body
from schemas.document import Kind
from schemas.layout import Line, Zone

_MAX_TOP_LINES = 60
_WRAPPING = frozenset({Part.RECORD, Part.HELD, Part.CHAIR, Part.AGENDA})
_SALUTATION = re.compile(
    r"^(?:Sir|Madam|Excellenc(?:y|ies)|Dear .{2,40}|Your Excellency|.{0,12}(?:阁下|先生|女士))[,，:：]$"
)
_FIRST_LINES = 8
# The letters beside the emblem, large: A, E, CERD, EP
_INITIALS = re.compile(r"^[A-Z]{1,5}$")
_BODY_NAME = re.compile(
    r"^(?:Security Council Committee established |(?:Organizational|Executive|Preparatory|Ad Hoc|Special|Standing) "
    r"Committee\b|(?:Sub-?)?[Cc]ommi(?:ttee|ssion) (?:on|of|for|against) |Conference of the (?:Parties|States Parties)"
    r"|Meeting of (?:the )?(?:States )?Parties|Working (?:Group|Party) on |Executive Board\b)[^.;:]*$"
)
# What letters and notes verbales begin with.
_OPENS_LETTER = re.compile(
    r"^(?:I have the honou?r|(?:On|Upon|Further to|Pursuant to) (?:the )?instructions?|I (?:am writing|write) to"
    r"|I (?:should|would|wish) (?:like )?to |The Permanent (?:Mission|Observer) .{2,80} presents|谨|我谨|奉我国政府"
    r"|J[’']ai l[’']honneur|D[’']ordre de|Tengo el honor|Siguiendo instrucciones|Имею честь|По поручению"
    r"|يشرفني|أتشرف)"
)
# The second title of a document says what it is and whose: `Report of the Secretary-General`, `秘书长的报告`.
_TITLE_OPENING = re.compile(
    r"^(?:(?:[A-Z][\w-]+ )?(?:Final |Draft |Interim |Annual )?"
    r"(?:Report|report|Note|Working paper|Background paper|Memorandum|Proposal|Contribution|Statement)s?"
    r" (?:of|by|from|on|verbales?|submitted|prepared|transmitted)\b"
    r"|(?:Identical l|L)etters? dated|(?:Submitted|Prepared|Transmitted) by|Draft (?:resolution|decision)|Summary$"
    r"|(?:Addendum|Corrigendum|Additif|Rectificatif|Adición|Corrección|Добавление|Исправление)[*]*$"
    r"|(?:\w+ )?(?:Rapport|Note|Projet) (?:du|de|établi|présenté)|Lettres? (?:identiques )?datée|Résumé$"
    r"|(?:\w+ )?(?:Informe|Nota|Proyecto) (?:del|de|preparad|presentad)|Cartas? (?:idénticas )?de fecha|Resumen$"
    r"|(?:\w+ )?(?:Доклад|Записка|Проект) |(?:Идентичные п|П)исьм[оа] |Резюме$"
    r"|(?:Part|Section|Título|Sección|Titre|Chapitre|Часть|Раздел) (?:[IVX]+|\d{1,2})[A-Z]?$"
    r"|.{2,60}(?:提交|编写|提出|转交)的.{2,12}$|.{2,30}的(?:报告|说明|信|信函|普通照会|照会)$|摘要$)"
)
_WHOSE = re.compile(
    r"^(?:(?:Final |Draft |Interim |Annual )?(?:Report|Note|Working paper) (?:of|by|submitted|prepared)\b"
    r"|(?:Submitted|Prepared) by|.{2,60}(?:提交|编写)的.{2,12}$|.{2,30}的(?:报告|说明)$)"
)
_LATE_TITLE = re.compile(r"^(?:Addendum|Corrigendum|Revision|Summary|增编|更正|修订|摘要)", re.IGNORECASE)
_MOST_TITLE_LINES = 4
# The title of a letter stands at the margin of the text, which is further in than the masthead's.
_TRANSMITS = re.compile(
    r"^(?:(?:Identical l|L)etters? dated|Notes? verbales? dated|Lettres? (?:identiques )?datée|Note verbale datée"
    r"|Cartas? (?:idénticas )?de fecha|Nota verbal de fecha|(?:Идентичные п|П)исьм[оа] |Вербальная нота"
    r"|\d{4}\s*年.{4,80}的(?:同文信|信|信函|普通照会|照会)$)"
)
# The number of a resolution on a line of its own: 78/272.
_NUMBER_ALONE = re.compile(r"^(?:S-)?\d{1,4}/\d{1,4}[A-Z]?\.$")
_BARE_DISTRIBUTION = re.compile(r"^Distr\.?\s*[:：]?$")
_UNFINISHED = re.compile(r"(?:\b(?:of|to|the|its|and|for|by|from|in|on|at|with)|[给和与致的])$")


@dataclass(frozen=True)
class MastheadBlock:
    """Lines of one masthead or title block; `part` is None for lines of no known kind."""

    kind: Kind
    part: Part | None
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The lines joined by single spaces."""
        return " ".join(line.text for line in self.lines)


def split_masthead(lines: Sequence[Line], measure: Measure) -> tuple[list[MastheadBlock], list[Line]]:
    """Divide content lines into masthead and title blocks, and the lines of the body."""
    blocks = [
        MastheadBlock(Kind.MASTHEAD, masthead_part(line.text), (line,)) for line in lines if line.zone is Zone.HEAD
    ]
    lines = [line for line in lines if line.zone is not Zone.HEAD]
    top = _top_end(lines, measure)
    blocks += _top_blocks(lines[:top], measure)
    body: list[Line] = []
    index = top
    while index < len(lines):
        end = _cluster_end(lines, index)
        if end > index:
            blocks += [MastheadBlock(Kind.MASTHEAD, masthead_part(line.text), (line,)) for line in lines[index:end]]
            index = end
        else:
            body.append(lines[index])
            index += 1
    return blocks, body


class _Runs:
    """Runs of lines that go on in one another; the end of a run is looked for once, however long it is."""

    def __init__(self, lines: Sequence[Line], measure: Measure) -> None:
        self._lines = lines
        self._measure = measure
        self._known = range(0)

    def end(self, start: int) -> int:
        """The index of the last line of the run that holds `start`."""
        if start not in self._known:
            end = start
            while end + 1 < len(self._lines) and self._goes_on(end):
                end += 1
            self._known = range(start, end + 1)
        return self._known[-1]

    def _goes_on(self, index: int) -> bool:
        line, after = self._lines[index : index + 2]
        return not (after.indent or after.gap_before) and not self._measure.is_short(line, after)


def _top_end(lines: Sequence[Line], measure: Measure) -> int:
    after_agenda = titled = False
    runs = _Runs(lines, measure)
    for index, line in enumerate(lines[:_MAX_TOP_LINES]):
        part = masthead_part(line.text)
        if part is None and index and _goes_on(lines[index - 1], line, measure):
            continue
        if part is None and index and line.gap_before and _TRANSMITS.match(line.text):
            after_agenda = False
            continue
        if part is None and index and _BARE_DISTRIBUTION.match(lines[index - 1].text) and distribution_word(line.text):
            continue
        titled = index > 0 and _goes_on_as_title(lines[index - 1], line, titled)
        if titled:
            continue
        if part is None and _opens_body(lines, index, runs, measure, after_agenda):
            return index
        if part is Part.BODY and line.text.endswith(("，", ",")):
            return index
        if part is not None:
            after_agenda = part is Part.AGENDA
        elif line.indent >= HEADING_INDENT or _TITLE_OPENING.match(line.text):
            after_agenda = False
    return min(len(lines), _MAX_TOP_LINES)


def _goes_on_as_title(before: Line, line: Line, titled: bool) -> bool:
    """Whether a line stands right under one of a title that says whose it is, which one behind an empty line opens."""
    adjacent = line.number == before.number + 1 and not line.gap_before and line.box is None
    if not adjacent or line.indent != before.indent or _OPENS_LETTER.match(line.text) or is_heading_word(line.text):
        return False
    if label_of_line(line.text) or is_ended(before.text):
        return False
    return titled or (before.gap_before and bool(_TRANSMITS.match(before.text)))


def _goes_on(before: Line, line: Line, measure: Measure) -> bool:
    """Whether a line of the masthead that can be long (`Held at ... on ... at 10.05 a.m.`) goes on in `line`."""
    if held_goes_on(before.text, line.text):
        return True
    wraps = masthead_part(before.text) in (Part.HELD, Part.RECORD) and not interrupts(line.text, 0)
    return wraps and not (line.indent or line.gap_before) and measure.goes_on(before, line)


def _opens_body(lines: Sequence[Line], index: int, runs: _Runs, measure: Measure, after_agenda: bool) -> bool:
    line = lines[index]
    if line.zone in (Zone.TABLE, Zone.CONTENTS) or is_heading_word(line.text):
        return True
    if is_preamble(line.text) or opens_preamble(line.text):
        return True
    if any(after.zone is Zone.CONTENTS for after in lines[index + 1 : index + 2]):
        # The heading of the list of contents.
        return True
    if is_division(line.text) or interrupts(line.text, 0) or _SALUTATION.match(line.text):
        return True
    if _is_first_heading(lines, index) or _OPENS_LETTER.match(line.text):
        return True
    label = label_of_line(line.text)
    if label and (label.kind in HEADING_KINDS or label.kind is LabelKind.ARABIC) and opens_sequence(label):
        return True
    if match_turn_label(speech_text(lines, index)):
        return True
    if line.text.endswith(("，", ",")) and _acts(lines, index):
        return True
    return not after_agenda and line.indent < HEADING_INDENT and _is_prose(lines, index, runs.end(index), measure)


def speech_text(lines: Sequence[Line], index: int) -> str:
    """A line with those that its label of a speech may go on in: none that a masthead has."""
    after = takewhile(lambda line: masthead_part(line.text) is None, lines[index + 1 : index + 3])
    return " ".join([lines[index].text, *(line.text for line in after)])


def _is_first_heading(lines: Sequence[Line], index: int) -> bool:
    """Whether words over paragraph 1 head it: they stand below the title that says whose document it is, the last."""
    line = lines[index]
    if not (line.indent >= HEADING_INDENT or line.gap_before) or _LATE_TITLE.match(line.text) or is_ended(line.text):
        return False
    after = lines[index + 1].text if index + 1 < len(lines) else ""
    label = label_of_line(after)
    if not label or label.kind is not LabelKind.ARABIC or not opens_sequence(label):
        return False
    above = index - 1
    while above > 0 and not (lines[above].indent or lines[above].gap_before) and index - above < _MOST_TITLE_LINES:
        above -= 1
    return above >= 0 and bool(_WHOSE.match(lines[above].text))


def _acts(lines: Sequence[Line], index: int) -> bool:
    """Whether a resolution's text begins: the body that acts (`The General Assembly,`), then a clause."""
    if find_body(lines[index].text.rstrip("，,").strip()):
        return True
    return index + 1 < len(lines) and not opens_clause(lines[index].text) and opens_clause(lines[index + 1].text)


def _is_prose(lines: Sequence[Line], index: int, end: int, measure: Measure) -> bool:
    """Whether a paragraph of running text begins here: full lines up to `end`, and a stop at the end of the last."""
    first, last = lines[index], lines[end]
    if end > index and is_ended(first.text) and first.indent == 0 and masthead_part(lines[index + 1].text):
        return False
    # Titles do not end with a stop; but where indents tell them apart, that need not be asked.
    long = not measure.has_indents or measure.is_long(last.text)
    return is_ended(last.text) and (end > index or first.indent > 0 or long)


def _top_blocks(lines: Sequence[Line], measure: Measure) -> list[MastheadBlock]:
    blocks: list[MastheadBlock] = []
    hanging = any(line.indent >= HEADING_INDENT and masthead_part(line.text) is None for line in lines)
    for index, line in enumerate(lines):
        part = masthead_part(line.text)
        named = bool(blocks) and (_names_addressee(blocks[-1], line, part) if part else False)
        dated = bool(blocks) and held_goes_on(lines[index - 1].text, line.text)
        follows = bool(blocks) and (part is None or named or dated)
        if follows and _continues(blocks[-1], lines[index - 1], line, measure):
            last = blocks[-1]
            blocks[-1] = MastheadBlock(last.kind, last.part, (*last.lines, line))
            continue
        is_title = part in (None, Part.RECORD) and line.indent >= HEADING_INDENT
        titled = _TITLE_OPENING if line.gap_before else _TRANSMITS
        if part is None and titled.match(line.text):
            is_title = True
        elif part is None and blocks and blocks[-1].part is Part.AGENDA and _heads_agenda(lines, index):
            is_title = False
        elif part is None and not hanging:
            is_title = all(masthead_part(after.text) is None for after in lines[index:]) and bool(blocks)
        elif part is None and index < _FIRST_LINES and _INITIALS.match(line.text):
            part, is_title = Part.LETTERHEAD, False
        blocks.append(MastheadBlock(Kind.TITLE if is_title else Kind.MASTHEAD, part, (line,)))
    return _bodies_apart(blocks)


def _bodies_apart(blocks: list[MastheadBlock]) -> list[MastheadBlock]:
    """Name as bodies those that no vocabulary has, and that stand like a title above the title."""
    titles = [index for index, block in enumerate(blocks) if block.kind is Kind.TITLE and block.part is None]
    if len(titles) > 1 and blocks[titles[0]].lines[0].box is None and _BODY_NAME.match(blocks[titles[0]].text):
        blocks[titles[0]] = MastheadBlock(Kind.MASTHEAD, Part.BODY, blocks[titles[0]].lines)
    return blocks


def _heads_agenda(lines: Sequence[Line], index: int) -> bool:
    """Whether a line right under an agenda item is the item's heading: the title stands below, behind an empty line."""
    below = (line for line in lines[index + 1 :] if masthead_part(line.text) is None)
    return not lines[index].gap_before and any(line.gap_before for line in below)


def _is_under(before: Line, line: Line) -> bool:
    """Whether two lines of a title stand one right under the other, both further in, as they look on the page."""
    further = min(before.indent, line.indent) >= HEADING_INDENT
    return further and line.number == before.number + 1 and not line.gap_before


def _names_addressee(block: MastheadBlock, line: Line, part: Part) -> bool:
    """Whether a body's name ends a title: `Letter dated ... addressed to` / `the Secretariat`."""
    return part in (Part.BODY, Part.SESSION) and (line.text[:1].islower() or bool(_UNFINISHED.search(block.text)))


def _continues(block: MastheadBlock, before: Line, line: Line, measure: Measure) -> bool:
    if block.part is Part.DISTRIBUTION and len(block.lines) == 1 and distribution_word(line.text):
        return bool(_BARE_DISTRIBUTION.match(block.text))
    if block.part is None and _NUMBER_ALONE.match(block.text):
        return True
    if block.part is Part.HELD and held_goes_on(before.text, line.text):
        return True
    if line.starts is not None:
        return not line.starts
    if block.kind is Kind.TITLE and _is_under(before, line):
        return not _TITLE_OPENING.match(line.text)
    if line.indent or line.gap_before:
        return False
    if block.kind is Kind.TITLE:
        # A title is centred: its lines end early, and only an indent, a gap or a form of words begins another one.
        return block.lines[0].indent >= HEADING_INDENT or not _TITLE_OPENING.match(line.text)
    if block.part is None:
        return True
    return block.part in _WRAPPING and not measure.is_short(before, line)


def _cluster_end(lines: Sequence[Line], start: int) -> int:
    """Where a masthead that stands inside the text ends, if one starts here: a symbol, then lines of known kinds.

    In text layers the masthead's frame can come after the first page's text (CD/2105).
    """
    if masthead_part(lines[start].text) is not Part.SYMBOL or (lines[start].page or 1) > 2:
        return start
    parts = [masthead_part(line.text) for line in lines[start : start + 14]]
    # The body's name may be one that no vocabulary has.
    if len(parts) > 2 and parts[1] is None and parts[2] is not None:
        parts[1] = Part.BODY
    end = parts.index(None) if None in parts else len(parts)
    if end < 3 or not {Part.LANGUAGE, Part.ORIGINAL, Part.DISTRIBUTION} & set(parts[:end]):
        return start
    return start + end
