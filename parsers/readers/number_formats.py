"""How a number is written: the formats of numbered paragraphs and note marks (ECMA-376 part 1, 17.18.59)."""

from collections.abc import Callable

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LATIN = "abcdefghijklmnopqrstuvwxyz"
# Word leaves out letters that no list uses: ё й ъ ы ь.
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_ALPHA = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_CHICAGO = "*†‡§"
_HAN = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ONES = (
    *("Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"),
    *("Thirteen", "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen"),
)
_TENS = ("Zero", "Ten", "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety")
_ORDINALS = {
    "One": "First", "Two": "Second", "Three": "Third", "Five": "Fifth", "Eight": "Eighth", "Nine": "Ninth",
    "Twelve": "Twelfth",
}  # fmt: skip


def format_number(number: int, style: str) -> str | None:
    """`number` in the format that Word calls `style`; None where the format is not known."""
    if style in ("none", "bullet"):
        return ""
    if number < 1 and style not in ("decimal", "decimalZero"):
        return str(number)
    write = _FORMATS.get(style)
    return write(number) if write else None


def _roman(number: int) -> str:
    text = ""
    if number > 32767:
        return str(number)
    for worth, letters in _ROMAN:
        count, number = divmod(number, worth)
        text += letters * count
    return text


def _repeated(alphabet: str) -> Callable[[int], str]:
    """After the last letter comes the first twice, as Word counts: z, aa, bb."""

    def write(number: int) -> str:
        times, index = divmod(number - 1, len(alphabet))
        return alphabet[index] * (times + 1) if times < 100 else str(number)

    return write


def _cyclic(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)]


def _enclosed(first: str, count: int) -> Callable[[int], str]:
    """Characters that hold a number each; past the last the plain number."""
    return lambda number: chr(ord(first) + number - 1) if number <= count else str(number)


def _digits(signs: str) -> Callable[[int], str]:
    return lambda number: "".join(signs[int(digit)] for digit in str(number))


def _ideographs(signs: str, units: str, *, bare_ten: bool, zero: str) -> Callable[[int], str]:
    """Chinese numerals with 十, 百, 千: `bare_ten` writes 十一 and not 一十一; `zero` stands for places left out."""

    def write(number: int) -> str:
        if number > 9999:
            return _digits(signs)(number)
        text, places = "", str(number)
        for index, digit in enumerate(places):
            unit = units[len(places) - index - 1].strip()
            if digit != "0":
                text += signs[int(digit)] + unit
            elif text and not text.endswith(zero) and places[index:].strip("0"):
                text += zero
        return text[1:] if bare_ten and text.startswith(signs[1] + units[1]) else text

    return write


def _counting(number: int) -> str:
    """一 ... 九十九, then digit by digit."""
    return _THOUSANDS(number) if number < 100 else _digits(_HAN)(number)


def _cardinal(number: int) -> str:
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_ONES[ones].lower()}" if ones else "")
    return str(number)


def _ordinal_text(number: int) -> str:
    words = _cardinal(number)
    if words.isdigit():
        return _ordinal(number)
    head, dash, last = words.rpartition("-")
    capital = last.capitalize()
    form = _ORDINALS.get(capital) or (f"{capital[:-1]}ieth" if capital.endswith("y") else f"{capital}th")
    return f"{head}{dash}{form.lower() if dash else form}"


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


_THOUSANDS = _ideographs(_HAN, " 十百千", bare_ten=True, zero="零")

_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalHalfWidth": str,
    "decimalFullWidth": _digits("０１２３４５６７８９"),
    "decimalFullWidth2": _digits("０１２３４５６７８９"),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": _repeated(_LATIN),
    "upperLetter": _repeated(_LATIN.upper()),
    "russianLower": _repeated(_RUSSIAN),
    "russianUpper": _repeated(_RUSSIAN.upper()),
    "arabicAlpha": _repeated(_ALPHA),
    "arabicAbjad": _repeated(_ABJAD),
    "hindiNumbers": _digits("٠١٢٣٤٥٦٧٨٩"),
    "chicago": _repeated(_CHICAGO),
    "ordinal": _ordinal,
    "cardinalText": _cardinal,
    "ordinalText": _ordinal_text,
    "hex": lambda number: f"{number:X}",
    "numberInDash": lambda number: f"- {number} -",
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": _THOUSANDS,
    "taiwaneseCountingThousand": _THOUSANDS,
    "japaneseCounting": _THOUSANDS,
    "koreanDigital2": _digits(_HAN),
    "ideographDigital": _digits(_HAN),
    "taiwaneseDigital": _digits(_HAN),
    "japaneseDigitalTenThousand": _digits(_HAN),
    "chineseLegalSimplified": _ideographs(_LEGAL, " 拾佰仟", bare_ten=False, zero="零"),
    "ideographLegalTraditional": _ideographs(_LEGAL_TRADITIONAL, " 拾佰仟", bare_ten=False, zero="零"),
    "ideographTraditional": _cyclic(_STEMS),
    "ideographZodiac": _cyclic(_BRANCHES),
    "ideographEnclosedCircle": _enclosed("㊀", 10),
    "decimalEnclosedCircle": _enclosed("①", 20),
    "decimalEnclosedCircleChinese": _enclosed("①", 20),
    "decimalEnclosedParen": _enclosed("⑴", 20),
    "decimalEnclosedFullstop": _enclosed("⒈", 20),
}
