import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.document import Document, Meta
from schemas.ids import (
    document_id,
    document_stem,
    find_symbol,
    find_symbols,
    is_local_id,
    is_symbol,
    split_symbols,
    stem_to_symbol,
    strip_reissue,
    symbol_to_stem,
)
from schemas.source import SourceFile

SYMBOLS = [
    "CD/PV.1511",
    "CD/2105",
    "TPNW/MSP/2025/7",
    "NPT/CONF.2020/PC.I/WP.4",
    "NPT/CONF.2020/WP.NAM",
    "A/RES/77/321",
    "A/79/PV.64",
    "S/2024/145",
    "E/2025/15/Add.1/Rev.1",
    "A/HRC/59/L.17",
    "A/HRC/S-28/1",
    "TD/B/43/6",
    "TD/B(S-XXVI)/2",
    "E/CN.6/2025/3/Rev.1",
    "E/CN.4/Sub.2/1998/12",
    "ECE/TRANS/WP.29/2026/139",
    "ECE/MP.PP/2021/2",
    "A/CONF.164/37",
    "A/CONF.224/PC(III)/L.1",
    "A/CONF.151/26 (Vol. I)",
    "SPECIMEN/PV.7",
    "DP/2025/14/Corr.1",
    "DP/FPA-ICEF-UNW/2025/1",
    "E/AC.51/2025/4",
    "E/ESCAP/CMG(4/I)/1",
    "S/PV.9123 (Resumption 1)",
    "S/PV.9123(Resumption 1)",
    "S/RES/1325(2000)",
    "S/RES/1325 (2000)",
    "S/RES/687 (1991)",
    "S/AC.37/2003/(1455)/4",
    "CCPR/C/SR.3000",
    "CEDAW/C/DEU/7-8",
    "A/RES/2625(XXV)",
    "A/RES/55/33[A-X]",
    "A/RES/48/263A",
    "A/ES-10/PV.1",
    "A/79/6 (Sect. 1)",
    "A/79/6 (Introduction)",
    "HRI/GEN/1/Rev.9 (Vol. I)",
    "[E/ECE/]TRANS/SC.2/2001/20",
    "ICC-ASP/22/1",
    "IDB.50/2",
    "UNEP/OzL.Pro.28/12",
    "UNEP/EA.5/Res.11",
    "ST/ESA/STAT/SER.M/4/Rev.4",
    "LC/L.3990(CEP.2015/3)",
    "UNEP/FAO/RC/COP.7/1",
    "A/RES/60/288 A-B",
    "A/RES/58/316 A and B",
    "A/79/6 (Income sect. 1)",
    "S/PV.4000 (Resumption 2)/Corr.1",
    "CEDAW/C/SR.870 (B)",
    "CED/C/MEX/VR/1 (Findings)",
    "UNEP(DEPI)/MED IG.23/4",
    "BWC/AD HOC GROUP/56-1",
    "CBD/WG2020/5/L.2",
    "ST/HR/1/Rev.6 (Vol. I/Part 1)",
    "CTBT-ART.XIV/2023/WP.1",
    "A/AC.237/18 (Part II)/Add.1",
]

NOT_SYMBOLS = [
    "1/2/2020",
    "24/7",
    "ISO/IEC 10646",
    "ISO/TR.1",
    "和/或",
    "and/or",
    "N/A",
    "HIV/AIDS",
    "TCP/IP 4",
    "A/H1N1",
    "km/h 3",
    "CD/PV.1511x",
    "https://undocs.org/A/79/1",
    "https://docs.un.org/zh/CD/2105",
    "documents.un.org/api/symbol/access?s=A/79/1&l=en",
    "A/79/",
    "III/12",
    "CD",
    "",
]


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_a_symbol_is_known_alone_and_in_text(symbol: str) -> None:
    assert is_symbol(symbol)
    assert find_symbol(f"见{symbol}号文件") == symbol
    assert find_symbols(f"See {symbol}, and ({symbol}).") == (symbol, symbol)
    assert split_symbols(symbol) == (symbol,)
    assert split_symbols(f"{symbol}**") == (symbol,)


