import pytest
from hypothesis import given
from hypothesis import strategies as st

from unbitext.release.families import family_hash, family_key, family_keys, shard_of, share_of


@pytest.mark.parametrize(
    ("symbol", "key"),
    [
        ("CD/PV.1511", "CD/PV.1511"),
        ("A/79/1/Add.2", "A/79/1"),
        ("E/2025/15/Add.1/Rev.1", "E/2025/15"),
        ("E/2025/68/Corr.1", "E/2025/68"),
        ("TPNW/MSP/2025/11/Rev.1", "TPNW/MSP/2025/11"),
        ("S/PV.9123 (Resumption 1)", "S/PV.9123"),
        ("A/79/6 (Sect. 1)", "A/79/6"),
        ("A/C.1/79/L.5/Amend.1", "A/C.1/79/L.5"),
        ("S/RES/1325 (2000)", "S/RES/1325 (2000)"),
        ("/Add.1", "/Add.1"),
        ("A/ADDIS/1", "A/ADDIS/1"),
    ],
)
def test_changes_and_parts_belong_to_what_they_change(symbol: str, key: str) -> None:
    assert family_key(symbol) == key


@given(st.text(max_size=60))
def test_the_key_of_a_key_is_itself(symbol: str) -> None:
    assert family_key(family_key(symbol)) == family_key(symbol)


def test_a_document_without_symbol_is_its_own_family() -> None:
    assert family_keys((), "notes") == ("notes",)
    assert family_keys(("A/79/989/Add.1", "S/2025/511"), "x") == ("A/79/989", "S/2025/511")


def test_hashes_are_for_good() -> None:
    # Splits and shards of releases that are out in the world hang on these.
    assert family_hash("CD/PV.1511") == "162331a07637ebb5"
    assert round(share_of(family_hash("CD/PV.1511")), 6) == 0.957602


@given(st.text(max_size=20), st.integers(0, 10))
def test_shards_follow_the_order_of_hashes(key: str, power: int) -> None:
    family = family_hash(key)
    count = 2**power
    assert 0 <= shard_of(family, count) < count
    assert shard_of(family, 2 * count) // 2 == shard_of(family, count)
    assert 0 <= share_of(family) < 1


def test_shares_are_even() -> None:
    shares = [share_of(family_hash(f"A/79/{number}")) for number in range(2_000)]
    for tenth in range(10):
        assert 130 < sum(tenth / 10 <= share < (tenth + 1) / 10 for share in shares) < 270
