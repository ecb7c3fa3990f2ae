"""Which genre a document is, and why: symbols, titles and the shape of the text, each a piece of evidence."""

import re
from collections.abc import Callable, Sequence

from parsers.clauses import opens_clause
from parsers.genres.openings import match_opening
from parsers.instruments import names_instrument
from parsers.labels import LabelKind
from parsers.masthead import MastheadBlock
from parsers.masthead_lines import Part
from parsers.measure import is_ended
from parsers.paragraphs import Paragraph, is_division
from parsers.signatures import is_signed
from parsers.turn_labels import match_reported_speaker, match_turn_label
from schemas.base import Model
from schemas.document import Genre, Kind


class GenreDecision(Model):
    """The genre, how sure it is (0 to 1), and the evidence in words."""

    genre: Genre
    confidence: float
    evidence: tuple[str, ...]


_SYMBOLS: tuple[tuple[Genre, re.Pattern[str]], ...] = (
    # Corrections of whatever kind of document.
    (Genre.OTHER, re.compile(r"/Corr\.\d+$")),
    # Bulletins, instructions and circulars of the Secretariat.
    (Genre.OTHER, re.compile(r"^ST/(?:SGB|AI|IC)/")),
    (Genre.VERBATIM_RECORD, re.compile(r"/PV\.\d")),
    (Genre.SUMMARY_RECORD, re.compile(r"/SR\.\d")),
    (Genre.RESOLUTION, re.compile(r"/(?:RES|DEC)/|/L\.\d")),
    (Genre.REPORT, re.compile(r"/(?:WP|CRP)\.\w")),
)
_TITLES: tuple[tuple[Genre, re.Pattern[str]], ...] = (
    (
        Genre.OTHER,
        re.compile(
            r"^(?:annotat\w+ (?:to the )?)?provisional agenda|^Corrigendum|^更正|^(?:带说明的)?临时议程"
            r"|^Rectificati(?:f|vo)|^Corrección|^Исправление|^Ordre du jour provisoire|^Programa provisional"
            r"|^Предварительная повестка дня",
            re.IGNORECASE,
        ),
    ),
    (
        Genre.SUMMARY_RECORD,
        re.compile(r"简要记录|summary record|compte rendu analytique|acta resumida|краткий отчет", re.IGNORECASE),
    ),
    (
        Genre.VERBATIM_RECORD,
        re.compile(
            r"逐字记录|最后记录|verbatim record|^Final record|procès-verbal de la|acta literal|стенографический отчет",
            re.IGNORECASE,
        ),
    ),
    (
        Genre.LETTER,
        re.compile(
            r"普通照会|的(?:同文)?(?:信|信函|函)$|letters? dated|notes? verbales? dated|的照会$"
            r"|^lettres? (?:identiques )?datée|^note verbale datée"
            r"|^cartas? (?:idénticas )?de fecha|^nota verbal de fecha|^(?:идентичные )?письм[оа]|^вербальная нота",
            re.IGNORECASE,
        ),
    ),
    (
        Genre.RESOLUTION,
        re.compile(
            r"^.{0,30}(?:决议|决定)(?:草案)?$|^Resolution|draft (?:resolution|decision)|Decision adopted|^Résolution"
            r"|projet de (?:résolution|décision)|^Resolución|proyecto de (?:resolución|decisión)"
            r"|^Резолюция|проект резолюции",
            re.IGNORECASE,
        ),
    ),
    (
        Genre.REPORT,
        re.compile(
            r"报告|工作文件|说明|\breports?\b|working paper|note by|\brapports?\b|document de travail|^note d[ue]"
            r"|\binformes?\b|documento de trabajo|^nota de|\bдоклад|рабочий документ|записка",
            re.IGNORECASE,
        ),
    ),
)
_FEWEST_ARTICLES = 5


def classify(blocks: Sequence[MastheadBlock], paragraphs: Sequence[Paragraph], symbols: Sequence[str]) -> GenreDecision:
    """Decide the genre from the masthead, the body's paragraphs and the symbols known."""
    scores: dict[Genre, float] = {}
    evidence: list[str] = []

    def add(genre: Genre, weight: float, why: str) -> None:
        scores[genre] = scores.get(genre, 0.0) + weight
        evidence.append(f"{genre.value}: {why}")

    for symbol in symbols:
        genre = next((genre for genre, pattern in _SYMBOLS if pattern.search(symbol)), None)
        if genre:
            add(genre, 4.0 if genre is Genre.OTHER else 2.0, f"symbol {symbol}")
    for block in blocks:
        if block.kind is Kind.TITLE or block.part is Part.RECORD:
            for genre, pattern in _TITLES:
                if pattern.search(block.text):
                    add(genre, 2.0, "title")
                    break
            else:
                if names_instrument(block.text):
                    add(Genre.TREATY, 1.6, "title")
    _weigh_shape(paragraphs, add)
    if not scores:
        return GenreDecision(genre=Genre.OTHER, confidence=0.5, evidence=("nothing points to another genre",))
    best = max(scores, key=lambda genre: scores[genre])
    if scores[best] < 1.0:
        return GenreDecision(genre=Genre.OTHER, confidence=0.5, evidence=tuple(evidence))
    return GenreDecision(genre=best, confidence=round(scores[best] / sum(scores.values()), 3), evidence=tuple(evidence))


def _weigh_shape(paragraphs: Sequence[Paragraph], add: Callable[[Genre, float, str], None]) -> None:
    texts = [paragraph.text for paragraph in paragraphs]
    turns = sum(match_turn_label(text) is not None for text in texts)
    if turns >= 3:
        add(Genre.VERBATIM_RECORD, 1.0 + min(turns / 10, 2.0), f"{turns} labels of speeches")
    numbered = [paragraph for paragraph in paragraphs if paragraph.label and paragraph.label.kind is LabelKind.ARABIC]
    in_parts = sum(bool(paragraph.label and paragraph.label.kind is LabelKind.DECIMAL) for paragraph in paragraphs)
    bodies = [paragraph.text[paragraph.label.length :] for paragraph in numbered if paragraph.label]
    reported = sum(match_reported_speaker(body) is not None for body in bodies)
    if reported >= 3:
        add(Genre.SUMMARY_RECORD, 1.0 + min(reported / 5, 2.0), f"{reported} reported speeches")
    articles = sum(_opens_article(text) for text in texts)
    if articles >= _FEWEST_ARTICLES:
        # The paragraphs of articles are numbered, and their preamble has clauses.
        add(Genre.TREATY, 1.0 + min(articles / 10, 2.0), f"{articles} articles")
    elif len(numbered) + in_parts >= 3:
        # 3.1, 3.2: sections of the programme budget, Views of the treaty bodies
        add(Genre.REPORT, 1.5, f"{len(numbered) + in_parts} numbered paragraphs")
    if any(is_signed(text) for text in texts):
        add(Genre.LETTER, 1.5, "a signature")
    if any(is_division(text) and text[:1] in "信L" for text in texts):
        add(Genre.LETTER, 1.0, "the heading of a letter")
    openers = sum(opens_clause(text) and text.endswith(("，", ",")) for text in texts)
    if openers >= 2 and articles < _FEWEST_ARTICLES:
        add(Genre.RESOLUTION, 1.0 + min(openers / 5, 1.0), f"{openers} preambular paragraphs")


def _opens_article(text: str) -> bool:
    opening = match_opening(text)
    return opening is not None and opening.kind == "article" and (opening.is_bare or not is_ended(text))
