"""Relations that symbols tell of."""

import pytest

from schemas.relations import Relation, RelationKind, change_symbol, relation_of, root_symbol

CASES = [
    ("A/79/1/Add.1", RelationKind.ADDENDUM, "A/79/1", 1),
    ("E/2025/15/Add.1/Rev.1", RelationKind.REVISION, "E/2025/15/Add.1", 1),
    ("DP/2025/14/Corr.12", RelationKind.CORRIGENDUM, "DP/2025/14", 12),
]


@pytest.mark.parametrize(("symbol", "kind", "of", "number"), CASES)
def test_the_last_component_tells_the_relation(symbol: str, kind: RelationKind, of: str, number: int) -> None:
    assert relation_of(symbol) == Relation(kind=kind, of=of, number=number)
    assert change_symbol(of, kind, number) == symbol


@pytest.mark.parametrize("symbol", ["CD/PV.1511", "A/79/1", "Add.1", "A/79/Add.x", "A/79/L.1"])
def test_other_symbols_are_no_change_of_another(symbol: str) -> None:
    assert relation_of(symbol) is None
    assert root_symbol(symbol) == symbol


def test_changes_stack() -> None:
    assert root_symbol("E/2025/15/Add.1/Rev.1") == "E/2025/15"
