"""Treaties: preambles, parts, sections and articles as divisions, the same in every language."""

from collections import Counter

import pytest

from parsers.genres.openings import Opening, match_opening, path_of
from parsers.instruments import enacts, is_preamble, names_instrument, opens_preamble
from parsers.parse import parse_bytes
from schemas.bitext import DocumentPair
from schemas.document import Document, Genre, Kind, Role
from unbitext.align import align_pair
from unbitext.tei import decode_document, encode_document

_ENGLISH = """\
  Convention on the Protection of Lights

  Preamble

 The States Parties to this Convention,
 Recalling that lamps guide those who cross the sea by night,
 Desiring that no lamp be put out,
 Have agreed as follows:

  Part I
  General provisions

  Article 1
  Use of terms

 For the purposes of this Convention:
 (a) “Light” means a lamp on a tower;
 (b) “Keeper” means a person who keeps a light.

  Article 2
  Lights

 1. Each State Party shall keep its lights burning from dusk to dawn.
 2. Each State Party shall report on its lights every year.

  Part II
  Final provisions

  Article 3
  Signature

 This Convention shall be open for signature for one year.

  Article 4
  Amendments

 1. Any State Party may propose an amendment to this Convention.
 2. Amendments enter into force after one year.
 3. The Depositary informs all States Parties.

  Article 5
  Depositary

 The Keeper of the Archives is the depositary of this Convention.
"""

_CHINESE = """\
  保护灯塔公约

  序言

 本公约缔约国，
 回顾灯塔为夜间渡海的人引路，
 希望任何灯塔都不熄灭，
 兹议定如下：

  第一部分
  总则

  第一条
  用语

 为本公约的目的：
 （一）“灯塔”是指塔上的灯；
 （二）“看守人”是指看守灯塔的人。

  第二条
  灯塔

 一、各缔约国应使其灯塔自黄昏至黎明保持点亮。
 二、各缔约国应每年就其灯塔提出报告。

  第二部分
  最后条款

  第三条
  签署

 本公约开放供签署，为期一年。

  第四条
  修正

 一、任何缔约国均可对本公约提出修正案。
 二、修正案在一年后生效。
 三、保存人通知所有缔约国。

  第五条
  保存人

 档案看守人为本公约保存人。
"""


def _counts(document: Document) -> list[tuple[str | None, int, int]]:
    numbered: Counter[str | None] = Counter()
    items: Counter[str | None] = Counter()
    divisions = list(dict.fromkeys(block.division for block in document.blocks))
    for block in document.blocks:
        numbered[block.division] += block.kind is Kind.PARAGRAPH and block.number is not None
        items[block.division] += block.kind is Kind.ITEM
    return [(division, numbered[division], items[division]) for division in divisions]


@pytest.mark.parametrize(("text", "language"), [(_ENGLISH, "en"), (_CHINESE, "zh")])
def test_parts_articles_and_paragraphs(text: str, language: str) -> None:
    document = parse_bytes(text.encode(), "treaty.txt", language=language)
    assert document.meta.genre is Genre.TREATY
    assert _counts(document) == [
        (None, 0, 0),
        ("part-I", 0, 0),
        ("part-I/article-1", 0, 2),
        ("part-I/article-2", 2, 0),
        ("part-II", 0, 0),
        ("part-II/article-3", 0, 0),
        ("part-II/article-4", 3, 0),
        ("part-II/article-5", 0, 0),
    ]
    preamble = [block for block in document.blocks if block.role is Role.PREAMBULAR]
    assert len(preamble) == 4
    assert {block.kind for block in preamble} == {Kind.PARAGRAPH}
    assert decode_document(encode_document(document, generator="test")) == document


