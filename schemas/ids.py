"""Names of things: UN document symbols, the file stems made of them, and the ids of documents and their parts.

The grammar of symbols follows the practice described by the Dag Hammarskjöld Library ("UN document symbols"):
components divided by slashes, the first naming the body (`A`, `S`, `CD`, `TPNW`), the others sessions, years,
subsidiary bodies (`AC.105`, `CN.6`), natures (`PV.64`, `L.17`, `RES`), and changes to an earlier text (`Add.1`,
`Rev.1`, `Corr.1`).
"""

import re

from schemas.document import Document

LANGUAGE_UNKNOWN = "und"
"""Stands for the language in an id where the document's is not known (ISO 639-2's code for it)."""

FOREIGN_SERIES = frozenset({"IEC", "IEEE", "ISO", "ITU", "RFC"})
"""First components of other organisations' numbers, which look like symbols: ISO/TR.1."""

_BRACKETED = r"(?:\((?:[A-Z0-9][A-Z0-9./-]*)\)|\[[A-Z0-9][A-Z0-9-]*\])"
"""A session or a year set close to its component: PC(III), B(S-XXVI), CMG(4/I), 1325(2000), 33[A-X]."""

_NUMBER = r"[0-9]+[A-Z]?(?:-[0-9]+)*"
_YEARED = r"[A-Z]{2,6}[0-9]{4}"
"""A body of one year: the open-ended working group of CBD/WG2020/5."""
_DOTTED = r"[A-Z][A-Za-z]*(?=\.)(?:\.(?:[A-Z][a-z]+|[A-Z]+[0-9]*))*(?:\.[0-9]+[A-Z]?)*(?:-[0-9]+)*"
_WORD = r"[A-Z][A-Za-z]*(?:-(?:[0-9]+|[A-Z]{2,}))*"
_SPACED = r"MED (?:IG|WG|QSR)\.[0-9]+(?:/[0-9]+)?|AD HOC GROUP|AMENDED PROTOCOL [IVX]+"
"""Components with a space in them: UNEP(DEPI)/MED IG.23/4, BWC/AD HOC GROUP/56-1."""
_COMPONENT = rf"(?:(?:{_SPACED}|{_DOTTED}|{_YEARED}(?![A-Za-z0-9])|{_WORD}|{_NUMBER}){_BRACKETED}*|{_BRACKETED})"
_BODY = (
    r"(?:\[(?:[A-Z]+/)+\])?[A-Z]{1,12}(?:-[A-Z]{2,}(?:\.[IVXLC]+)?|-[0-9]{2}(?=/[A-Z]))?(?:\.[0-9]+)?"
    r"(?:\([A-Z0-9-]+\))?"
)

_LONGEST = 200
"""Characters that a symbol, or a joint one, stays far below: time is linear in the length of a text."""

_PART = (
    r"(?: ?\((?:Resumption|Vol\.|Volume|Parts?|Sect\.|Section|Income [Ss]ect\.|Supp\.|Supplement|Chap\.) ?"
    r"[IVXLC0-9]+(?:[A-Z]|[-–][IVXLC0-9]+|/Parts? [IVXLC0-9]+)?\)(?:/(?:Add|Corr|Rev|Amend)\.[0-9]+)*"
    r"| ?\((?:Introduction|Income|Foreword|Resumption|Findings|SUPP)\)"
    r"|(?:(?<=/SR\.[0-9]{3})|(?<=/SR\.[0-9]{4})) ?\([AB]\)"
    r"|(?<=[0-9]) [A-F](?:[-–][A-Z]| and [B-Z]| to [B-Z])(?![A-Za-z])"
    r"|(?:(?<=S/RES/[0-9]{2})|(?<=S/RES/[0-9]{3})|(?<=S/RES/[0-9]{4})) \([0-9]{4}\))"
)
"""A part or a resumption, set apart by a space: S/PV.9123 (Resumption 1), A/79/6 (Sect. 1), S/RES/1325 (2000)."""

SYMBOL = re.compile(
    r"(?<![A-Za-z0-9_/.?=&%#@:-])"
    rf"(?=[A-Z\[])(?!(?:{'|'.join(sorted(FOREIGN_SERIES))}|[IVX]+)[/-])"
    rf"(?=[^/\s]{{0,80}}/(?:MED |AD HOC GROUP|AMENDED PROTOCOL [IVX]+)?(?:[^\s]{{0,{_LONGEST}}}?)[0-9])"
    rf"(?>{_BODY}(?:/{_COMPONENT})+)(?:{_PART})?"
    r"(?![A-Za-z0-9_/])"
)
"""One symbol in running text: not preceded by what belongs to a URL or a word, with a digit after the first slash.

A Roman number is no body (decision III/12). Groups are atomic, so that a word of other letters after a component
(`CD/PV.1511x`) refuses the whole, not its tail.
"""

