import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.languages import bcp47, is_official, language_from_name, language_name, languages

NAMES = [
    ("Chinese", "zh"),
    ("English", "en"),
    ("中文", "zh"),
    ("英文", "en"),
    ("英语", "en"),
    ("法语", "fr"),
    ("西班牙语", "es"),
    ("俄语", "ru"),
    ("阿拉伯语", "ar"),
    ("Français", "fr"),
    ("Español", "es"),
    ("Русский", "ru"),
    ("العربية", "ar"),
    ("以英语发言", "en"),
    ("(以法语发言)", "fr"),
    ("（以西班牙语发言）", "es"),
    ("以 俄语 发言", "ru"),
    ("用阿拉伯语发言", "ar"),
    ("西班牙语发言", "es"),
    ("spoke in French", "fr"),
    ("(spoke in Arabic)", "ar"),
    ("[spoke in Russian]", "ru"),
    ("interpretation from Spanish", "es"),
    ("spoke in Portuguese; English text provided by the delegation", "pt"),
    ("以葡萄牙语发言；英文稿由代表团提供", "pt"),
    ("Original: English", "en"),
    ("原文：英文", "en"),
    ("English only", "en"),
    ("parle en anglais", "en"),
    ("l’orateur parle en anglais", "en"),
    ("interprétation de l’anglais", "en"),
    ("interprétation du français", "fr"),
    ("habla en francés", "fr"),
    ("interpretación del inglés", "en"),
    ("говорит по-французски", "fr"),
    ("Оригинал: английский", "en"),
    ("تكلمت بالإنكليزية", "en"),
    ("الأصل: بالإنكليزية", "en"),
]


@pytest.mark.parametrize(("text", "code"), NAMES)
def test_language_from_name(text: str, code: str) -> None:
    assert language_from_name(text) == code


@pytest.mark.parametrize(
    "text",
    ["", "()", "德国", "The English love tea", "in Geneva", "spoke in haste", "以主席身份发言", "Germany", "发言"],
)
def test_what_names_no_language(text: str) -> None:
    assert language_from_name(text) is None


def test_every_name_finds_its_own_language() -> None:
    for code, entry in languages().items():
        assert entry.en
        assert entry.zh
        for language, names in entry.by_language().items():
            assert language_name(code, language) == names[0]
            for name in names:
                assert language_from_name(name) == code, name
    assert language_name("xx") is None


def test_the_six_official_languages_come_first() -> None:
    assert list(languages())[:6] == ["zh", "en", "fr", "es", "ru", "ar"]
    assert [code for code in languages() if is_official(code)] == list(languages())[:6]
    assert not is_official("xx")


@pytest.mark.parametrize(("code", "tag"), [("zh", "zh-Hans"), ("en", "en"), ("ar", "ar"), ("und", "und")])
def test_bcp47(code: str, tag: str) -> None:
    assert bcp47(code) == tag


@given(st.text())
def test_any_text_is_found_or_not(text: str) -> None:
    assert language_from_name(text) in {None, *languages()}