def test_lists_below_lists_where_numerals_count_the_paragraphs() -> None:
    """一、 counts paragraphs, （一） their items, 1． what is below; ids of paragraphs are as in other languages."""
    below = """\
  第四条
  秘书处

 一、兹设立秘书处。
 二、秘书处应：
 （一）通知缔约国：
 1．新建的灯塔；
 2．拆除的灯塔；
 （二）编写报告。
 三、秘书处设在港口。
"""
    text = _CHINESE.replace(_CHINESE[_CHINESE.index("  第四条") : _CHINESE.index("  第五条")], below + "\n")
    document = parse_bytes(text.encode(), "treaty.txt", language="zh")
    article = "part-II.article-4"
    found = [(b.id, b.kind, b.number) for b in document.blocks if b.division == "part-II/article-4"]
    assert found == [
        (f"{article}.h1", Kind.HEADING, None),
        (f"{article}.h2", Kind.HEADING, None),
        (f"{article}.p1", Kind.PARAGRAPH, "一"),
        (f"{article}.p2", Kind.PARAGRAPH, "二"),
        (f"{article}.p2.x1", Kind.ITEM, "一"),
        (f"{article}.p2.x1.1", Kind.ITEM, "1"),
        (f"{article}.p2.x1.2", Kind.ITEM, "2"),
        (f"{article}.p2.x2", Kind.ITEM, "二"),
        (f"{article}.p3", Kind.PARAGRAPH, "三"),
    ]


def test_an_instrument_in_two_languages() -> None:
    """Every paragraph and item has its counterpart, though they are counted by other signs."""
    source = parse_bytes(_CHINESE.encode(), "treaty.txt", language="zh")
    target = parse_bytes(_ENGLISH.encode(), "treaty.txt", language="en")
    links = align_pair(DocumentPair(source=source, target=target))
    assert [link.source_ids for link in links] == [(s.id,) for block in source.blocks for s in block.sentences]
    assert [link.target_ids for link in links] == [(s.id,) for block in target.blocks for s in block.sentences]


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("SECTION 2. LIMITS", "section", "2"),
        ("Раздел II", "section", "2"),
        ("第三节", "section", "3"),
        ("SUBSECTION A. RULES", "subsection", "A"),
        ("المادة 5", "article", "5"),
        ("الجزء الثاني", "part", "II"),
        ("Article 4l", "article", "41"),
        ("Статья первая", "article", "1"),
    ],
)
def test_openings_of_instruments(text: str, kind: str, number: str) -> None:
    opening = match_opening(text)
    assert opening is not None
    assert (opening.kind, opening.number) == (kind, number)


def test_a_section_lies_in_its_part() -> None:
    assert path_of(Opening("section", "2", True), "part-XI/section-1/article-135") == "part-XI/section-2"
    assert path_of(Opening("article", "136", True), "part-XI/section-2") == "part-XI/section-2/article-136"


@pytest.mark.parametrize("text", ["PREAMBLE", "Préambule", "Preámbulo", "Преамбула", "序言", "الديباجة"])
def test_headings_of_preambles(text: str) -> None:
    assert is_preamble(text)


@pytest.mark.parametrize(
    ("opening", "ending"),
    [
        ("The States Parties to this Convention,", "Have agreed as follows:"),
        ("Les Parties au présent Accord,", "Sont convenues de ce qui suit :"),
        ("Los Estados Partes en el presente Convenio,", "Han convenido en lo siguiente:"),
        ("Государства — участники настоящей Конвенции,", "согласились о нижеследующем:"),
        ("本公约缔约国，", "兹议定如下："),
    ],
)
def test_words_of_preambles(opening: str, ending: str) -> None:
    assert opens_preamble(opening)
    assert enacts(ending)
    assert not enacts(opening)
    assert not opens_preamble(ending)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Agreement", True),
        ("Convention on the Protection of Lights", True),
        ("Draft protocol concerning lamps", True),
        ("保护灯塔公约", True),
        ("Conventional lamps and their keepers", False),
        ("Report on the Convention", False),
        ("Agreements reached so far", False),
    ],
)
def test_names_of_instruments(title: str, expected: bool) -> None:
    assert names_instrument(title) is expected
