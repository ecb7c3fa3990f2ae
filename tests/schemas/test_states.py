import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.states import State, find_affiliation, find_state, states, states_and_organisations
from schemas.vocabularies.table import name_key

FOUND = [
    ("联合王国", "GBR"),
    ("大不列颠及北爱尔兰联合王国", "GBR"),
    ("英国", "GBR"),
    ("United Kingdom of Great Britain and Northern Ireland", "GBR"),
    ("the United Kingdom", "GBR"),
    ("美利坚合众国", "USA"),
    ("美国", "USA"),
    ("United States", "USA"),
    ("大韩民国", "KOR"),
    ("Republic of Korea", "KOR"),
    ("朝鲜民主主义人民共和国", "PRK"),
    ("Democratic People's Republic of Korea", "PRK"),
    ("Democratic People’s Republic of Korea", "PRK"),
    ("俄罗斯联邦", "RUS"),
    ("伊朗伊斯兰共和国", "IRN"),
    ("伊朗(伊斯兰共和国)", "IRN"),
    ("Iran (Islamic Republic of)", "IRN"),
    ("Islamic Republic of Iran", "IRN"),
    ("Irán (República Islámica del)", "IRN"),
    ("委内瑞拉玻利瓦尔共和国", "VEN"),
    ("委内瑞拉（玻利瓦尔共和国）", "VEN"),
    ("Venezuela (Bolivarian Republic of)", "VEN"),
    ("Bolivarian Republic of Venezuela", "VEN"),
    ("多民族玻利维亚国", "BOL"),
    ("玻利维亚(多民族国)", "BOL"),
    ("Bolivia (Plurinational State of)", "BOL"),
    ("Micronesia (Federated States of)", "FSM"),
    ("密克罗尼西亚联邦", "FSM"),
    ("阿拉伯叙利亚共和国", "SYR"),
    ("Türkiye", "TUR"),
    ("Turkiye", "TUR"),
    ("Turkey", "TUR"),
    ("土耳其", "TUR"),
    ("Côte d'Ivoire", "CIV"),
    ("Côte d’Ivoire", "CIV"),
    ("Cote d'Ivoire", "CIV"),
    ("Viet Nam", "VNM"),
    ("Vietnam", "VNM"),
    ("Netherlands", "NLD"),
    ("Netherlands (Kingdom of the)", "NLD"),
    ("Kingdom of the Netherlands", "NLD"),
    ("荷兰王国", "NLD"),
    ("荷兰", "NLD"),
    ("Eswatini", "SWZ"),
    ("Swaziland", "SWZ"),
    ("The former Yugoslav Republic of Macedonia", "MKD"),
    ("北马其顿", "MKD"),
    ("Czech Republic", "CZE"),
    ("捷克共和国", "CZE"),
    ("Holy See", "VAT"),
    ("教廷", "VAT"),
    ("罗马教廷", "VAT"),
    ("巴勒斯坦国", "PSE"),
    ("Observer for Palestine", "PSE"),
    ("Permanent Observer of the Holy See", "VAT"),
    ("巴勒斯坦观察员", "PSE"),
    ("Zaire", "COD"),
    ("Yugoslavia", "YUG"),
    ("塞尔维亚和黑山", "SCG"),
    ("苏维埃社会主义共和国联盟", "SUN"),
    ("Congo", "COG"),
    ("Democratic Republic of the Congo", "COD"),
    ("刚果民主共和国", "COD"),
    ("  德 国\n", "DEU"),
    ("GERMANY", "DEU"),
    ("Fédération de Russie", "RUS"),
    ("Estados Unidos de América", "USA"),
    ("Соединенные Штаты Америки", "USA"),
    ("الصين", "CHN"),
]


@pytest.mark.parametrize(("text", "code"), FOUND)
def test_find_state(text: str, code: str) -> None:
    found = find_state(text)
    assert found is not None
    assert found.code == code
    assert find_affiliation(text) == code


@pytest.mark.parametrize(
    "text", ["", " ", "()", "先生", "Germany and France", "Department of Nothing", "欧洲联盟", "韩"]
)
def test_what_is_no_state(text: str) -> None:
    assert find_state(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("European Union", "org.EU"),
        ("欧盟", "org.EU"),
        ("欧洲联盟", "org.EU"),
        ("红十字国际委员会", "org.ICRC"),
        ("International Committee of the Red Cross", "org.ICRC"),
        ("Group of 77 and China", "org.G77"),
        ("77 国集团和中国", "org.G77"),
        ("不结盟国家运动", "org.NAM"),
        ("Observer for the African Union", "org.AU"),
        ("禁核试组织", "org.CTBTO"),
    ],
)
def test_find_affiliation_of_an_organisation(text: str, code: str) -> None:
    assert find_affiliation(text) == code
    assert find_state(text) is None


def test_a_department_is_no_affiliation() -> None:
    assert find_affiliation("Department for Invented Affairs") is None


def test_the_language_narrows() -> None:
    assert find_state("Chine", "fr") == find_state("China", "en")
    assert find_state("Chine", "en") is None
    assert find_state("德国", "xx") is None


def test_the_193_members_and_two_observers() -> None:
    kinds = [state.kind for state in states().values()]
    assert kinds.count("member") == 193
    assert kinds.count("observer") == 2
    assert "organisation" not in kinds


ALL = list(states_and_organisations().values())


@pytest.mark.parametrize("state", ALL, ids=lambda state: state.code)
def test_each_row(state: State) -> None:
    pattern = r"org\.[A-Za-z][A-Za-z0-9]*" if state.kind == "organisation" else r"[A-Z]{3}"
    assert re.fullmatch(pattern, state.code)
    assert state.en
    assert state.zh
    if state.kind != "organisation":
        assert all(state.names(language) for language in ("fr", "es", "ru", "ar"))
    assert all(re.search("[一-鿿]", name) for name in state.zh)
    assert all(re.search("[А-я]", name) for name in state.ru)
    assert all(re.search("[؀-ۿ]", name) for name in state.ar)
    for language, names in state.by_language().items():
        assert len(set(names)) == len(names)
        for name in names:
            assert name == " ".join(name.split())
            assert find_affiliation(name, language) == state.code
            assert find_affiliation(name) == state.code


def test_no_name_belongs_to_two() -> None:
    owners: dict[str, set[str]] = {}
    for state in ALL:
        for names in state.by_language().values():
            for name in names:
                owners.setdefault(name_key(name), set()).add(state.code)
    assert {key: codes for key, codes in owners.items() if len(codes) > 1} == {}


def test_name_falls_back_to_english() -> None:
    assert states()["DEU"].name("zh") == "德国"
    assert states()["DEU"].name("xx") == "Germany"


@given(st.text())
def test_any_text_is_found_or_not(text: str) -> None:
    code = find_affiliation(text)
    assert code is None or code in states_and_organisations()
