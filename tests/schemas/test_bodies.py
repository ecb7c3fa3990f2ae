import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.bodies import bodies, body_of_symbol, find_body
from schemas.vocabularies.table import name_key


@pytest.mark.parametrize(
    ("symbol", "code"),
    [
        ("CD/PV.1", "CD"),
        ("CD/9999", "CD"),
        ("A/1/PV.1", "GA"),
        ("A/RES/1/1", "GA"),
        ("A/C.2/1/L.1", "GA2"),
        ("A/C.21/1", "GA"),
        ("A/AC.105/1", "COPUOS"),
        ("A/AC.1/1", "GAAC"),
        ("A/CONF.164/1", "FISHSTOCKS"),
        ("A/CONF.1/1", "CONF"),
        ("A/HRC/1/L.1", "HRC"),
        ("S/PV.1", "SC"),
        ("S/2099/1", "SC"),
        ("E/2099/1/Add.1/Rev.1", "ECOSOC"),
        ("E/CN.6/2099/1", "CSW"),
        ("E/CN.4/Sub.2/1999/1", "SUBCOM"),
        ("E/C.12/1", "CESCR"),
        ("NPT/CONF.2099/1", "NPTCONF"),
        ("NPT/CONF.2020/PC.I/1", "NPTPC"),
        ("NPT/CONF.2020/1", "NPTCONF"),
        ("TPNW/MSP/2099/1", "TPNW"),
        ("TD/B/1", "TDB"),
        ("TD/1", "UNCTAD"),
        ("ECE/TRANS/WP.29/1", "WP29"),
        ("[E/ECE/]TRANS/1", "ITC"),
        ("CCPR/C/1", "CCPR"),
        ("SPECIMEN/PV.1", "SPECIMEN"),
        ("A/1/1-S/2099/1", "GA"),
    ],
)
def test_body_of_symbol(symbol: str, code: str) -> None:
    found = body_of_symbol(symbol)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("symbol", ["", "ABC/1", "ACABQ/1", "CDE/1", "1/A", "/"])
def test_unknown_series(symbol: str) -> None:
    assert body_of_symbol(symbol) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Conference on Disarmament", "CD"),
        ("裁军谈判会议", "CD"),
        ("General Assembly", "GA"),
        ("大会", "GA"),
        ("安全理事会", "SC"),
        ("Conseil de sécurité", "SC"),
        ("ECONOMIC AND SOCIAL COUNCIL", "ECOSOC"),
    ],
)
def test_find_body(name: str, code: str) -> None:
    found = find_body(name)
    assert found is not None
    assert found.code == code
    assert body_of_symbol(f"{found.prefixes[0]}/1") == found


def test_find_no_body() -> None:
    assert find_body("The Assembly of Nowhere") is None
    assert find_body("") is None


def test_rows_are_whole_and_distinct() -> None:
    prefixes = [prefix for body in bodies().values() for prefix in body.prefixes]
    assert len(set(prefixes)) == len(prefixes)
    owners: dict[str, str] = {}
    for body in bodies().values():
        assert re.fullmatch("[A-Z][A-Z0-9]*", body.code)
        assert body.en
        assert body.zh
        for names in body.by_language().values():
            for name in names:
                assert owners.setdefault(name_key(name), body.code) == body.code, name
                assert find_body(name) == body


@given(st.text())
def test_any_text(text: str) -> None:
    assert body_of_symbol(text) is None or body_of_symbol(text) in bodies().values()
    assert find_body(text) is None or find_body(text) in bodies().values()
