"""Invented documents with any symbol, in English and Chinese, as PDFs that take milliseconds to parse."""

from functools import lru_cache

from tests.parsers.readers.docx_files import docx, p, r
from tests.parsers.readers.pdf_files import Text, make_pdf

_WORDS = (
    "The delegation takes note of the report of the secretariat and thanks the members of the panel for it.",
    "It was agreed that the work on the register of the islands would be continued in the next year.",
    "The members of the panel asked the secretariat to prepare a paper on the costs of the register.",
)


@lru_cache(maxsize=2048)
def paper(symbol: str, edition: int = 1) -> bytes:
    """A working paper in English as PDF; another `edition` has other bytes."""
    lines = [
        Text(480, 740, symbol, size=14),
        Text(72, 700, f"Working paper on the register, edition {edition}", size=14),
    ]
    y = 660.0
    for number, words in enumerate(_WORDS * 3, start=1):
        lines.append(Text(90, y, f"{number}. {words}"))
        y -= 24
    return make_pdf([lines])


@lru_cache(maxsize=2048)
def chinese_word(symbol: str) -> bytes:
    """The same in Chinese as a Word file."""
    words = ("代表团注意到秘书处的报告，并感谢小组成员。", "会议商定，关于岛屿登记册的工作将在明年继续进行。")
    return docx([p(r(symbol)), *(p(r(f"{number}. {text}")) for number, text in enumerate(words * 4, start=1))])
