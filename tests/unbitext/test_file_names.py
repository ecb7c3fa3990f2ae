"""What a file's name says of the document in it."""

import pytest

from unbitext.file_names import name_claim


@pytest.mark.parametrize(
    ("name", "symbol", "language"),
    [
        ("CD_PV.1511.zh.txt", "CD/PV.1511", "zh"),
        ("NPT_CONF.2020_PC.I_WP.4.en.txt", "NPT/CONF.2020/PC.I/WP.4", "en"),
        ("CD_PV.1511.txt", "CD/PV.1511", None),
        ("A_RES_76_1.ru.TXT", "A/RES/76/1", "ru"),
        ("S_PV.9123 (Resumption 1).en.txt", "S/PV.9123 (Resumption 1)", "en"),
        ("notes.zh.txt", None, "zh"),
        ("notes.txt", None, None),
        ("zh.txt", None, None),
        (".txt", None, None),
        ("noextension", None, None),
    ],
)
def test_names(name: str, symbol: str | None, language: str | None) -> None:
    claim = name_claim(name)
    assert (claim.symbol, claim.language) == (symbol, language)
