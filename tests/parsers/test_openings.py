"""Headings that open divisions: parts, articles, rules, resolutions, decisions, and their annexes."""

import pytest

from parsers.genres.openings import Opening, match_opening, nested_annex, path_of, recommended


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("PART II TERRITORIAL WATERS", "part", "II"),
        ("第二部分", "part", "II"),
        ("Article 17", "article", "17"),
        ("Article premier", "article", "1"),
        ("Article 4 bis", "article", "4-bis"),
        ("Artículo 5 Faros", "article", "5"),
        ("Статья 12", "article", "12"),
        ("第十二条", "article", "12"),
        ("Rule 45 Lamps", "rule", "45"),
        ("Draft resolution", "resolution", None),
        ("Draft resolution III", "resolution", "III"),
        ("Decision C (71)", "decision", "C"),
        ("Intersessional decision 2", "decision", "2"),
    ],
)
def test_openings(text: str, kind: str, number: str | None) -> None:
    opening = match_opening(text)
    assert opening is not None
    assert (opening.kind, opening.number) == (kind, number)


@pytest.mark.parametrize(
    "text", ["Articles 5 and 6", "Partly cloudy", "Rules of procedure", "Decision-making", "第一次会议"]
)
def test_no_openings(text: str) -> None:
    assert match_opening(text) is None


@pytest.mark.parametrize(
    ("kind", "number", "current", "path"),
    [
        ("article", "5", "part-II/article-4", "part-II/article-5"),
        ("part", "III", "part-II/article-9", "part-III"),
        ("article", "1", "annex-VI/article-9", "annex-VI/article-1"),
        ("rule", "2", "annex-I", "annex-I/rule-2"),
        ("article", "1", "part-XVII/article-320", "part-XVII/article-1"),
        ("decision", "2", "annex-III/decision-1/annex", "annex-III/decision-2"),
        ("decision", "C", "resolution-I/annex", "resolution-I/annex/decision-C"),
        ("resolution", "II", "resolution-I/annex/decision-C", "resolution-II"),
    ],
)
def test_paths(kind: str, number: str, current: str, path: str) -> None:
    assert path_of(Opening(kind, number, is_bare=True), current) == path


@pytest.mark.parametrize(
    ("name", "current", "path"),
    [
        ("annex", "resolution-I", "resolution-I/annex"),
        ("annex-I", "annex-III/decision-3", "annex-III/decision-3/annex-I"),
        ("annex-II", "annex-III/decision-3/annex-I", "annex-III/decision-3/annex-II"),
        ("annex-IV", "annex-III/decision-5/annex-II", None),
        ("annex-I", "part-XII/article-76", None),
        ("appendix-1", "resolution-I", None),
    ],
)
def test_annexes_of_decisions(name: str, current: str, path: str | None) -> None:
    assert nested_annex(name, current) == path


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The Committee recommends the adoption of the following draft resolution:", "resolution"),
        ("委员会建议大会通过下列决定草案：", "decision"),
        ("The Committee adopted the draft resolution.", None),
    ],
)
def test_recommendations(text: str, kind: str | None) -> None:
    assert recommended(text) == kind