_JOINT = re.compile(r"(?<=[0-9)\]A-Z*＊]) ?[-–—−] ?(?=\[?[A-Z]+(?:-[A-Z]+)?(?:\.[0-9]+)?/)")

_ESCAPE = re.compile(r"__([0-9A-F]{2})")
_NOT_LOCAL = re.compile(r"[^A-Za-z0-9._-]")


def strip_reissue(symbol: str) -> str:
    """Take off the asterisks that mark a reissue for technical reasons (`A/79/1*`), and white space around."""
    end = len(symbol)
    while end and (symbol[end - 1] in "*＊" or symbol[end - 1].isspace()):
        end -= 1
    return symbol[:end].strip()


def split_symbols(text: str) -> tuple[str, ...]:
    """Divide a masthead line into its symbols: `A/79/989-S/2025/511` bears two, `CEDAW/C/DEU/7-8` one.

    Divides at a hyphen or dash only where a symbol stands on either side. Reissue marks fall. Empty if there is none.
    """
    whole = strip_reissue(text)
    if len(whole) > _LONGEST:
        return ()
    for match in _JOINT.finditer(whole):
        left, right = strip_reissue(whole[: match.start()]), whole[match.end() :]
        if is_symbol(left) and (rest := split_symbols(right)):
            return (left, *rest)
    return (whole,) if is_symbol(whole) else ()


def is_symbol(text: str) -> bool:
    """Whether the whole of `text` is one UN symbol (without reissue mark)."""
    return len(text) <= _LONGEST and SYMBOL.fullmatch(text) is not None


def symbol_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each symbol in `text`, in order; the parts of a joint symbol count one by one."""
    spans: list[tuple[int, int]] = []
    position = 0
    while match := SYMBOL.search(text, position):
        spans.append(match.span())
        position = match.end()
        # The lookbehind refuses a symbol after a hyphen (a word may precede it); after a symbol it is a joint one.
        while joint := _JOINT.match(text, position):
            start = joint.end()
            second = SYMBOL.match(text[start:])
            if second is None:
                break
            spans.append((start, start + second.end()))
            position = start + second.end()
    return tuple(spans)


def find_symbols(text: str) -> tuple[str, ...]:
    """Every symbol in running text, in order, doubles kept."""
    return tuple(text[start:end] for start, end in symbol_spans(text))


def find_symbol(text: str) -> str | None:
    """Return the first symbol in running text, or None."""
    match = SYMBOL.search(text)
    return match.group() if match else None


def symbol_to_stem(symbol: str) -> str:
    """Make a file stem that is an NCName: `/` becomes `_`, what an NCName cannot hold `__XX` (UTF-8, hex).

    Total and reversible: `stem_to_symbol(symbol_to_stem(x)) == x` for every string. `CD/PV.1511` gives `CD_PV.1511`,
    `S/PV.9123 (Resumption 1)` gives `S_PV.9123__20__28Resumption__201__29`.
    """
    stem: list[str] = []
    before = ""
    for character in symbol:
        if character == "/" and before != "/":
            stem.append("_")
        elif character.isascii() and (character.isalpha() or (stem and (character.isdigit() or character in ".-"))):
            stem.append(character)
        else:
            stem.extend(f"__{byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))
        before = character
    return "".join(stem)


def stem_to_symbol(stem: str) -> str:
    """Return the symbol that a file stem stands for; reads hand-made stems such as `S_PV.9123 (Resumption 1)` too."""
    symbol = bytearray()
    position = 0
    while position < len(stem):
        if escape := _ESCAPE.match(stem, position):
            symbol.append(int(escape.group(1), 16))
            position = escape.end()
        else:
            character = "/" if stem[position] == "_" else stem[position]
            symbol.extend(character.encode("utf-8", "surrogatepass"))
            position += 1
    try:
        return symbol.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:  # a hand-made name, not one of symbol_to_stem's
        return symbol.decode("utf-8", "replace")


def document_stem(document: Document) -> str:
    """Name the file of a document: by its first symbol, else by its source file's name without extensions."""
    if document.meta.symbols:
        return symbol_to_stem(document.meta.symbols[0])
    return _file_stem(document.meta.source.file)


def _file_stem(name: str) -> str:
    stem = re.sub(r"(?<=.)(?:\.(?:ar|en|es|fr|ru|zh))?\.[A-Za-z0-9]{1,5}$", "", name) or "document"
    return symbol_to_stem(stem.replace("_", "/"))


def document_id(document: Document) -> str:
    """`STEM.LANG`, unique in a corpus: `CD_PV.1511.zh`."""
    return f"{document_stem(document)}.{document.meta.language or LANGUAGE_UNKNOWN}"


def is_local_id(identifier: str) -> bool:
    """Whether an id of a block or a sentence can stand behind `STEM.LANG.`: ASCII letters, digits, `.`, `-`, `_`."""
    return bool(identifier) and _NOT_LOCAL.search(identifier) is None