@pytest.mark.parametrize("text", NOT_SYMBOLS)
def test_what_only_looks_like_a_symbol(text: str) -> None:
    assert not is_symbol(text)
    assert find_symbol(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A/79/989-S/2025/511", ("A/79/989", "S/2025/511")),
        ("A/79/989–S/2025/511*", ("A/79/989", "S/2025/511")),
        ("A/79/989*-S/2025/511*", ("A/79/989", "S/2025/511")),
        ("A/79/1-E/2024/2-S/2024/3", ("A/79/1", "E/2024/2", "S/2024/3")),
        ("A/S-27/2", ("A/S-27/2",)),
        ("IDB.44/14-PBC.34/14", ("IDB.44/14", "PBC.34/14")),
        ("A/78/10 - S/2023/5", ("A/78/10", "S/2023/5")),
        ("E/ECE/324/Rev.1−E/ECE/TRANS/505/Rev.1", ("E/ECE/324/Rev.1", "E/ECE/TRANS/505/Rev.1")),
        ("General Assembly", ()),
    ],
)
def test_joint_symbols(text: str, expected: tuple[str, ...]) -> None:
    assert split_symbols(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("contained in document CD/2119. I draw", ("CD/2119",)),
        ("CD/2119.3 The next", ("CD/2119",)),
        ("文件A/79/989-S/2025/511和CD/2090。", ("A/79/989", "S/2025/511", "CD/2090")),
        ("as in CD/PV.1511.The next", ("CD/PV.1511",)),
        ("CD/2090-CD/2105", ("CD/2090", "CD/2105")),
        ("A/79/15 (2024 edition)", ("A/79/15",)),
        ("A/RES/123 (2024)", ("A/RES/123",)),
        ("S/RES/687 (1991)和A/1", ("S/RES/687 (1991)", "A/1")),
        ("[A/RES/77/321]", ("A/RES/77/321",)),
    ],
)
def test_symbols_in_running_text(text: str, expected: tuple[str, ...]) -> None:
    assert find_symbols(text) == expected


@pytest.mark.parametrize(
    ("printed", "bare"),
    [("A/79/1*", "A/79/1"), ("CD/2105 **", "CD/2105"), (" S/2024/1 ", "S/2024/1"), ("A/1＊", "A/1")],
)
def test_reissue_marks_fall(printed: str, bare: str) -> None:
    assert strip_reissue(printed) == bare


@pytest.mark.parametrize(
    ("symbol", "stem"),
    [
        ("CD/PV.1511", "CD_PV.1511"),
        ("NPT/CONF.2020/PC.I/WP.4", "NPT_CONF.2020_PC.I_WP.4"),
        ("S/RES/1325(2000)", "S_RES_1325__282000__29"),
        ("S/PV.9123 (Resumption 1)", "S_PV.9123__20__28Resumption__201__29"),
        ("[E/ECE/]TRANS/1", "__5BE_ECE___5DTRANS_1"),
    ],
)
def test_stems(symbol: str, stem: str) -> None:
    assert symbol_to_stem(symbol) == stem
    assert stem_to_symbol(stem) == symbol


@pytest.mark.parametrize("name", ["[E_ECE_]TRANS_SC.2_2001_20", "S_PV.9123 (Resumption 1)"])
def test_hand_made_stems_are_read(name: str) -> None:
    assert is_symbol(stem_to_symbol(name))


@given(st.one_of(st.sampled_from(SYMBOLS), st.text(min_size=1), st.text(alphabet="/_AF02()", min_size=1)))
def test_stems_go_there_and_back_and_are_names(symbol: str) -> None:
    stem = symbol_to_stem(symbol)
    assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9._-]*", stem)
    assert stem_to_symbol(stem) == symbol


@given(
    st.from_regex(
        r"[A-Z]{1,5}(/([A-Z]{1,4}\.)?[0-9]{1,4}(\([IVX]{1,4}\))?){1,4}(/(Add|Rev|Corr)\.[1-9]){0,3}", fullmatch=True
    )
)
def test_made_up_symbols_go_there_and_back(symbol: str) -> None:
    assert stem_to_symbol(symbol_to_stem(symbol)) == symbol
    if not re.match(r"(ISO|IEC|IEEE|ITU|RFC|[IVX]+)/", symbol):
        assert is_symbol(symbol)


@pytest.mark.parametrize(
    ("symbols", "file", "language", "expected"),
    [
        (("CD/PV.1511",), "x.txt", "zh", "CD_PV.1511.zh"),
        (("A/79/989", "S/2025/511"), "x.txt", "en", "A_79_989.en"),
        ((), "a__b.txt", "en", "a___2Fb.en"),
        ((), "CD_PV.1511.zh.txt", "zh", "CD_PV.1511.zh"),
        ((), "my letter_2.docx", None, "my__20letter_2.und"),
        ((), "2020.txt", "en", "__32020.en"),
        ((), "文.txt", "zh", "__E6__96__87.zh"),
        ((), ".txt", "en", "__2Etxt.en"),
        ((), "", "en", "document.en"),
    ],
)
def test_document_ids(symbols: tuple[str, ...], file: str, language: str | None, expected: str) -> None:
    source = SourceFile(file=file, sha256="0" * 64, media_type="text/plain")
    document = Document(meta=Meta.model_validate({"symbols": symbols, "language": language, "source": source}))
    assert document_id(document) == expected
    assert document_stem(document) == expected.rsplit(".", 1)[0]


@pytest.mark.parametrize(
    ("identifier", "legal"),
    [("t2.p1.s1", True), ("annex-I.p3", True), ("fn1", True), ("", False), ("p 1", False), ("p1:2", False)],
)
def test_local_ids(identifier: str, legal: bool) -> None:
    assert is_local_id(identifier) is legal
